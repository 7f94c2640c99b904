import { describe, expect, it, vi } from 'vitest';
import { ConfigError } from 'openrouter-ts';
import { goodKey, question, simulatedApi } from '../support/simulated-api.ts';

const api = simulatedApi();

/** The headers of the only request, as the server received them. */
function received(): Readonly<Record<string, string>> {
  expect(api.simulator.requests).toHaveLength(1);
  return api.simulator.requests[0]?.headers ?? {};
}

describe('the headers of a request', () => {
  it('name the application by its address, its name under both headers, and its categories', async () => {
    await api
      .client({ siteUrl: 'https://example.com', siteName: 'My App', categories: ['cli-agent', 'programming-app'] })
      .chat.create(question);
    expect(received()).toMatchObject({
      'http-referer': 'https://example.com',
      'x-title': 'My App',
      'x-openrouter-title': 'My App',
      'x-openrouter-categories': 'cli-agent,programming-app',
    });
  });

  it('are the same for a stream', async () => {
    await (
      await api
        .client({ siteUrl: 'https://example.com', siteName: 'My App', categories: ['cli-agent'] })
        .chat.stream(question)
    ).completion();
    expect(received()).toMatchObject({
      'http-referer': 'https://example.com',
      'x-title': 'My App',
      'x-openrouter-title': 'My App',
      'x-openrouter-categories': 'cli-agent',
      accept: 'text/event-stream',
    });
  });

  it('are the same over a fetch of your own', async () => {
    await api
      .client({ siteUrl: 'https://example.com', siteName: 'My App', fetch: globalThis.fetch })
      .chat.create(question);
    expect(received()).toMatchObject({
      'http-referer': 'https://example.com',
      'x-title': 'My App',
      'x-openrouter-title': 'My App',
      authorization: `Bearer ${goodKey}`,
    });
  });

  it('name no application that was not named', async () => {
    await api.client({ categories: [] }).chat.create(question);
    for (const name of ['http-referer', 'x-title', 'x-openrouter-title', 'x-openrouter-categories'])
      expect(received()).not.toHaveProperty(name);
  });

  it('take address and name from the environment when the client was told none', async () => {
    vi.stubEnv('OPENROUTER_SITE_URL', 'https://environment.example');
    vi.stubEnv('OPENROUTER_SITE_NAME', 'Environment');
    await api.client({ siteName: 'Told' }).chat.create(question);
    expect(received()).toMatchObject({
      'http-referer': 'https://environment.example',
      'x-title': 'Told',
      'x-openrouter-title': 'Told',
    });
  });

  it('hold the key, from the option or from the environment', async () => {
    await api.client().chat.create(question);
    expect(received()['authorization']).toBe(`Bearer ${goodKey}`);
    vi.stubEnv('OPENROUTER_API_KEY', 'sk-or-v1-from-the-environment');
    await api.client({ apiKey: undefined }).chat.create(question);
    expect(api.simulator.requests[1]?.headers['authorization']).toBe('Bearer sk-or-v1-from-the-environment');
  });

  it('may be added to by the client and by the call, of which the call wins, whatever the case of a name', async () => {
    const client = api.client({
      siteName: 'My App',
      defaultHeaders: { 'X-Mine': 'client', 'X-Both': 'client', 'X-Title': 'Of the client' },
    });
    await client.chat.create(question, { headers: { 'x-both': 'call', 'X-OpenRouter-Metadata': 'enabled' } });
    expect(received()).toMatchObject({
      'x-mine': 'client',
      'x-both': 'call',
      'x-openrouter-metadata': 'enabled',
      'x-title': 'Of the client',
      'x-openrouter-title': 'My App',
    });
  });

  it('say nothing of the machine that asks', async () => {
    await api.client().chat.create(question);
    const own = [
      'accept',
      'accept-encoding',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
      'user-agent',
    ];
    expect(Object.keys(received()).filter((name) => !own.includes(name))).toEqual([]);
    expect(received()['user-agent']).toMatch(/^openrouter-ts/);
  });
});

describe('a header that cannot be sent', () => {
  it.each([
    ['a name with characters outside ISO-8859-1', { siteName: '漢字' }],
    ['an address with a line break', { siteUrl: 'https://example.com\r\nx-evil: 1' }],
    ['a header with a line break', { defaultHeaders: { 'x-mine': 'a\nb' } }],
    ['a header that belongs to the connection', { defaultHeaders: { 'Content-Length': '1' } }],
  ])('is refused before anything is sent: %s', (_, options) => {
    expect(() => api.client(options)).toThrow(ConfigError);
    expect(api.simulator.requests).toEqual([]);
  });

  it('is refused for one call, too', async () => {
    await expect(api.client().chat.create(question, { headers: { 'x-mine': 'a\r\nb' } })).rejects.toBeInstanceOf(
      ConfigError,
    );
    expect(api.simulator.requests).toEqual([]);
  });
});
