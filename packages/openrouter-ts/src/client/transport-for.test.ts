import { platform } from '#platform';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchTransport } from '../platform/fetch-transport.ts';
import { unlessAborted } from '../util/unless-aborted.ts';
import { OpenRouter } from './open-router.ts';
import { fetchPart } from './transport-for.ts';

const request = { model: 'm', messages: [{ role: 'user' as const, content: 'Hi' }] };

describe('a client with a fetch, on a platform that has another way', () => {
  it('waits for what sends no longer than its caller does, and sends nothing then', async () => {
    vi.spyOn(fetchPart, 'load').mockImplementation((ending) => unlessAborted(new Promise(() => undefined), ending!));
    const fetch = vi.fn<() => Promise<Response>>();
    const client = new OpenRouter({ apiKey: 'k', fetch });
    const controller = new AbortController();
    const asked = client.chat.create(request, { signal: controller.signal });
    setImmediate(() => {
      controller.abort('enough');
    });
    await expect(asked).rejects.toBe('enough');
    expect(fetch).not.toHaveBeenCalled();
    expect(client.costs.totals()).toMatchObject({ requests: 0, unknown: 0 });
  });

  it('sends nothing where what sends cannot be loaded', async () => {
    const unloaded = new Error('no such file');
    vi.spyOn(fetchPart, 'load').mockRejectedValue(unloaded);
    const client = new OpenRouter({ apiKey: 'k', fetch: vi.fn<() => Promise<Response>>() });
    await expect(client.chat.create(request)).rejects.toBe(unloaded);
    expect(client.costs.totals()).toMatchObject({ requests: 0, unknown: 0 });
  });
});

describe('a client with a fetch, on a platform that has nothing else', () => {
  afterEach(() => {
    Object.assign(platform, { fetchTransport: undefined });
  });

  it('has what sends with it', async () => {
    Object.assign(platform, { fetchTransport });
    const load = vi.spyOn(fetchPart, 'load');
    const answer = '{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}]}';
    const client = new OpenRouter({
      apiKey: 'k',
      fetch: async () => new Response(answer, { headers: { 'content-type': 'application/json' } }),
    });
    expect((await client.chat.create(request)).choices[0]?.message.content).toBe('Hello');
    expect(load).not.toHaveBeenCalled();
  });
});
