import { describe, expect, it, vi } from 'vitest';
import { ConnectionError } from '../errors/connection-error.ts';
import { LoadError } from '../errors/load-error.ts';
import { RateLimitError } from '../errors/status-errors.ts';
import { AbortScope } from '../util/abort-scope.ts';
import { systemClock } from '../util/clock.ts';
import type { ApiRequest } from './api-request.ts';
import { exchange } from './exchange.ts';
import type { PlainLosses } from './loss-reader.ts';
import { plainLosses } from './plain-losses.ts';
import { readRecord } from './read-data.ts';
import { failuresPart } from './read-failure.ts';
import type { Transport } from './transport.ts';

interface Place {
  readonly scope?: AbortScope;
  /** What a browser has. */
  readonly plainLosses?: PlainLosses;
}

/** Makes one attempt, and gives what it fails with. */
function failureOf(transport: Transport, { scope = new AbortScope(), plainLosses }: Place = {}): Promise<unknown> {
  const request: ApiRequest = {
    method: 'POST',
    path: '/chat/completions',
    stream: false,
    scope,
    attempts: [],
    settings: {},
    reached: { phase: 'unsent', generationId: undefined },
  };
  const attempt = exchange(request, readRecord, {
    transport,
    baseUrl: 'https://openrouter.ai/api/v1',
    headersFor: () => ({}),
    clock: systemClock,
    limits: { eventBytes: 1000, answerBytes: 1000, errorBytes: 1000 },
    plainLosses,
  });
  return attempt.then(
    () => 'It did not fail.',
    (error: unknown) => error,
  );
}

function answering(status: number, text: string, broken?: Error): Transport {
  return async () => ({
    status,
    headers: { 'x-generation-id': 'gen-1' },
    body: (async function* () {
      yield new TextEncoder().encode(text);
      if (broken !== undefined) throw broken;
    })(),
  });
}

function failing(error: Error): Transport {
  return async () => {
    throw error;
  };
}

const refused = Object.assign(new Error('connect failed'), { code: 'ECONNREFUSED' });
const tooMany = '{"error":{"message":"Slow down","code":429}}';

/** Lets the part be missing for good. */
function nothingCanBeLoaded(): void {
  const error = new LoadError('no network', { part: 'failures' });
  vi.spyOn(failuresPart, 'load').mockRejectedValue(error);
}

// None of these loads anything: the last ones do.
describe('a failure that nothing can be loaded for', () => {
  it.each([
    [503, '{"error":{"message":"No instances available","code":503}}'],
    [429, tooMany],
    [200, '<html>'],
    [200, tooMany],
    [200, ''],
  ])('with status %i is told as far as it is known, and not tried again: %j', async (status, text) => {
    nothingCanBeLoaded();
    const error = await failureOf(answering(status, text));
    expect(error).toBeInstanceOf(LoadError);
    expect(error).toMatchObject({
      message: `POST /chat/completions was answered with status ${status}. The part of the client for failures could not be loaded. See the cause.`,
      kind: 'load',
      part: 'failures',
      status,
      phase: 'answered',
      billing: 'possible',
      retryable: false,
      generationId: 'gen-1',
      cause: expect.objectContaining({ message: 'no network' }),
    });
  });

  it.each([
    [failing(refused), 'sent', undefined, 'possible', undefined],
    [answering(200, '{', refused), 'answered', 'gen-1', 'possible', 200],
    [Object.assign(failing(refused), { reportsConnection: true }), 'unsent', undefined, 'none', undefined],
  ])(
    'of the connection is told without its reason where a disk has the part',
    async (transport, phase, generationId, billing, status) => {
      nothingCanBeLoaded();
      const error = await failureOf(transport);
      expect(error).toBeInstanceOf(LoadError);
      expect(error).toMatchObject({
        message:
          'POST /chat/completions was lost on its connection. The part of the client for failures could not be loaded. See the cause.',
        part: 'failures',
        status,
        phase,
        billing,
        generationId,
        retryable: false,
        cause: { errors: [refused, expect.objectContaining({ message: 'no network' })] },
      });
    },
  );

  it('is that of the connection in a browser, with its code and without advice', async () => {
    nothingCanBeLoaded();
    const error = await failureOf(failing(refused), { plainLosses });
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({
      message: expect.stringContaining('lost its connection to openrouter.ai (connect failed)'),
      failure: 'network',
      retryable: true,
      phase: 'sent',
      billing: 'possible',
      cause: refused,
    });
  });

  it('is that of a body that broke off in a browser', async () => {
    nothingCanBeLoaded();
    expect(await failureOf(answering(200, '{', refused), { plainLosses })).toMatchObject({
      kind: 'stream-interrupted',
      cause: refused,
      billing: 'certain',
    });
  });
});

describe('a failure while the part that reads it is loaded', () => {
  it.each([answering(429, tooMany), answering(200, ''), answering(200, '{', refused), failing(refused)])(
    'is over when the call is, for the reason of the call',
    async (transport) => {
      const scope = new AbortScope();
      vi.spyOn(failuresPart, 'load').mockImplementation((ending) => {
        queueMicrotask(() => {
          scope.abort('enough');
        });
        return new Promise((_resolve, reject) => {
          if (ending instanceof AbortScope) ending.onAbort(reject);
        });
      });
      expect(await failureOf(transport, { scope })).toBe('enough');
    },
  );
});

describe('a failure of a network that is gone, as browsers tell it', () => {
  it('loads nothing', async () => {
    const load = vi.spyOn(failuresPart, 'load');
    expect(await failureOf(failing(new TypeError('Failed to fetch')), { plainLosses })).toMatchObject({
      message:
        'POST /chat/completions lost its connection to openrouter.ai (Failed to fetch). Check the connection, baseURL, and HTTPS_PROXY if you use a proxy.',
      kind: 'connection',
      failure: 'network',
      code: undefined,
      retryable: true,
    });
    expect(await failureOf(answering(200, '{', new TypeError('network error')), { plainLosses })).toMatchObject({
      kind: 'stream-interrupted',
    });
    expect(load).not.toHaveBeenCalled();
    expect(failuresPart.loaded).toBeUndefined();
  });
});

describe('the first failure', () => {
  it('loads what reads it, and the next ones find it there', async () => {
    expect(failuresPart.loaded).toBeUndefined();
    const first = await failureOf(answering(429, tooMany));
    const part = failuresPart.loaded;
    expect(part).toBeDefined();
    expect(first).toBeInstanceOf(RateLimitError);
    expect(first).toMatchObject({ status: 429, message: expect.stringContaining('Slow down') });
    expect(await failureOf(answering(429, tooMany))).toBeInstanceOf(RateLimitError);
    expect(failuresPart.loaded).toBe(part);
    expect(await failureOf(failing(refused))).toMatchObject({ code: 'ECONNREFUSED', phase: 'unsent', billing: 'none' });
  });
});
