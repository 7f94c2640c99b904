import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/config-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { OpenRouterError } from '../errors/open-router-error.ts';
import { ResponseFormatError } from '../errors/response-format-error.ts';
import {
  AuthenticationError,
  BadRequestError,
  PayloadTooLargeError,
  ProviderError,
  RateLimitError,
  ServerError,
} from '../errors/status-errors.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { AbortScope } from '../util/abort-scope.ts';
import type { ApiRequest } from './api-request.ts';
import { exchange, type ExchangeOptions } from './exchange.ts';
import type { Outcome } from './outcome.ts';
import type { Reader } from './read-context.ts';
import { readJson } from './read-json.ts';
import type { Transport, TransportRequest, TransportResponse } from './transport.ts';

const chat: Omit<ApiRequest, 'scope'> = {
  method: 'POST',
  path: '/chat/completions',
  body: { model: 'm' },
  stream: false,
  attempts: [],
  settings: {},
  reached: { phase: 'unsent', generationId: undefined },
};

/** Everything that one exchange needs, with a transport that answers as it is told and keeps what it was sent. */
interface Setup {
  readonly scope: AbortScope;
  readonly clock: FakeClock;
  readonly sent: TransportRequest[];
  readonly run: (changes?: Partial<ApiRequest>) => Promise<Outcome<object>>;
  readonly failure: (changes?: Partial<ApiRequest>) => Promise<OpenRouterError>;
}

const read: Reader<object> = async (response, context) => ({
  value: await readJson(response, context),
  response: {
    status: response.status,
    headers: response.headers,
    generationId: context.generationId,
    attempts: [],
    settings: {},
    reached: { phase: 'unsent', generationId: undefined },
    warnings: [],
  },
  settled: Promise.resolve({}),
});

function setup(transport: Transport, options: Partial<ExchangeOptions> = {}): Setup {
  const scope = new AbortScope();
  const clock = new FakeClock();
  const sent: TransportRequest[] = [];
  const recording: Transport = Object.assign(
    (request: TransportRequest) => {
      sent.push(request);
      return transport(request);
    },
    { reportsConnection: transport.reportsConnection },
  );
  const run: Setup['run'] = (changes) =>
    exchange({ ...chat, scope, ...changes }, read, {
      transport: recording,
      baseUrl: 'https://openrouter.ai/api/v1',
      headersFor: () => ({ authorization: 'Bearer key' }),
      clock,
      limits: { eventBytes: 1000, answerBytes: 1000, errorBytes: 1000 },
      ...options,
    });
  const failure: Setup['failure'] = async (changes) => {
    const reason: unknown = await run(changes).catch((error: unknown) => error);
    if (reason instanceof OpenRouterError) return reason;
    throw new Error('It did not fail as it should.', { cause: reason });
  };
  return { scope, clock, sent, run, failure };
}

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array, void> {
  for (const text of texts) yield Buffer.from(text);
}

function answer(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Transport {
  return async () => ({ status, headers, body: pieces(text) });
}

function failing(
  cause: unknown,
  connection: { readonly connected?: boolean; readonly reused?: boolean; readonly reports?: boolean } = {},
): Transport {
  const { connected = false, reused = false, reports = true } = connection;
  return Object.assign(
    async (request: TransportRequest): Promise<TransportResponse> => {
      if (connected) request.onConnected?.(reused);
      throw cause;
    },
    { reportsConnection: reports },
  );
}

const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

describe('an exchange', () => {
  it('sends the request once, and reads the answer', async () => {
    const { run, sent } = setup(answer(200, '{"id":"gen-1"}', { 'x-generation-id': 'gen-1' }));
    const outcome = await run({ query: '?a=1' });
    expect(outcome.value).toEqual({ id: 'gen-1' });
    expect(outcome.response.generationId).toBe('gen-1');
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      method: 'POST',
      url: 'https://openrouter.ai/api/v1/chat/completions?a=1',
      headers: { authorization: 'Bearer key' },
      body: '{"model":"m"}',
    });
  });

  it('asks for a stream where one is wanted, and sends no body where there is none', async () => {
    const { run, sent } = setup(answer(200, '{}'));
    await run({ stream: true });
    await run({ method: 'GET', path: '/models', body: undefined });
    expect(sent.map(({ body }) => body)).toEqual(['{"model":"m","stream":true}', undefined]);
  });

  it('waits for headers that are not there at once', async () => {
    const { run, sent } = setup(answer(200, '{}'), { headersFor: async () => ({ authorization: 'Bearer late' }) });
    await run();
    expect(sent[0]?.headers).toEqual({ authorization: 'Bearer late' });
  });

  it('accepts every answer that is good', async () => {
    for (const status of [200, 201, 202, 203, 299]) expect((await setup(answer(status, '{}')).run()).value).toEqual({});
  });

  it('tells who wants to know how far it is', async () => {
    const told: string[] = [];
    const { run, scope } = setup((request) => {
      told.push('sent');
      request.onConnected?.(true);
      return answer(200, '{}')(request);
    });
    await run({
      progress: {
        began: (attempt) => {
          told.push(`began ${String(attempt !== scope && !attempt.aborted)}`);
        },
        connected: (reused) => {
          told.push(`connected ${String(reused)}`);
        },
        answered: ({ status }) => {
          told.push(`answered ${status}`);
        },
      },
    });
    expect(told).toEqual(['began true', 'sent', 'connected true', 'answered 200']);
  });

  it('does not need to be told everything', async () => {
    await expect(setup(answer(200, '{}')).run({ progress: {} })).resolves.toMatchObject({ value: {} });
  });

  it('leaves nothing behind on the call', async () => {
    const controller = new AbortController();
    const scope = new AbortScope(controller.signal);
    const { run, sent } = setup(answer(200, '{}'));
    await run({ scope });
    scope.release();
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    controller.abort();
    expect(sent[0]?.signal.aborted).toBe(false);
  });
});

describe('an exchange that is not begun', () => {
  it('has a body that cannot be sent', async () => {
    const { failure, sent } = setup(answer(200, '{}'));
    expect(await failure({ body: { seed: 1n } })).toBeInstanceOf(ConfigError);
    expect(sent).toEqual([]);
  });

  it('belongs to a call that has ended', async () => {
    const { run, scope, sent } = setup(answer(200, '{}'));
    const reason = new Error('enough');
    scope.abort(reason);
    await expect(run()).rejects.toBe(reason);
    expect(sent).toEqual([]);
  });

  it('belongs to a call that ended while its headers were made', async () => {
    const reason = new Error('enough');
    const { run, scope, sent } = setup(answer(200, '{}'), {
      headersFor: async () => {
        scope.abort(reason);
        return {};
      },
    });
    await expect(run()).rejects.toBe(reason);
    expect(sent).toEqual([]);
  });
});

describe('an exchange without an answer', () => {
  it('names the host and tells that the request was not sent', async () => {
    const error = await setup(failing(reset)).failure();
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({
      phase: 'unsent',
      billing: 'none',
      retryable: true,
      staleConnection: false,
      cause: reset,
    });
    expect(error.message).toContain('POST /chat/completions could not connect to openrouter.ai (ECONNRESET).');
  });

  it('tells that the request was sent, and may have been billed', async () => {
    for (const transport of [failing(reset, { connected: true }), failing(reset, { reports: false })]) {
      expect(await setup(transport).failure()).toMatchObject({
        phase: 'sent',
        billing: 'possible',
        staleConnection: false,
      });
    }
  });

  it('was sent over a kept connection that turned out to be closed', async () => {
    const transport = failing(reset, { connected: true, reused: true });
    expect(await setup(transport).failure()).toMatchObject({ phase: 'sent', billing: 'none', staleConnection: true });
  });

  it('may have been answered by the model where a kept connection breaks later', async () => {
    const transport = (wait: number): Transport =>
      Object.assign(
        async (request: TransportRequest): Promise<TransportResponse> => {
          request.onConnected?.(true);
          await clock.advance(wait);
          throw reset;
        },
        { reportsConnection: true },
      );
    const early = setup((request) => transport(999)(request));
    let { clock } = early;
    await clock.advance(5000);
    expect(await early.failure()).toMatchObject({ staleConnection: true });
    const late = setup((request) => transport(1000)(request));
    ({ clock } = late);
    expect(await late.failure()).toMatchObject({ phase: 'sent', billing: 'possible', staleConnection: false });
  });

  it('costs nothing where nothing was posted', async () => {
    const error = await setup(failing(reset, { connected: true })).failure({
      method: 'GET',
      path: '/models',
      body: undefined,
    });
    expect(error).toMatchObject({ phase: 'sent', billing: 'none' });
  });

  it('fails as a transport does that knows the errors of this library', async () => {
    const cause = new OpenRouterError('It failed.', 'some-kind', { phase: 'sent', billing: 'certain' });
    const error = await setup(failing(cause, { connected: true })).failure();
    expect(error).toBe(cause);
    expect(error).toMatchObject({ phase: 'sent', billing: 'certain' });
  });

  it('fails also where a transport throws at once', async () => {
    const error = await setup(() => {
      throw reset;
    }).failure();
    expect(error).toBeInstanceOf(ConnectionError);
  });
});

describe('how far an exchange came', () => {
  const before = { phase: 'answered', generationId: 'gen-before' } as const;

  it.each([
    ['no connection', failing(reset), 'unsent', undefined],
    ['no answer', failing(reset, { connected: true }), 'sent', undefined],
    ['no answer, and a transport that cannot tell', failing(reset, { reports: false }), 'sent', undefined],
    ['a refusal', answer(500, '{}', { 'x-generation-id': 'gen-1' }), 'answered', 'gen-1'],
    ['an answer that cannot be read', answer(200, 'no JSON'), 'answered', undefined],
  ] as const)('is known after %s', async (_, transport, phase, generationId) => {
    const reached = { ...before };
    await setup(transport).failure({ reached });
    expect(reached).toEqual({ phase, generationId });
  });

  it('is to its answer, even where a transport breaks its word about that', async () => {
    const broken = (async () => ({ status: 200, body: [] })) as unknown as Transport;
    const { run } = setup(broken);
    await expect(run()).rejects.toBeInstanceOf(TypeError);
  });

  it('is not how far the attempt before it came, also where nothing could be sent', async () => {
    const reached = { ...before };
    const headersFor = (): never => {
      throw new ConfigError('no key');
    };
    await setup(answer(200, '{}'), { headersFor }).failure({ reached });
    expect(reached).toEqual({ phase: 'unsent', generationId: undefined });
  });
});

describe('an exchange that is ended', () => {
  /** Answers never, and fails when it is told to stop. */
  function silent(reports: boolean, connected: boolean): Transport {
    return Object.assign(
      (request: TransportRequest) =>
        new Promise<TransportResponse>((_resolve, reject) => {
          if (connected) request.onConnected?.(false);
          request.onAbort?.(() => {
            reject(new Error('aborted'));
          });
        }),
      { reportsConnection: reports },
    );
  }

  it("by the caller fails with the caller's own reason", async () => {
    const { run, scope, clock } = setup(silent(true, true));
    const running = run();
    await clock.advance(0);
    const reason = { mine: true };
    scope.abort(reason);
    await expect(running).rejects.toBe(reason);
    expect(reason).toEqual({ mine: true });
  });

  it.each([
    ['before there was a connection', true, false, 'unsent', 'none'],
    ['while the answer was awaited', true, true, 'sent', 'possible'],
    ['at a time that nobody knows', false, false, 'sent', 'possible'],
  ])('by a timer, %s, tells how far it was', async (_when, reports, connected, phase, billing) => {
    const { failure, scope, clock } = setup(silent(reports, connected));
    const running = failure();
    await clock.advance(0);
    const reason = new TimeoutError('too slow', { timer: 'headers', timeoutMs: 1 });
    scope.abort(reason);
    expect(await running).toBe(reason);
    expect(reason).toMatchObject({ phase, billing });
  });

  it('while the answer was read tells that there was one', async () => {
    const { failure, scope, clock } = setup(async (request) => ({
      status: 200,
      headers: { 'x-generation-id': 'gen-1' },
      body: {
        [Symbol.asyncIterator]: () => ({
          next: () =>
            new Promise((_resolve, reject) => {
              request.onAbort?.(reject);
            }),
        }),
      },
    }));
    const running = failure();
    await clock.advance(0);
    const reason = new TimeoutError('too slow', { timer: 'idle-bytes', timeoutMs: 1 });
    scope.abort(reason);
    expect(await running).toBe(reason);
    expect(reason).toMatchObject({ phase: 'answered', billing: 'possible', generationId: 'gen-1' });
  });

  it('while the body of an error was read does not wait for it', async () => {
    const { run, scope, clock } = setup(async () => ({
      status: 500,
      headers: {},
      body: { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) },
    }));
    const running = run();
    await clock.advance(0);
    const reason = new Error('enough');
    scope.abort(reason);
    await expect(running).rejects.toBe(reason);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is over although its transport answers in the end', async () => {
    const { run, scope } = setup(async (request) => {
      scope.abort('enough');
      return answer(200, '{"id":"gen-1"}')(request);
    });
    await expect(run()).rejects.toBe('enough');
  });
});

describe('an exchange that is refused', () => {
  it('fails with what the answer says, and closes the connection', async () => {
    const headers = { 'x-generation-id': 'gen-1', 'retry-after': '3' };
    const { failure, sent, clock } = setup(
      answer(429, '{"error":{"code":429,"message":"Too many","metadata":{"provider_name":"X"}}}', headers),
    );
    const error = await failure();
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({
      status: 429,
      scope: 'provider',
      retryAfterMs: 3000,
      phase: 'answered',
      billing: 'none',
      generationId: 'gen-1',
      headers,
    });
    expect(error.message).toBe('OpenRouter answered POST /chat/completions with 429: Too many (X)');
    expect(error).toMatchObject({ resetAt: clock.epochMs() + 3000 });
    expect(sent[0]?.signal).toMatchObject({ aborted: true, reason: error });
  });

  it.each([
    ['{"error":{"code":"502","message":"gone"}}', 500, ProviderError, 'gone'],
    ['{"error":{"message":"gone","http_status":502}}', 500, ProviderError, 'gone'],
    ['{"error":{"message":"gone","error_type":"timeout"}}', 500, ServerError, 'gone'],
    ['{"error":"gone"}', 500, ServerError, 'gone'],
    ['{"message":"gone"}', 500, ServerError, 'gone'],
    ['{"error":{"message":"gone"}}', 400, BadRequestError, 'gone'],
    ['{"code":502}', 500, ProviderError, '{"code":502}'],
    ['{"error":null,"message":"gone"}', 500, ServerError, 'gone'],
    ['{"error":null}', 500, ServerError, '{"error":null}'],
    ['{"message":7}', 500, ServerError, '{"message":7}'],
    ['{"detail":"gone"}', 500, ServerError, '{"detail":"gone"}'],
    ['[{"error":{"code":402}}]', 500, ServerError, '[{"error":{"code":402}}]'],
    ['null', 500, ServerError, 'null'],
    ['{"error":{"code":402,"mess', 500, ServerError, '{"error":{"code":402,"mess'],
    ['', 500, ServerError, 'no explanation'],
    ['<html><head><title>502 Bad Gateway</title></head></html>', 502, ProviderError, '502 Bad Gateway'],
    ['error code: 1015', 429, RateLimitError, 'error code: 1015'],
  ])('is understood whatever the body is: %j', async (text, status, StatusError, words) => {
    const error = await setup(answer(status, text)).failure();
    expect(error.constructor).toBe(StatusError);
    expect(error.message).toContain(`: ${words}`);
  });

  it('knows that a 429 without JSON is of the network in front', async () => {
    expect(await setup(answer(429, 'error code: 1015')).failure()).toMatchObject({ scope: 'edge' });
    expect(await setup(answer(429, '{"error":"Too many"}')).failure()).toMatchObject({ scope: 'unknown' });
    expect(await setup(answer(429, '{"detail":"Too many"}')).failure()).toMatchObject({ scope: 'unknown' });
  });

  it('reads no more of a body without end than is allowed', async () => {
    async function* endless(): AsyncGenerator<Uint8Array, void> {
      for (;;) yield Buffer.from('x'.repeat(400));
    }
    const error = await setup(async () => ({ status: 500, headers: {}, body: endless() })).failure();
    expect(error).toBeInstanceOf(ServerError);
    expect(error.message).toContain(`with 500: ${'x'.repeat(199)}…`);
  });

  it('does not wait long for a body that stalls', async () => {
    const { failure, clock } = setup(async () => ({
      status: 500,
      headers: {},
      body: { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) },
    }));
    expect(await clock.runUntil(failure())).toMatchObject({ status: 500, retryable: true });
    expect(clock.now()).toBe(5000);
  });

  it('tells how much was sent where that was too much', async () => {
    const error = await setup(answer(413, '{"error":{"message":"Too large","code":413}}')).failure({
      body: { text: 'é' },
    });
    expect(error).toBeInstanceOf(PayloadTooLargeError);
    expect(error.message).toBe('OpenRouter answered POST /chat/completions (13 bytes) with 413: Too large. Send less.');
    const empty = await setup(answer(413, '')).failure({ method: 'GET', path: '/models', body: undefined });
    expect(empty.message).toBe('OpenRouter answered GET /models with 413: no explanation. Send less.');
  });

  it('says nothing of how much was sent otherwise', async () => {
    const error = await setup(answer(401, '{"error":{"message":"No auth credentials found","code":401}}')).failure();
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error.message).toContain('OpenRouter answered POST /chat/completions with 401: No auth');
  });

  it('costs nothing where nothing was posted', async () => {
    expect(await setup(answer(504, '')).failure({ method: 'GET', path: '/models', body: undefined })).toMatchObject({
      status: 504,
      billing: 'none',
    });
    expect(await setup(answer(504, '')).failure()).toMatchObject({ status: 504, billing: 'possible' });
  });

  it('passes on whether a stream was asked for', async () => {
    expect(await setup(answer(524, '')).failure({ stream: true })).toMatchObject({ retryable: true });
    expect(await setup(answer(524, '')).failure()).toMatchObject({ retryable: false });
  });
});

describe('an answer that this API does not give', () => {
  it.each([300, 301, 302, 303, 307, 308])('is a redirect, which is not followed: %d', async (status) => {
    const headers = { location: 'https://evil.example/steal?prompt=1', 'x-generation-id': 'gen-1' };
    const { failure, sent } = setup(answer(status, '', headers));
    const error = await failure();
    expect(error).toBeInstanceOf(ResponseFormatError);
    expect(error).toMatchObject({
      failure: 'redirect',
      status,
      phase: 'answered',
      billing: 'none',
      retryable: false,
      generationId: 'gen-1',
    });
    expect(error.message).toBe(
      `POST /chat/completions was answered with status ${status} and a redirect to https://evil.example, which is not followed. Set baseURL to where the API is.`,
    );
    expect(sent).toHaveLength(1);
    expect(sent[0]?.signal.aborted).toBe(true);
  });

  it.each([{}, { location: '/elsewhere' }, { location: '' }])(
    'is a redirect to who knows where: %j',
    async (headers) => {
      const error = await setup(answer(307, '', headers)).failure();
      expect(error.message).toContain('with status 307 and a redirect, which is not followed');
    },
  );

  it('is a redirect that a browser hides', async () => {
    expect(await setup(answer(0, '')).failure()).toMatchObject({ failure: 'redirect', status: 0, billing: 'none' });
  });

  it.each([100, 199, 204, 206, 304])('has no answer in it: %d', async (status) => {
    const error = await setup(answer(status, '{}', { location: 'https://elsewhere.example' })).failure();
    expect(error).toBeInstanceOf(ResponseFormatError);
    expect(error).toMatchObject({
      failure: 'unexpected-status',
      status,
      phase: 'answered',
      billing: 'possible',
      retryable: false,
    });
    expect(error.message).toBe(`POST /chat/completions was answered with status ${status} and no answer in it.`);
  });
});
