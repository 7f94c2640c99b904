import { describe, expect, it } from 'vitest';
import { lost, refused, throttled, timedOut, unreadable } from '../../tests/support/failures.ts';
import { LimitExceededError } from '../errors/limit-exceeded-error.ts';
import type { OpenRouterError } from '../errors/open-router-error.ts';
import { StreamProviderError, StreamTruncatedError } from '../errors/stream-error.ts';
import { StreamInterruptedError } from '../errors/stream-interrupted-error.ts';
import { retriesAllowed, type RetryAmbiguous } from './retries-allowed.ts';

const post = { method: 'POST' } as const;
const get = { method: 'GET' } as const;
const often = Infinity;

const before = { phase: 'answered', retryable: true } as const;
const after = { phase: 'streaming', retryable: false } as const;

describe('how often a failure may be followed by another try', () => {
  it.each<readonly [what: string, error: OpenRouterError, allowed: number]>([
    ['a refused connection', lost('unsent', { code: 'ECONNREFUSED' }), often],
    ['a name that does not exist', lost('unsent', { code: 'ENOTFOUND' }), 1],
    ['a name server that is busy', lost('unsent', { code: 'EAI_AGAIN' }), often],
    ['a connection that took too long', timedOut('connect', 'unsent', true), often],
    ['a certificate that is not trusted', lost('unsent', { code: 'CERT_HAS_EXPIRED', retryable: false }), 0],
    ['bytes that are not HTTP', lost('sent', { code: 'HPE_INVALID', retryable: false }), 0],
    ...[400, 401, 402, 403, 404, 413, 422].map((status) => [`${status}`, refused(status), 0] as const),
    ...[408, 500, 502, 503, 520, 521, 522, 523, 529].map((status) => [`${status}`, refused(status), often] as const),
    ...[409, 504].map((status) => [`${status}`, refused(status), 1] as const),
    ['524 of a whole answer', refused(524), 0],
    ['524 of a stream', refused(524, {}, {}, true), often],
    ['400 for a model that exists', refused(400, { message: 'No models provided' }), 1],
    ['404 that the server calls passing', refused(404, { availability: { retryable: true } }), often],
    ['503 that the server calls lasting', refused(503, { availability: { retryable: false } }), 0],
    ['500 that is not to be tried again', refused(500, {}, { 'x-should-retry': 'false' }), 0],
    ['the day of an account', throttled('account-day'), 0],
    ['the day of a model', throttled('model-day'), 0],
    ['the minute of an account', throttled('account-minute'), often],
    ['the minute of a model', throttled('model-minute'), often],
    ['a provider that is busy', throttled('provider'), 1],
    ['the edge', throttled('edge'), often],
    ['a limit that is not named', throttled('unknown'), often],
    ['an empty body', unreadable('empty'), 1],
    ['a web page', unreadable('html'), 0],
    ['a stream that broke before its first output', new StreamInterruptedError('', before), often],
    ['a stream that ended before its first output', new StreamTruncatedError('', before), often],
    ['a stream that broke after it', new StreamInterruptedError('', after), 0],
    ['a stream that ended after it', new StreamTruncatedError('', after), 0],
    ['a choice that failed', new StreamProviderError('', { phase: 'streaming', retryable: true }), 1],
    ['too much', new LimitExceededError('', { limit: 1 }), 0],
    ['the end of the whole call', timedOut('total', 'answered', false), 0],
    ['a first output that did not come', timedOut('first-content', 'answered', false), 0],
  ])('%s', (_what, error, allowed) => {
    for (const ambiguous of ['never', 'once', 'always'] as const)
      expect(retriesAllowed(error, post, ambiguous)).toBe(allowed);
  });

  it.each<readonly [what: string, error: OpenRouterError, allowed: Readonly<Record<RetryAmbiguous, number>>]>([
    ['a connection lost after the request', lost('sent'), { never: 0, once: 1, always: often }],
    ['a stream that did not begin in time', timedOut('headers', 'sent', true), { never: 0, once: 1, always: often }],
    [
      'a whole answer that did not come in time',
      timedOut('headers', 'sent', false),
      { never: 0, once: 0, always: often },
    ],
  ])('%s, where the model may have run', (_what, error, allowed) => {
    for (const ambiguous of ['never', 'once', 'always'] as const)
      expect(retriesAllowed(error, post, ambiguous)).toBe(allowed[ambiguous]);
  });

  it.each(['never', 'once', 'always'] as const)(
    'is not a question of money for what is only read (%s)',
    (ambiguous) => {
      expect(retriesAllowed(lost('sent'), get, ambiguous)).toBe(often);
      expect(retriesAllowed(timedOut('headers', 'sent', true), get, ambiguous)).toBe(often);
    },
  );
});
