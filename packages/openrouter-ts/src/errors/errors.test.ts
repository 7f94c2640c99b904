import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from './api-error.ts';
import { ConfigError } from './config-error.ts';
import { ConnectionError } from './connection-error.ts';
import { LimitExceededError } from './limit-exceeded-error.ts';
import { OpenRouterError } from './open-router-error.ts';
import { ResponseFormatError } from './response-format-error.ts';
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
} from './status-errors.ts';
import { StreamProtocolError, StreamProviderError, StreamTruncatedError } from './stream-error.ts';
import { StreamError, StreamInterruptedError } from './stream-interrupted-error.ts';
import { TimeoutError } from './timeout-error.ts';

const details = { retryable: true, phase: 'sent', billing: 'possible' } as const;

describe('the kind of an error', () => {
  it.each([
    ['config', () => new ConfigError('x')],
    ['connection', () => new ConnectionError('x', { failure: 'dns' })],
    ['timeout', () => new TimeoutError('x', { timer: 'total', timeoutMs: 1 })],
    ['response-format', () => new ResponseFormatError('x', { failure: 'html', status: 200 })],
    ['limit-exceeded', () => new LimitExceededError('x', { limit: 1 })],
    ['stream-truncated', () => new StreamTruncatedError('x', {})],
    ['stream-interrupted', () => new StreamInterruptedError('x', {})],
    ['stream-protocol', () => new StreamProtocolError('x', {})],
    ['stream-provider', () => new StreamProviderError('x', {})],
    ['api', () => new ApiError('x', { status: 418 })],
    ['rate-limit', () => new RateLimitError('x', { status: 429, scope: 'edge' })],
  ])('is %s', (kind, make) => {
    const error = make();
    expect(error.kind).toBe(kind);
    expect(error).toBeInstanceOf(OpenRouterError);
    expect(error.message).toBe('x');
  });
});

describe('what an error knows beside the details of all', () => {
  it('is, of a lack of credits, how long an answer they would still pay for', () => {
    const details = { status: 402 };
    const words = 'You requested up to 64000 tokens, but can only afford 1200.';
    expect(new InsufficientCreditsError(words, details)).toMatchObject({
      affordableTokens: 1200,
      kind: 'insufficient-credits',
    });
    expect(new InsufficientCreditsError('Insufficient credits', details).affordableTokens).toBeUndefined();
  });

  it('is, of wrong configuration, the cause alone', () => {
    const cause = new Error('beneath');
    expect(new ConfigError('x', { cause }).cause).toBe(cause);
    expect(new ConfigError('x')).toMatchObject({ retryable: false, phase: 'unsent', billing: 'none' });
  });

  it('is, of a connection, which part of the way failed', () => {
    const error = new ConnectionError('x', {
      ...details,
      failure: 'network',
      code: 'ECONNRESET',
      staleConnection: true,
    });
    expect(error).toMatchObject({ ...details, failure: 'network', code: 'ECONNRESET', staleConnection: true });
    expect(new ConnectionError('x', { failure: 'tls' })).toMatchObject({
      failure: 'tls',
      code: undefined,
      staleConnection: false,
    });
  });

  it('is, of a wait, which one it was and how long it might have been', () => {
    expect(new TimeoutError('x', { ...details, timer: 'connect', timeoutMs: 10_000 })).toMatchObject({
      ...details,
      timer: 'connect',
      timeoutMs: 10_000,
    });
  });

  it('is, of an unreadable answer, what is wrong with it', () => {
    expect(new ResponseFormatError('x', { ...details, failure: 'redirect', status: 307 })).toMatchObject({
      ...details,
      failure: 'redirect',
      status: 307,
    });
  });

  it('is, of an answer that is too large, the limit', () => {
    expect(new LimitExceededError('x', { ...details, limit: 4096 })).toMatchObject({ ...details, limit: 4096 });
  });

  it('is, of a broken stream, what is known of every failure', () => {
    for (const error of [
      new StreamTruncatedError('x', details),
      new StreamInterruptedError('x', details),
      new StreamProtocolError('x', details),
    ]) {
      expect(error).toBeInstanceOf(StreamError);
      expect(error).toMatchObject(details);
    }
  });

  it('is, of a provider that failed in the middle, what the provider said', () => {
    const failure = {
      status: 502,
      code: 'server_error',
      errorType: 'provider_unavailable',
      providerName: 'Google',
    } as const;
    const body = { code: 502, message: 'gone' };
    const error = new StreamProviderError('x', { ...details, ...failure, body });
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ ...details, ...failure });
    expect(error.body).toBe(body);
    expect(new StreamProviderError('x', {}).body).toBeUndefined();
  });

  it('is, of an error answer, what the answer said', () => {
    const said = {
      status: 502,
      code: 502,
      errorType: 'provider_unavailable',
      providerName: 'Google',
      providerReason: 'busy',
    } as const;
    const body = { code: 502, message: 'gone' };
    const headers = { 'cf-ray': '1' };
    const error = new ApiError('x', { ...details, ...said, body, headers });
    expect(error).toMatchObject({ ...details, ...said });
    expect(error.body).toBe(body);
    expect(error.headers).toBe(headers);
    const bare = new ApiError('x', { status: 502 });
    expect(bare).toMatchObject({
      status: 502,
      code: undefined,
      errorType: undefined,
      providerName: undefined,
      providerReason: undefined,
    });
    expect(bare.body).toBeUndefined();
    expect(bare.headers).toEqual({});
  });

  it('is, of a rate limit, whose it is and when it resets', () => {
    const error = new RateLimitError('x', { ...details, status: 429, scope: 'model-day', resetAt: 1_759_845_420_000 });
    expect(error).toMatchObject({ ...details, status: 429, scope: 'model-day', resetAt: 1_759_845_420_000 });
    expect(new RateLimitError('x', { status: 429, scope: 'unknown' }).resetAt).toBeUndefined();
  });
});

const statusErrors = [
  BadRequestError,
  AuthenticationError,
  InsufficientCreditsError,
  PermissionError,
  NotFoundError,
  RequestTimeoutError,
  ConflictError,
  PayloadTooLargeError,
  ServerError,
  ProviderError,
];

describe('the errors for statuses', () => {
  it.each(statusErrors)('are API errors: $name', (StatusError) => {
    const error = new StatusError('x', { ...details, status: 400 }, 'its-kind');
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ ...details, name: StatusError.name, status: 400, kind: 'its-kind' });
  });

  it('count a failing provider among failing servers', () => {
    expect(new ProviderError('x', { status: 502 })).toBeInstanceOf(ServerError);
  });
});

/** One error of every class, carrying the same in every place that can hold what a server or a user wrote. */
function everyError(secret: string): readonly OpenRouterError[] {
  const partial = { id: secret, object: 'chat.completion', created: 0, model: secret, choices: [] } as const;
  const body = { message: secret, user_id: secret, metadata: { raw: secret, flagged_input: secret } };
  const common = { ...details, partial };
  const answered = { ...common, status: 403, body, headers: { 'set-cookie': secret } };
  return [
    new OpenRouterError('x', 'some-kind', common),
    new ConfigError('x'),
    new ConnectionError('x', { ...common, failure: 'network' }),
    new TimeoutError('x', { ...common, timer: 'total', timeoutMs: 1 }),
    new ResponseFormatError('x', { ...common, failure: 'html', status: 200 }),
    new LimitExceededError('x', { ...common, limit: 1 }),
    new StreamTruncatedError('x', common),
    new StreamInterruptedError('x', common),
    new StreamProtocolError('x', common),
    new StreamProviderError('x', { ...common, body }),
    new RateLimitError('x', { ...answered, scope: 'edge' }),
    ...[ApiError, ...statusErrors].map((StatusError) => new StatusError('x', answered)),
  ];
}

describe('an error that is logged', () => {
  it('keeps the body, the headers and the answer so far to itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^sk-or-v1-[\da-f]{24}$/), (secret) => {
        for (const error of everyError(secret)) {
          for (const text of [
            JSON.stringify(error),
            inspect(error, { depth: 9 }),
            String(error),
            String(error.stack),
          ]) {
            expect(text).not.toContain(secret);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('can be written as JSON, with its name, its kind and its verdict', () => {
    for (const error of everyError('x')) {
      const { name, kind, retryable, billing } = error;
      expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name, kind, retryable, billing });
    }
  });

  it('can be written as JSON and inspected, whatever it carries', () => {
    const cyclic: { self?: unknown } = {};
    cyclic.self = cyclic;
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, text) => {
        const error = new ApiError(text, {
          status: 500,
          code: text,
          body: { metadata: { raw: value } },
          cause: cyclic,
        });
        expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name: 'ApiError', status: 500, code: text });
        expect(inspect(error)).toContain('status: 500');
      }),
    );
  });
});
