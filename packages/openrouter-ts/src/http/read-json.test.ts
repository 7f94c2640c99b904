import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OpenRouterError } from '../errors/open-router-error.ts';
import { ResponseFormatError } from '../errors/response-format-error.ts';
import { InsufficientCreditsError, ProviderError, RateLimitError } from '../errors/status-errors.ts';
import { StreamInterruptedError } from '../errors/stream-interrupted-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { AbortScope } from '../util/abort-scope.ts';
import type { ReadContext } from './read-context.ts';
import { unreadable } from './broken-answer.ts';
import { readJson } from './read-json.ts';
import type { TransportResponse } from './transport.ts';

function context(changes: Partial<ReadContext> = {}): ReadContext {
  const scope = new AbortScope();
  return {
    request: {
      method: 'POST',
      path: '/chat/completions',
      stream: false,
      scope,
      attempts: [],
      settings: {},
      reached: { phase: 'unsent', generationId: undefined },
    },
    clock: new FakeClock(),
    limits: { eventBytes: 1_000_000, answerBytes: 1_000_000, errorBytes: 1000 },
    scope,
    generationId: 'gen-header',
    ...changes,
  };
}

function response(
  text: string,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
): TransportResponse {
  return { status: 200, headers, body: pieces(text) };
}

async function* pieces(text: string, failure?: Error): AsyncGenerator<Uint8Array, void> {
  yield Buffer.from(text);
  if (failure !== undefined) throw failure;
}

function broken(text: string, failure: Error): TransportResponse {
  return { ...response(''), body: pieces(text, failure) };
}

async function failureOf(answer: TransportResponse, attempt: ReadContext = context()): Promise<OpenRouterError> {
  const failure: unknown = await readJson(answer, attempt).catch((error: unknown) => error);
  if (failure instanceof OpenRouterError) return failure;
  throw new Error('It did not fail.', { cause: failure });
}

describe('a JSON answer', () => {
  it.each(['{"id":"gen-1","new_field":[1]}', ' \n     \n {"id":"gen-1"}\n', '\ufeff{}', '{"error":null,"choices":[]}'])(
    'is given as it came: %j',
    async (text) => {
      await expect(readJson(response(text), context())).resolves.toEqual(JSON.parse(text.replace('\ufeff', '')));
    },
  );

  it('is read whatever its type is called', async () => {
    await expect(readJson(response('{"a":1}', { 'content-type': 'text/html' }), context())).resolves.toEqual({ a: 1 });
    await expect(readJson(response('{"a":1}', {}), context())).resolves.toEqual({ a: 1 });
  });

  it('is any object', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.string().filter((name) => name !== 'error'),
          fc.jsonValue(),
        ),
        async (answer) => {
          const text = JSON.stringify(answer);
          await expect(readJson(response(text), context())).resolves.toEqual(JSON.parse(text));
        },
      ),
    );
  });

  it('keeps a member that is called __proto__ to itself', async () => {
    const answer = await readJson(response('{"__proto__":{"polluted":true}}'), context());
    expect(Object.keys(answer)).toEqual(['__proto__']);
    expect(answer['polluted']).toBeUndefined();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('an answer that is none', () => {
  it.each(['', ' \n   \n'])('is empty: %j', async (text) => {
    const error = await failureOf(response(text));
    expect(error).toBeInstanceOf(ResponseFormatError);
    expect(error).toMatchObject({
      failure: 'empty',
      status: 200,
      phase: 'answered',
      retryable: true,
      billing: 'possible',
      generationId: 'gen-header',
    });
    expect(error.message).toBe('POST /chat/completions was answered with status 200 and an empty body.');
  });

  it.each([
    ['<!DOCTYPE html><html><head><title>OpenRouter</title></head></html>', 'text/html; charset=utf-8', 'OpenRouter'],
    ['\n<html><body>Log in to <b>WiFi</b></body></html>', 'text/plain', 'Log in to WiFi'],
    ['<!doctype html><title>sk-or-v1-0123456789abcdef</title>', 'application/json', 'sk-or-…'],
    ['Just a moment', 'text/html', 'Just a moment'],
  ])('is a web page: %j', async (text, type, words) => {
    const error = await failureOf(response(text, { 'content-type': type }));
    expect(error).toMatchObject({
      failure: 'html',
      status: 200,
      phase: 'answered',
      retryable: false,
      billing: 'none',
      generationId: 'gen-header',
    });
    expect(error.message).toBe(
      `POST /chat/completions was answered with status 200 and a web page (${words}). Check that baseURL ends in /api/v1, and that no captive portal answers.`,
    );
    expect(error.cause).toBeInstanceOf(SyntaxError);
  });

  it.each(['not JSON', 'x<html>', '}', '{"a":1}}', '{"secret":undefined}', `${' '.repeat(500)}<html>`])(
    'is not JSON, and is not repeated: %j',
    async (text) => {
      const error = await failureOf(response(text));
      expect(error).toBeInstanceOf(ResponseFormatError);
      expect(error).toMatchObject({
        failure: 'invalid-json',
        status: 200,
        phase: 'answered',
        retryable: false,
        billing: 'possible',
      });
      expect(error.message).toBe(
        'POST /chat/completions was answered with status 200 and a body that is not valid JSON.',
      );
      expect(error.cause).toBeUndefined();
    },
  );

  it.each(['[]', '[{"a":1}]', '"text"', '7', 'null', 'true', '['.repeat(100_000) + ']'.repeat(100_000)])(
    'is JSON, but no object: %.20s',
    async (text) => {
      const error = await failureOf(response(text));
      expect(error).toMatchObject({ failure: 'invalid-json', status: 200, billing: 'possible', retryable: false });
      expect(error.message).toBe('POST /chat/completions was answered with status 200 and JSON that is not an object.');
    },
  );
});

describe('an answer that breaks off', () => {
  const message =
    'The connection broke in the middle of the answer to POST /chat/completions. It had been generated; its cost can be asked for with the generation id.';

  it('has been generated and is billed', async () => {
    const cause = Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    const error = await failureOf(broken('{"id":"gen-1","choi', cause));
    expect(error).toBeInstanceOf(StreamInterruptedError);
    expect(error).toMatchObject({
      phase: 'streaming',
      billing: 'certain',
      retryable: false,
      generationId: 'gen-header',
    });
    expect(error.message).toBe(message);
    expect(error.cause).toBe(cause);
  });

  it.each(['{', ' \n{"id":"gen-1","choices":[{"message":{"content":"Hel\n', '{"a":[1,2]'])(
    'is known also from JSON without its end: %j',
    async (text) => {
      const error = await failureOf(response(text));
      expect(error).toBeInstanceOf(StreamInterruptedError);
      expect(error).toMatchObject({
        phase: 'streaming',
        billing: 'certain',
        retryable: false,
        generationId: 'gen-header',
      });
      expect(error.message).toBe(message);
      expect(error.cause).toBeUndefined();
    },
  );

  it.each(['Z_DATA_ERROR', 'Z_BUF_ERROR', 'ERR__ERROR_FORMAT_CL_SPACE'])(
    'was not packed as it says: %s',
    async (code) => {
      const cause = new TypeError('terminated', {
        cause: Object.assign(new Error('incorrect header check'), { code }),
      });
      const error = await failureOf(broken('', cause));
      expect(error).toMatchObject({
        failure: 'encoding',
        status: 200,
        phase: 'answered',
        billing: 'possible',
        retryable: false,
      });
      expect(error.message).toBe(
        'POST /chat/completions was answered with status 200 and a body whose content-encoding is broken.',
      );
      expect(error.cause).toBe(cause);
    },
  );

  it('is not taken for one that was packed badly', async () => {
    const circular = Object.assign(new Error('round'), { code: 26 });
    circular.cause = circular;
    for (const cause of [circular, Object.assign(new Error('x'), { code: 'XZ_DATA' })]) {
      expect(await failureOf(broken('', cause))).toBeInstanceOf(StreamInterruptedError);
    }
  });

  it('ends for the reason that the attempt was ended for', async () => {
    const attempt = context();
    const reason = new TimeoutError('too slow', { timer: 'idle-bytes', timeoutMs: 1 });
    attempt.scope.abort(reason);
    expect(await failureOf(broken('{', new Error('aborted')), attempt)).toBe(reason);
  });

  it('is closed where it is larger than allowed', async () => {
    const attempt = context({ limits: { eventBytes: 5, answerBytes: 4, errorBytes: 1 } });
    const error = await failureOf(response('{"a":1}'), attempt);
    expect(error).toMatchObject({ name: 'LimitExceededError', limit: 4 });
    expect(attempt.scope.aborted).toBe(true);
  });
});

describe('an error inside a success', () => {
  it('is raised as the error of its own status', async () => {
    const headers = { 'content-type': 'application/json', 'retry-after': '3' };
    const error = await failureOf(
      response(
        '\n {"error":{"code":429,"message":"Too many","metadata":{"provider_name":"X"}},"user_id":"u"}',
        headers,
      ),
    );
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({
      status: 429,
      scope: 'provider',
      retryable: true,
      retryAfterMs: 3000,
      phase: 'answered',
      billing: 'insured',
      headers,
    });
    expect(error.message).toBe('OpenRouter answered POST /chat/completions with 429: Too many (X)');
    expect(error.generationId).toBe('gen-header');
  });

  it('counts its reset from the clock of the client where the server has none', async () => {
    const clock = new FakeClock({ epochMs: 1_759_845_379_000 });
    const error = await failureOf(
      response('{"error":{"code":429,"metadata":{"headers":{"X-RateLimit-Reset":"1759845420000"}}}}', {}),
      context({ clock }),
    );
    expect(error).toMatchObject({ retryAfterMs: 41_000, resetAt: 1_759_845_420_000 });
  });

  it('has the id of the answer where no header tells it', async () => {
    const attempt = { generationId: undefined };
    expect(await failureOf(response('{"id":"gen-body","error":{"code":502}}'), context(attempt))).toMatchObject({
      generationId: 'gen-body',
    });
    expect(await failureOf(response('{"id":7,"error":{"code":502}}'), context(attempt))).toMatchObject({
      generationId: undefined,
    });
    expect(await failureOf(response('{"id":"gen-body","error":{"code":502}}'))).toMatchObject({
      generationId: 'gen-header',
    });
  });

  it('is raised beside choices that are none', async () => {
    expect(await failureOf(response('{"error":{"code":402,"message":"no"},"choices":[]}'))).toBeInstanceOf(
      InsufficientCreditsError,
    );
    expect(await failureOf(response('{"error":"broken","choices":null}'))).toBeInstanceOf(ProviderError);
    expect(await failureOf(response('{"error":"broken","choices":{"0":1,"length":1}}'))).toBeInstanceOf(ProviderError);
  });

  it('is an old habit of some providers beside choices that are there', async () => {
    const text = '{"error":{"code":502},"choices":[{"message":{"content":"Hi"}}]}';
    await expect(readJson(response(text), context())).resolves.toEqual(JSON.parse(text));
  });

  it.each(['{"error":null}', '{"error":false}', '{"error":""}'])(
    'is not one that says that there is none: %s',
    async (text) => {
      await expect(readJson(response(text), context())).resolves.toEqual(JSON.parse(text));
    },
  );

  it('asks for a stream only where none was asked for', async () => {
    const text = '{"error":{"code":524,"message":"slow"}}';
    const request = { ...context().request, stream: true };
    expect(await failureOf(response(text), context({ request }))).toMatchObject({ status: 524, retryable: true });
    expect(await failureOf(response(text))).toMatchObject({ status: 524, retryable: false });
  });
});

describe('unreadable', () => {
  it('describes what came', () => {
    const error = unreadable(
      'unexpected-content-type',
      'image/png in the place of a stream',
      { ...response(''), status: 202 },
      context(),
    );
    expect(error).toMatchObject({
      failure: 'unexpected-content-type',
      status: 202,
      retryable: false,
      billing: 'possible',
      phase: 'answered',
    });
    expect(error.message).toBe(
      'POST /chat/completions was answered with status 202 and image/png in the place of a stream.',
    );
  });
});

describe('whatever comes in the place of JSON', () => {
  it('is an answer or a typed error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          fc.json().map((text) => text.slice(0, -1)),
        ),
        async (text) => {
          const outcome: unknown = await readJson(response(text), context()).catch((error: unknown) => error);
          expect(outcome instanceof OpenRouterError || (typeof outcome === 'object' && outcome !== null)).toBe(true);
          expect(outcome).not.toBeInstanceOf(TypeError);
        },
      ),
    );
  });
});
