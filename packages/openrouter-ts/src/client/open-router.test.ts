import { inspect } from 'node:util';
import { platform } from '#platform';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigError } from '../errors/config-error.ts';
import { OpenRouterError } from '../errors/open-router-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { Transport, TransportRequest, TransportResponse } from '../http/transport.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { platform as neutral } from '../platform/neutral.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import { OpenRouter } from './open-router.ts';
import type { OpenRouterOptions } from './options.ts';

const key = 'sk-or-v1-0123456789abcdef';
const request: ChatRequest = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] };
const whole = '{"id":"gen-1","choices":[{"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]}';
const events =
  'data: {"id":"gen-1","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":"stop"}],"usage":{"total_tokens":3}}\n\ndata: [DONE]\n\n';

interface Setup {
  readonly client: OpenRouter;
  readonly sent: TransportRequest[];
}

/** A client whose requests are kept, and answered as they ask for. */
function setup(options: OpenRouterOptions = { apiKey: key }): Setup {
  const sent: TransportRequest[] = [];
  const transport: Transport = async (outgoing) => {
    sent.push(outgoing);
    const stream = outgoing.headers['accept'] === 'text/event-stream';
    const headers = { 'content-type': stream ? 'text/event-stream' : 'application/json', 'x-generation-id': 'gen-1' };
    return { status: 200, headers, body: pieces(stream ? events : whole) };
  };
  return { client: new OpenRouter({ transport, ...options }), sent };
}

async function* pieces(text: string): AsyncGenerator<Uint8Array, void> {
  yield Buffer.from(text);
}

/** A transport that never answers; it fails when it is told to stop. */
function silent(reports: boolean, connects: boolean): Transport {
  return Object.assign(
    (outgoing: TransportRequest) =>
      new Promise<TransportResponse>((_resolve, reject) => {
        if (connects) outgoing.onConnected?.(false);
        outgoing.onAbort?.(reject);
      }),
    { reportsConnection: reports },
  );
}

async function failureOf(work: Promise<unknown>): Promise<OpenRouterError> {
  const failure: unknown = await work.catch((error: unknown) => error);
  if (failure instanceof OpenRouterError) return failure;
  throw new Error('It did not fail as it should.', { cause: failure });
}

function refusal(options: OpenRouterOptions): ConfigError {
  try {
    // eslint-disable-next-line no-new -- only its making is of interest
    new OpenRouter(options);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('a client', () => {
  it('sends a chat request to OpenRouter with the key', async () => {
    const { client, sent } = setup();
    const completion = await client.chat.create(request);
    expect(completion).toEqual(JSON.parse(whole));
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      method: 'POST',
      url: 'https://openrouter.ai/api/v1/chat/completions',
      body: JSON.stringify(request),
    });
    expect(sent[0]?.headers).toEqual({
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
    });
  });

  it('asks for events where an answer is to be streamed', async () => {
    const { client, sent } = setup();
    const stream = await client.chat.stream(request);
    expect((await stream.completion()).choices[0]?.message.content).toBe('Hello');
    expect(sent[0]?.headers).toEqual({
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
    });
    expect(sent[0]?.body).toBe(JSON.stringify({ ...request, stream: true }));
  });

  it('tells what came beside the answer', async () => {
    const { data, response } = await setup().client.chat.create(request).withResponse();
    expect(data.id).toBe('gen-1');
    expect(response).toMatchObject({
      status: 200,
      generationId: 'gen-1',
      warnings: [],
      headers: { 'x-generation-id': 'gen-1' },
    });
    expect(response.attempts).toHaveLength(1);
    expect(response.attempts[0]).toMatchObject({ number: 1, model: 'm', status: 200, generationId: 'gen-1' });
  });

  it('shows no key to whoever looks at it', () => {
    const { client } = setup();
    expect(inspect(client, { depth: 9, showHidden: true })).not.toContain('0123456789abcdef');
    expect(JSON.stringify(client)).not.toContain('0123456789abcdef');
  });

  it('does not send what cannot work', async () => {
    const { client, sent } = setup();
    expect(await failureOf(client.chat.create({ ...request, messages: [] }))).toBeInstanceOf(ConfigError);
    expect(await failureOf(client.chat.create(request, { timeoutMs: -1 }))).toHaveProperty(
      'message',
      'timeoutMs must be a number above zero, or Infinity for no limit, but it is -1.',
    );
    expect(sent).toEqual([]);
  });
});

describe('the key', () => {
  it('comes from the environment where it is not said', async () => {
    vi.stubEnv('OPENROUTER_API_KEY', ` ${key}\n`);
    const { client, sent } = setup({});
    await client.chat.create(request);
    expect(sent[0]?.headers['authorization']).toBe(`Bearer ${key}`);
  });

  it('is the one that is said rather than that of the environment', async () => {
    vi.stubEnv('OPENROUTER_API_KEY', 'another');
    const { client, sent } = setup();
    await client.chat.create(request);
    expect(sent[0]?.headers['authorization']).toBe(`Bearer ${key}`);
  });

  it.each([undefined, '', '  '])('is missed only when a call is made, where the environment has %j', async (value) => {
    vi.stubEnv('OPENROUTER_API_KEY', value);
    const { client, sent } = setup({});
    const error = await failureOf(client.chat.create(request));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toBe(
      'There is no API key. Pass apiKey, or set OPENROUTER_API_KEY; keys are made at https://openrouter.ai/keys.',
    );
    expect(sent).toEqual([]);
  });

  it('is checked when the client is made, and not repeated', () => {
    const error = refusal({ apiKey: `"${key}"` });
    expect(error.message).toContain('The API key holds a character that no key has');
    expect(inspect(error, { depth: 9 })).not.toContain('0123456789abcdef');
    expect(refusal({ apiKey: '' }).message).toContain('There is no API key.');
  });

  it('is asked for again with each call where a function gives it', async () => {
    let count = 0;
    const { client, sent } = setup({
      apiKey: () => {
        count += 1;
        return count === 1 ? 'first' : Promise.resolve(' Bearer second ');
      },
    });
    await client.chat.create(request);
    await client.chat.create(request);
    expect(sent.map(({ headers }) => headers['authorization'])).toEqual(['Bearer first', 'Bearer second']);
  });

  it.each([
    [
      'throws',
      (): string => {
        throw new Error('the vault is closed');
      },
    ],
    ['rejects', (): Promise<string> => Promise.reject(new Error('the vault is closed'))],
  ])('is not to be had where the function %s', async (_how, apiKey) => {
    const { client, sent } = setup({ apiKey });
    const error = await failureOf(client.chat.create(request));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toBe('apiKey failed. See the cause.');
    expect(error.cause).toEqual(new Error('the vault is closed'));
    expect(sent).toEqual([]);
  });

  it('must be a key also where a function gives it', async () => {
    const { client } = setup({ apiKey: () => `${key}\n${key}` });
    const error = await failureOf(client.chat.create(request));
    expect(error).toBeInstanceOf(ConfigError);
    expect(inspect(error, { depth: 9 })).not.toContain('0123456789abcdef');
  });

  it('is not waited for longer than the call may take', async () => {
    const clock = new FakeClock();
    const { client } = setup({ apiKey: () => new Promise(() => undefined), clock, timeoutMs: 1000 });
    const error = await clock.runUntil(failureOf(client.chat.create(request)));
    expect(error).toMatchObject({ kind: 'timeout', timer: 'total', timeoutMs: 1000, phase: 'unsent', billing: 'none' });
    const controller = new AbortController();
    const call = client.chat.create(request, { signal: controller.signal });
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });
});

describe('where requests go', () => {
  it('is said, or comes from the environment, or is OpenRouter', async () => {
    vi.stubEnv('OPENROUTER_BASE_URL', ' https://eu.openrouter.ai/api/v1/ ');
    const fromEnvironment = setup();
    await fromEnvironment.client.chat.create(request);
    expect(fromEnvironment.sent[0]?.url).toBe('https://eu.openrouter.ai/api/v1/chat/completions');
    const said = setup({ apiKey: key, baseURL: 'http://localhost:8080' });
    await said.client.chat.create(request);
    expect(said.sent[0]?.url).toBe('http://localhost:8080/chat/completions');
    vi.stubEnv('OPENROUTER_BASE_URL', '');
    const unset = setup();
    await unset.client.chat.create(request);
    expect(unset.sent[0]?.url).toBe('https://openrouter.ai/api/v1/chat/completions');
  });

  it('is encrypted unless the caller allows otherwise', async () => {
    const baseURL = 'http://gateway.example/v1';
    expect(refusal({ apiKey: key, baseURL }).message).toContain(
      'baseURL would send your key unencrypted to gateway.example.',
    );
    expect(refusal({ apiKey: key, baseURL, allowInsecure: false }).message).toContain('unencrypted');
    const { client, sent } = setup({ apiKey: key, baseURL, allowInsecure: true });
    await client.chat.create(request);
    expect(sent[0]?.url).toBe('http://gateway.example/v1/chat/completions');
  });
});

describe('the headers of a request', () => {
  it('say who is asking', async () => {
    const { client, sent } = setup({
      apiKey: key,
      siteUrl: 'https://example.com',
      siteName: 'Example',
      categories: ['cli-agent'],
    });
    await client.chat.create(request);
    expect(sent[0]?.headers).toMatchObject({
      'http-referer': 'https://example.com',
      'x-title': 'Example',
      'x-openrouter-title': 'Example',
      'x-openrouter-categories': 'cli-agent',
    });
  });

  it('say so from the environment where it is not said', async () => {
    vi.stubEnv('OPENROUTER_SITE_URL', 'https://env.example');
    vi.stubEnv('OPENROUTER_SITE_NAME', 'Environment');
    const fromEnvironment = setup();
    await fromEnvironment.client.chat.create(request);
    expect(fromEnvironment.sent[0]?.headers).toMatchObject({
      'http-referer': 'https://env.example',
      'x-title': 'Environment',
    });
    const said = setup({ apiKey: key, siteUrl: 'https://example.com', siteName: 'Example' });
    await said.client.chat.create(request);
    expect(said.sent[0]?.headers).toMatchObject({ 'http-referer': 'https://example.com', 'x-title': 'Example' });
  });

  it('are those of the call over those of the client over the own', async () => {
    const { client, sent } = setup({
      apiKey: key,
      siteName: 'Example',
      defaultHeaders: { 'X-Title': 'Mine', 'X-A': '1', 'X-B': '1' },
    });
    await client.chat.create(request, { headers: { 'x-b': '2', Accept: 'application/x-mine' } });
    await client.chat.create(request);
    expect(sent[0]?.headers).toMatchObject({ 'x-title': 'Mine', 'x-a': '1', 'x-b': '2', accept: 'application/x-mine' });
    expect(sent[1]?.headers).toMatchObject({ 'x-title': 'Mine', 'x-a': '1', 'x-b': '1', accept: 'application/json' });
  });

  it('are the same for each call of a kind', async () => {
    const { client, sent } = setup();
    await client.chat.create(request);
    await client.chat.create(request);
    await (await client.chat.stream(request)).completion();
    expect(sent[1]?.headers).toEqual(sent[0]?.headers);
    expect(sent[2]?.headers).not.toEqual(sent[0]?.headers);
  });

  it('are refused where they cannot be sent', async () => {
    expect(refusal({ apiKey: key, siteName: 'Ω' }).message).toContain('siteName holds');
    expect(refusal({ apiKey: key, defaultHeaders: { Host: 'x' } }).message).toContain('The header host cannot be set.');
    const { client, sent } = setup();
    const error = await failureOf(client.chat.create(request, { headers: { 'x-a': 'a\nb' } }));
    expect(error.message).toContain('x-a holds a character that HTTP does not allow');
    expect(sent).toEqual([]);
  });
});

describe('how long a client waits', () => {
  async function waited(
    options: OpenRouterOptions,
    stream = false,
  ): Promise<{ readonly error: OpenRouterError; readonly ms: number }> {
    const clock = new FakeClock();
    const client = new OpenRouter({ apiKey: key, clock, maxRetries: 0, ...options });
    const call = stream ? client.chat.stream(request) : client.chat.create(request);
    const error = await clock.runUntil(failureOf(call));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(clock.pendingTimers).toBe(0);
    return { error, ms: clock.now() };
  }

  it('is ten seconds for a connection', async () => {
    const { error, ms } = await waited({ transport: silent(true, false) });
    expect(ms).toBe(10_000);
    expect(error).toMatchObject({ timer: 'connect', phase: 'unsent', billing: 'none', retryable: true });
  });

  it('is a minute for the headers of a stream, and ten for those of a whole answer', async () => {
    const { error, ms } = await waited({ transport: silent(true, true), timeoutMs: Infinity }, true);
    expect(ms).toBe(60_000);
    expect(error).toMatchObject({ timer: 'headers', phase: 'sent', billing: 'possible' });
    expect((await waited({ transport: silent(true, true), timeoutMs: Infinity })).ms).toBe(600_000);
  });

  it('is not told by a connection where the transport cannot tell of one', async () => {
    for (const timeouts of [undefined, { connectMs: 5 }]) {
      const { error, ms } = await waited(
        { transport: silent(false, false), timeoutMs: Infinity, ...(timeouts && { timeouts }) },
        true,
      );
      expect(ms).toBe(60_000);
      expect(error).toMatchObject({ timer: 'headers' });
    }
  });

  it('is what is said', async () => {
    expect((await waited({ transport: silent(true, false), timeouts: { connectMs: 7 } })).ms).toBe(7);
    expect((await waited({ transport: silent(true, true), timeouts: { headersMs: 8 } })).ms).toBe(8);
    expect((await waited({ transport: silent(true, true), timeouts: { headersMs: 8 } }, true)).ms).toBe(8);
  });

  it('is ten minutes for a whole call, or what is said', async () => {
    const forEver = { connectMs: Infinity, headersMs: Infinity };
    const usual = await waited({ transport: silent(true, true), timeouts: forEver });
    expect(usual.ms).toBe(600_000);
    expect(usual.error).toMatchObject({ timer: 'total', timeoutMs: 600_000 });
    expect((await waited({ transport: silent(true, true), timeouts: forEver, timeoutMs: 9 })).ms).toBe(9);
  });

  it('is refused where it is no time', () => {
    expect(refusal({ timeoutMs: 0 }).message).toContain('timeoutMs must be a number above zero');
  });
});

describe('how much a client holds', () => {
  it('is what is said', async () => {
    const { client } = setup({ apiKey: key, limits: { answerBytes: 10 } });
    const error = await failureOf(client.chat.create(request));
    expect(error).toMatchObject({ kind: 'limit-exceeded', limit: 10 });
  });
});

describe('what survives failures', () => {
  const refuse = (
    status: number,
    error: object = {},
    headers: Readonly<Record<string, string>> = {},
  ): TransportResponse => ({
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: pieces(JSON.stringify({ error: { code: status, message: 'no', ...error } })),
  });

  /** A client whose requests are answered with these in turn, and then well. */
  function scripted(
    answers: readonly TransportResponse[],
    options: OpenRouterOptions = {},
  ): Setup & { readonly clock: FakeClock } {
    const sent: TransportRequest[] = [];
    const clock = new FakeClock();
    const transport: Transport = async (outgoing) => {
      sent.push(outgoing);
      return (
        answers[sent.length - 1] ?? {
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: pieces(whole),
        }
      );
    };
    return { client: new OpenRouter({ apiKey: key, transport, clock, random: () => 0, ...options }), sent, clock };
  }

  it('is two retries, unless something else is said', async () => {
    const twice = scripted([refuse(503), refuse(503)]);
    expect((await twice.clock.runUntil(twice.client.chat.create(request))).id).toBe('gen-1');
    const failing = [refuse(503), refuse(503), refuse(503)];
    const thrice = scripted(failing);
    const error = await thrice.clock.runUntil(failureOf(thrice.client.chat.create(request)));
    expect(error).toMatchObject({ status: 503, retryStopped: 'attempts' });
    expect(error.attempts).toHaveLength(3);
    const never = scripted([refuse(503)], { maxRetries: 0 });
    await never.clock.runUntil(failureOf(never.client.chat.create(request)));
    expect(never.sent).toHaveLength(1);
    const once = scripted(failing);
    await once.clock.runUntil(failureOf(once.client.chat.create(request, { maxRetries: 1 })));
    expect(once.sent).toHaveLength(2);
  });

  it('is a wait of a minute at most', async () => {
    const { client, clock, sent } = scripted([refuse(429, {}, { 'retry-after': '61' })]);
    expect(await failureOf(client.chat.create(request))).toMatchObject({ retryAfterMs: 61_000, retryStopped: 'wait' });
    expect(clock.now()).toBe(0);
    const patient = scripted([refuse(429, {}, { 'retry-after': '61' })], { maxRetryWaitMs: 90_000 });
    await patient.clock.runUntil(patient.client.chat.create(request));
    expect([sent.length, patient.sent.length, patient.clock.now()]).toEqual([1, 2, 61_000]);
  });

  it('is another model, where there is one', async () => {
    const { client, clock, sent } = scripted([refuse(404)], { fallbackModels: ['other'] });
    await clock.runUntil(client.chat.create({ ...request, models: ['x'] }));
    expect(sent.map(({ body }): unknown => JSON.parse(String(body)))).toEqual([
      { ...request, models: ['x'] },
      { ...request, model: 'other' },
    ]);
    const free = scripted([refuse(404)], { fallbackModels: ['other'], allowPaidFallback: false });
    await free.clock.runUntil(failureOf(free.client.chat.create({ ...request, model: 'm:free' })));
    expect(free.sent).toHaveLength(1);
    const paid = scripted([refuse(404)], { fallbackModels: ['other'], allowPaidFallback: true });
    await paid.clock.runUntil(paid.client.chat.create({ ...request, model: 'm:free' }));
    expect(paid.sent).toHaveLength(2);
  });

  it.each([
    [
      'the headers',
      {},
      { 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1767225630000' },
    ],
    [
      'the body',
      {
        metadata: {
          headers: { 'X-RateLimit-Limit': '20', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '1767225630000' },
        },
      },
      {},
    ],
  ])('learns what %s of a refusal say of the limit', async (_where, error, headers) => {
    const message = 'Rate limit exceeded: free-models-per-min';
    const { client, clock } = scripted([refuse(429, { message, ...error }, headers)], { maxRetries: 0 });
    expect(client.rateLimit.last).toBeUndefined();
    await failureOf(client.chat.create({ ...request, model: 'm:free' }));
    await clock.advance(1_000);
    expect(client.rateLimit.last).toEqual({
      limit: 20,
      remaining: 0,
      scope: 'account-minute',
      resetAt: 1_767_225_630_000,
      model: 'm:free',
      status: 429,
      ageMs: 1_000,
    });
    expect(client.rateLimit.throttles.map(({ of }) => of)).toEqual(['free', 'free']);
  });

  it('lets no more requests be under way than is said', async () => {
    const sent: TransportRequest[] = [];
    const transport: Transport = (outgoing) => {
      sent.push(outgoing);
      return silent(true, true)(outgoing);
    };
    const clock = new FakeClock();
    const client = new OpenRouter({ apiKey: key, transport, clock, maxConcurrency: 2 });
    const controllers = [1, 2, 3, 4].map(() => new AbortController());
    const calls = controllers.map(({ signal }) => client.chat.create(request, { signal }).catch(() => 'ended'));
    await clock.advance(0);
    expect(sent).toHaveLength(2);
    // The third gives up while it waits, and the first makes room for the fourth.
    controllers[2]?.abort();
    await clock.advance(0);
    expect(sent).toHaveLength(2);
    controllers[0]?.abort();
    await clock.advance(0);
    expect(sent).toHaveLength(3);
    for (const controller of controllers) controller.abort();
    expect(await Promise.all(calls)).toEqual(['ended', 'ended', 'ended', 'ended']);
  });

  it('tells its hooks', async () => {
    const told: string[] = [];
    const { client, clock } = scripted([refuse(503)], { hooks: { onRetry: ({ type }) => told.push(type) } });
    await clock.runUntil(client.chat.create(request));
    expect(told).toEqual(['retry']);
  });
});

describe('the way to the network', () => {
  it('may be a fetch', async () => {
    const calls: unknown[] = [];
    const client = new OpenRouter({
      apiKey: key,
      fetch: async (url, init) => {
        calls.push([url, init.method, init.redirect]);
        return new Response(whole, { headers: { 'content-type': 'application/json' } });
      },
    });
    expect((await client.chat.create(request)).id).toBe('gen-1');
    expect(calls).toEqual([['https://openrouter.ai/api/v1/chat/completions', 'POST', 'manual']]);
  });

  it("is the platform's own unless something else is said", () => {
    const create = vi.spyOn(platform, 'createTransport');
    const client = new OpenRouter({ apiKey: key });
    expect(client).toBeInstanceOf(OpenRouter);
    expect(create).toHaveBeenCalledOnce();
    setup();
    expect(create).toHaveBeenCalledOnce();
  });

  it('is one only', () => {
    expect(refusal({ apiKey: key, fetch: vi.fn(), transport: silent(true, true) }).message).toContain(
      'Pass fetch or transport, not both',
    );
  });

  it('needs no options where the environment has them', () => {
    vi.stubEnv('OPENROUTER_BASE_URL', 'ftp://example.com');
    expect(() => new OpenRouter()).toThrow(ConfigError);
    vi.stubEnv('OPENROUTER_BASE_URL', 'https://example.com');
    expect(new OpenRouter().chat).toBeDefined();
  });
});

describe('a client in a browser', () => {
  beforeEach(() => {
    for (const name of ['window', 'document']) vi.stubGlobal(name, {});
    Object.assign(platform, { refuseBrowser: neutral.refuseBrowser });
  });

  afterEach(() => {
    Object.assign(platform, { refuseBrowser: undefined });
  });

  it('is refused, since anybody who opens the page could read the key', () => {
    const message =
      "Anybody who opens this page could read the key. Call OpenRouter from a server, or set dangerouslyAllowBrowser if the key is the visitor's own.";
    expect(refusal({ apiKey: key }).message).toBe(message);
    expect(refusal({ apiKey: key, dangerouslyAllowBrowser: false }).message).toBe(message);
    expect(setup({ apiKey: key, dangerouslyAllowBrowser: true }).client).toBeInstanceOf(OpenRouter);
  });
});
