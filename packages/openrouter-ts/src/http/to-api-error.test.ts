import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors/api-error.ts';
import {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InsufficientCreditsError,
  NotFoundError,
  PayloadTooLargeError,
  PermissionError,
  ProviderError,
  RateLimitError,
  RequestTimeoutError,
  ServerError,
} from '../errors/status-errors.ts';
import type { FailedAnswer } from './failed-answer.ts';
import { errorFields, toApiError } from './to-api-error.ts';

/** Tuesday, 7 October 2025, 13:56:19 GMT. */
const now = 1_759_845_379_000;

function answer(changes: Partial<FailedAnswer>): FailedAnswer {
  return {
    operation: 'POST /chat/completions',
    httpStatus: 500,
    headers: {},
    error: { message: 'It failed' },
    phase: 'answered',
    generationId: undefined,
    now,
    stream: false,
    ...changes,
  };
}

function rateLimitError(changes: Partial<FailedAnswer>): RateLimitError {
  const error = toApiError(answer({ httpStatus: 429, ...changes }));
  if (error instanceof RateLimitError) return error;
  throw new Error('It is another error.');
}

describe('an error answer becomes the error of its status', () => {
  it.each([
    [400, BadRequestError, 'bad-request', false, 'none'],
    [401, AuthenticationError, 'authentication', false, 'none'],
    [402, InsufficientCreditsError, 'insufficient-credits', false, 'none'],
    [403, PermissionError, 'permission', false, 'none'],
    [404, NotFoundError, 'not-found', false, 'none'],
    [408, RequestTimeoutError, 'request-timeout', true, 'possible'],
    [409, ConflictError, 'conflict', true, 'none'],
    [412, ApiError, 'api', false, 'none'],
    [413, PayloadTooLargeError, 'payload-too-large', false, 'none'],
    [418, ApiError, 'api', false, 'none'],
    [422, BadRequestError, 'bad-request', false, 'none'],
    [429, RateLimitError, 'rate-limit', true, 'none'],
    [499, ApiError, 'api', false, 'none'],
    [500, ServerError, 'server', true, 'insured'],
    [501, ServerError, 'server', false, 'insured'],
    [502, ProviderError, 'provider', true, 'insured'],
    [503, ProviderError, 'provider', true, 'none'],
    [504, ProviderError, 'provider', true, 'possible'],
    [505, ServerError, 'server', false, 'insured'],
    [519, ServerError, 'server', false, 'insured'],
    [520, ProviderError, 'provider', true, 'insured'],
    [523, ProviderError, 'provider', true, 'insured'],
    [524, ProviderError, 'provider', false, 'possible'],
    [526, ProviderError, 'provider', true, 'insured'],
    [529, ProviderError, 'provider', true, 'none'],
    [530, ServerError, 'server', false, 'insured'],
  ])('%d', (status, StatusError, kind, retryable, billing) => {
    const error = toApiError(answer({ httpStatus: status }));
    expect(error.constructor).toBe(StatusError);
    expect(error).toMatchObject({ name: StatusError.name, status, kind, retryable, billing, phase: 'answered' });
  });

  it('with a status that is not of HTTP, as the answer had it', () => {
    expect(toApiError(answer({ httpStatus: 999 }))).toMatchObject({ status: 999, retryable: false });
  });
});

describe('an error inside a success', () => {
  it.each([
    [{ code: 429, message: 'busy' }, RateLimitError, 429, true],
    [{ code: '402', message: 'broke' }, InsufficientCreditsError, 402, false],
    [{ code: 'server_error', message: 'broken' }, ServerError, 500, true],
    [{ metadata: { error_type: 'provider_overloaded' } }, ProviderError, 503, true],
    [{ type: 'invalid_request_error', message: 'no' }, BadRequestError, 400, false],
    [{ code: 200, message: 'odd' }, ProviderError, 502, true],
    [{ message: 'no code' }, ProviderError, 502, true],
    ['only a text', ProviderError, 502, true],
    [null, ProviderError, 502, true],
  ])('is that of its own code: %j', (error, StatusError, status, retryable) => {
    const found = toApiError(answer({ httpStatus: 200, error }));
    expect(found.constructor).toBe(StatusError);
    expect(found).toMatchObject({ status, retryable });
  });

  it('is insured whatever it is, since it came from OpenRouter itself', () => {
    for (const code of [400, 408, 429, 500, 503, 504, 524, 529]) {
      expect(toApiError(answer({ httpStatus: 200, error: { code } })).billing).toBe('insured');
    }
  });
});

describe('the message of an API error', () => {
  it('says what was tried, what happened and what to do', () => {
    const error = toApiError(answer({ httpStatus: 401, error: { message: 'No auth credentials found', code: 401 } }));
    expect(error.message).toBe(
      'OpenRouter answered POST /chat/completions with 401: No auth credentials found. Check apiKey, or set OPENROUTER_API_KEY; keys are made at https://openrouter.ai/keys.',
    );
  });

  it.each([
    ['No endpoints found for x.', 'No endpoints found for x. Check'],
    ['No endpoints found for x', 'No endpoints found for x. Check'],
    ['What? ', 'What?  Check'],
    ['No!', 'No! Check'],
    ['No. 1', 'No. 1. Check'],
  ])('ends what the server said as a sentence before it gives advice: %j', (message, expected) => {
    expect(toApiError(answer({ httpStatus: 404, error: { message } })).message).toContain(
      `with 404: ${expected} the model id`,
    );
  });

  it('leaves the server the last word where there is no advice', () => {
    const message = 'Rate limit exceeded: free-models-per-min. ';
    expect(toApiError(answer({ httpStatus: 429, error: { message } })).message).toBe(
      `OpenRouter answered POST /chat/completions with 429: ${message}`,
    );
  });

  it('goes by the stable word for the failure', () => {
    const error = toApiError(
      answer({ httpStatus: 400, error: { message: 'Too long', metadata: { error_type: 'context_length_exceeded' } } }),
    );
    expect(error.message).toContain('Too long. Shorten the messages, or choose a model with a larger context.');
  });

  it('names a page by its title', () => {
    const page = `<html><head><title>openrouter.ai | 502: Bad gateway</title></head>${'<p>x</p>'.repeat(40_000)}</html>`;
    const error = toApiError(
      answer({ httpStatus: 502, error: undefined, text: page, headers: { 'cf-ray': '98ade6292dc6fa1b-ORD' } }),
    );
    expect(error.message).toBe('OpenRouter answered POST /chat/completions with 502: openrouter.ai | 502: Bad gateway');
    expect(error.headers['cf-ray']).toBe('98ade6292dc6fa1b-ORD');
  });

  it('does not talk of models where none was asked for', () => {
    const error = toApiError(
      answer({ httpStatus: 404, operation: 'GET /generation', error: { message: 'Generation gen-1 not found' } }),
    );
    expect(error.message).toBe(
      'OpenRouter answered GET /generation with 404: Generation gen-1 not found. A record appears some seconds after its answer: waitMs waits for it.',
    );
  });
});

describe('what an API error carries', () => {
  it('is what the answer said of itself', () => {
    const body = {
      code: 'oops',
      message: 'Provider returned error',
      metadata: { error_type: 'provider_unavailable', provider_name: 'Google', raw: '{"error":{"message":"gone"}}' },
    };
    const headers = { 'x-generation-id': 'gen-1' };
    const error = toApiError(
      answer({ httpStatus: 502, error: body, headers, phase: 'streaming', generationId: 'gen-1' }),
    );
    expect(error).toMatchObject({
      code: 'oops',
      errorType: 'provider_unavailable',
      providerName: 'Google',
      providerReason: 'gone',
      phase: 'streaming',
    });
    expect(error.generationId).toBe('gen-1');
    expect(error.body).toBe(body);
    expect(error.headers).toBe(headers);
  });

  it('is no more than came', () => {
    const error = toApiError(answer({ httpStatus: 502, error: { code: null, metadata: { provider_name: null } } }));
    expect(error).toMatchObject({
      code: undefined,
      errorType: undefined,
      providerName: undefined,
      providerReason: undefined,
      retryAfterMs: undefined,
    });
    expect(errorFields('text')).toEqual({});
    expect(errorFields(undefined)).toEqual({});
    expect(errorFields({ code: { a: 1 }, metadata: 'x' })).toEqual({
      code: undefined,
      errorType: undefined,
      providerName: undefined,
      providerReason: undefined,
      body: { code: { a: 1 }, metadata: 'x' },
    });
    expect(errorFields({ code: 7 }).code).toBe(7);
  });

  it('is, with a limit, how long to wait and when it resets', () => {
    const metadata = { headers: { 'X-RateLimit-Reset': '1759845420000' } };
    const error = rateLimitError({ error: { code: 429, message: 'free-models-per-min', metadata } });
    expect(error).toMatchObject({
      scope: 'account-minute',
      retryAfterMs: 41_000,
      resetAt: 1_759_845_420_000,
      retryable: true,
    });
  });

  it('is the moment of the reset also where the server named only a time to wait', () => {
    expect(rateLimitError({ headers: { 'retry-after': '120' } })).toMatchObject({
      retryAfterMs: 120_000,
      resetAt: now + 120_000,
    });
    expect(rateLimitError({})).toMatchObject({ scope: 'unknown', retryAfterMs: undefined, resetAt: undefined });
  });

  it('is the verdict of a limit for the day, with its end', () => {
    const metadata = { limit_source: 'openrouter_free_tier_daily', headers: { 'X-RateLimit-Reset': '1759881600000' } };
    expect(rateLimitError({ error: { code: 429, message: 'no', metadata } })).toMatchObject({
      scope: 'account-day',
      retryable: false,
      resetAt: 1_759_881_600_000,
      retryAfterMs: 36_221_000,
    });
  });

  it('is that the network in front refused where no JSON came', () => {
    expect(rateLimitError({ error: undefined, text: 'error code: 1015' })).toMatchObject({
      scope: 'edge',
      retryable: true,
    });
  });

  it('is how long to wait for a server that will be back', () => {
    const error = toApiError(answer({ httpStatus: 503, error: { availability: { retryable: true, retry_after: 5 } } }));
    expect(error).toMatchObject({ retryAfterMs: 5000, retryable: true });
  });

  it('goes by the availability before the status', () => {
    const availability = { code: 'temporarily_unavailable', retryable: true };
    expect(
      toApiError(answer({ httpStatus: 404, error: { message: 'no', http_status: 404, availability } })).retryable,
    ).toBe(true);
  });

  it('asks for a stream where the edge lost patience with a whole answer', () => {
    expect(toApiError(answer({ httpStatus: 524, stream: true })).retryable).toBe(true);
    expect(toApiError(answer({ httpStatus: 524 })).message).toContain('It failed. Long answers should be streamed.');
  });
});

describe('whatever comes', () => {
  const headers = fc.dictionary(
    fc.constantFrom('retry-after', 'retry-after-ms', 'x-ratelimit-reset', 'date', 'x-should-retry'),
    fc.string(),
  );
  const errorish = fc.record(
    {
      code: fc.jsonValue(),
      message: fc.jsonValue(),
      http_status: fc.jsonValue(),
      metadata: fc.oneof(
        fc.jsonValue(),
        fc.record({
          raw: fc.jsonValue(),
          provider_name: fc.jsonValue(),
          headers: fc.jsonValue(),
          error_type: fc.jsonValue(),
        }),
      ),
      availability: fc.oneof(fc.jsonValue(), fc.record({ retry_after: fc.jsonValue(), retryable: fc.jsonValue() })),
    },
    { requiredKeys: [] },
  );

  it('becomes an API error that can be logged, and never another failure', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), errorish),
        fc.string({ unit: 'binary' }),
        headers,
        fc.integer({ min: 200, max: 999 }),
        (error, text, sent, httpStatus) => {
          const failure = toApiError(answer({ error, text, headers: sent, httpStatus }));
          expect(failure).toBeInstanceOf(ApiError);
          expect(failure.status).toBeGreaterThanOrEqual(400);
          expect(failure.retryAfterMs ?? 0).toBeGreaterThanOrEqual(0);
          expect(JSON.parse(JSON.stringify(failure))).toMatchObject({ status: failure.status });
          expect(inspect(failure)).toContain(`status: ${failure.status}`);
        },
      ),
    );
  });

  it('contains the message of the server as it came', () => {
    const messages = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 2000 })
      .filter(
        (text) =>
          /\S/.test(text) && !/sk-or-/i.test(text) && !/(?![\n\t])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(text),
      );
    fc.assert(
      fc.property(messages, fc.constantFrom(400, 404, 429, 500), (message, httpStatus) => {
        expect(toApiError(answer({ httpStatus, error: { message } })).message).toContain(message);
      }),
    );
  });

  it('shows no key that was in it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\da-f]{24}$/), fc.string(), fc.string(), (digits, before, after) => {
        const key = `sk-or-v1-${digits}`;
        const error = {
          code: key,
          message: before + key + after,
          metadata: { provider_name: key, raw: { error: { message: `${after} ${key}` } }, error_type: key },
          user_id: key,
        };
        const failure = toApiError(answer({ error, text: key, headers: { 'x-echo': key } }));
        for (const shown of [
          failure.message,
          inspect(failure, { depth: 9 }),
          JSON.stringify(failure),
          String(failure.stack),
        ])
          expect(shown).not.toContain(digits);
      }),
    );
  });

  it('is read although it is nested deeper than can be written again', () => {
    const depth = 200_000;
    const raw: unknown = JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    const failure = toApiError(answer({ httpStatus: 500, error: { message: 'deep', metadata: { raw } } }));
    expect(failure.message).toBe('OpenRouter answered POST /chat/completions with 500: deep');
    expect(JSON.parse(JSON.stringify(failure))).toMatchObject({ status: 500 });
  });
});
