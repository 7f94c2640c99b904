import { describe, expect } from 'vitest';
import { RateLimitError } from '../../src/index.ts';
import { everyWay, failureOf, fault, type Answer } from '../support/fault.ts';
import { failure, html, sized } from '../support/scripted-answers.ts';

/** By the clock of the tests. */
const now = Date.UTC(2026, 0, 1);
const message = 'Rate limit exceeded';

function refusal(
  headers: Readonly<Record<string, string>> = {},
  more: Readonly<Record<string, unknown>> = {},
): ReturnType<typeof failure> {
  return failure(429, { code: 429, message, ...more }, headers);
}

/** The wait after the first attempt is what the server asked for: never less, and hardly more. */
function expectWait({ response }: Answer, askedMs: number): void {
  const waitMs = response.attempts[0]?.waitMs;
  expect(waitMs).toBeGreaterThanOrEqual(askedMs);
  expect(waitMs).toBeLessThanOrEqual(askedMs * 1.1 + 250);
}

describe('Rate limits', () => {
  fault(
    'F40',
    {
      title: '429 with `Retry-After: 2`',
      phase: 'answered',
      retry: 'yes',
      result: 'is tried again after two seconds, never earlier and at most a tenth later; then RateLimitError',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails, recovers, hello }) => {
      const refused = refusal({ 'retry-after': '2' });
      expectWait(await recovers(await serve((_, number) => (number === 1 ? [refused] : hello))), 2_000);
      await fails(await serve([refused]), RateLimitError, { retryAfterMs: 2_000, retryable: true });
    },
  );

  fault(
    'F41',
    {
      title: '429 with a longer `Retry-After` than the call may wait',
      phase: 'answered',
      retry: 'no',
      result: 'RateLimitError at once, which says when to come back',
      bill: 'none',
    },
    everyWay,
    async ({ clock, serve, fails }) => {
      const stopped = { retryable: true, retryStopped: 'wait' };
      const long = await serve([refusal({ 'retry-after': '120' })]);
      await fails(long, RateLimitError, { retryAfterMs: 120_000, resetAt: now + 120_000, ...stopped });
      const late = await serve([refusal({ 'retry-after': '20' })]);
      await fails(late, RateLimitError, { retryAfterMs: 20_000, ...stopped }, { timeoutMs: 20_000 });
      expect(clock.waits).toEqual([]);
    },
  );

  for (const [which, skewMs] of [
    ['an hour fast', -3_600_000],
    ['an hour slow', 3_600_000],
  ] as const) {
    fault(
      'F42',
      {
        title: '429 with a date, and a local clock that is wrong',
        variant: which,
        phase: 'answered',
        retry: 'yes',
        result: "the wait is computed from the answer's own `Date`",
        bill: 'none',
      },
      everyWay,
      async ({ serve, recovers, hello }) => {
        const date = new Date(now + skewMs).toUTCString();
        const refused = refusal({ date, 'retry-after': new Date(now + skewMs + 5_000).toUTCString() });
        expectWait(await recovers(await serve((_, number) => (number === 1 ? [refused] : hello))), 5_000);
      },
    );
  }

  const hints: readonly (readonly [id: string, what: string, refused: ReturnType<typeof failure>, waitMs: number])[] = [
    ['F43', '`retry-after-ms`, which is more exact', refusal({ 'retry-after-ms': '1500', 'retry-after': '30' }), 1_500],
    ['F44', '`X-RateLimit-Reset` in milliseconds', refusal({ 'x-ratelimit-reset': String(now + 3_000) }), 3_000],
    [
      'F45',
      'a reset in `error.metadata.headers` only',
      refusal({}, { metadata: { headers: { 'X-RateLimit-Reset': String(now + 4_000) } } }),
      4_000,
    ],
    ['F46', 'a reset in seconds since 1970', refusal({ 'x-ratelimit-reset': String(now / 1_000 + 5) }), 5_000],
    ['F46', 'a reset in seconds from now', refusal({ 'x-ratelimit-reset': '6' }), 6_000],
  ];
  for (const [id, what, refused, waitMs] of hints) {
    fault(
      id,
      {
        title: `429 with ${what}`,
        phase: 'answered',
        retry: 'yes',
        result: 'is tried again when the server says; then RateLimitError with `resetAt`',
        bill: 'none',
      },
      everyWay,
      async ({ serve, recovers, ask, hello }) => {
        expectWait(await recovers(await serve((_, number) => (number === 1 ? [refused] : hello))), waitMs);
        const server = await serve([refused]);
        expect(await failureOf(ask(server, { maxRetries: 0 }))).toMatchObject({ resetAt: expect.any(Number) });
      },
    );
  }

  fault(
    'F47',
    {
      title: "429: the day's free requests are used up",
      phase: 'answered',
      retry: 'no',
      result: 'RateLimitError (account-day) with the time of the reset',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const resetAt = now + 10 * 3_600_000;
      const headers = { 'X-RateLimit-Reset': String(resetAt) };
      const scope = { scope: 'account-day', resetAt, retryable: false };
      const metadata = { limit_source: 'openrouter_free_tier_daily', headers };
      await fails(await serve([refusal({}, { metadata })]), RateLimitError, scope);
      const worded = { message: 'Rate limit exceeded: free-models-per-day', metadata: { headers } };
      await fails(await serve([refusal({}, worded)]), RateLimitError, scope);
    },
  );

  fault(
    'F48',
    {
      title: '429: this model is used up for today',
      phase: 'answered',
      retry: 'no',
      result: 'RateLimitError (model-day)',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const worded = { message: 'Rate limit exceeded: limit_rpd/openai/gpt-4o-mini' };
      await fails(await serve([refusal({}, worded)]), RateLimitError, { scope: 'model-day', retryable: false });
    },
  );

  fault(
    'F49',
    {
      title: '429: this model asks for a pause',
      phase: 'answered',
      retry: 'yes',
      result: 'is tried again after the reset; then RateLimitError (model-minute)',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails, recovers, hello }) => {
      const limit = {
        message: 'limit_rpm/openai/gpt-4o-mini',
        metadata: { limit_source: 'openrouter_shared_capacity' },
      };
      const refused = refusal({ 'x-ratelimit-reset': String(now + 7_000) }, limit);
      expectWait(await recovers(await serve((_, number) => (number === 1 ? [refused] : hello))), 7_000);
      await fails(await serve([refusal({}, limit)]), RateLimitError, { scope: 'model-minute', retryable: true });
    },
  );

  fault(
    'F50',
    {
      title: '429: the provider is busy',
      phase: 'answered',
      retry: 'once',
      result: 'is tried once more; then RateLimitError (provider)',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails, recovers, hello }) => {
      const metadata = { limit_source: 'upstream_provider_shared_pool', provider_name: 'Chutes' };
      const refused = refusal({}, { message: 'Provider returned error', metadata });
      await fails(await serve([refused]), RateLimitError, { scope: 'provider', providerName: 'Chutes' });
      await recovers(await serve((_, number) => (number === 1 ? [refused] : hello)));
    },
  );

  fault(
    'F51',
    {
      title: '429 from the network in front of OpenRouter',
      phase: 'answered',
      retry: 'yes',
      result: 'is tried again, but not before half a minute; then RateLimitError (edge)',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails, recovers, hello }) => {
      const refused = sized(429, { 'content-type': 'text/plain' }, 'error code: 1015');
      expectWait(await recovers(await serve((_, number) => (number === 1 ? [refused] : hello))), 30_000);
      const page = html(429, '<html><title>You are being rate limited</title></html>', { 'cf-ray': 'abc' });
      const error = await fails(await serve([page]), RateLimitError, { scope: 'edge', retryable: true });
      expect(error.message).toContain('You are being rate limited');
    },
  );

  fault(
    'F52',
    {
      title: '429 without a hint',
      phase: 'answered',
      retry: 'yes',
      result: 'is tried again after up to one second, then up to two; then RateLimitError (unknown)',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const random = (): number => 0.999;
      const { attempts } = await fails(await serve([refusal()]), RateLimitError, { scope: 'unknown' }, { random });
      expect(attempts.map(({ waitMs }) => waitMs)).toEqual([999, 1_998, undefined]);
    },
  );

  for (const value of ['-1', '0', 'NaN', '1e309', '2,2', '9'.repeat(400), '', 'soon', 'Infinity', '0x10']) {
    fault(
      'F53',
      {
        title: '429 with a `Retry-After` that makes no sense (negative, not a number, too large, empty)',
        variant: value.slice(0, 10),
        phase: 'answered',
        retry: 'yes',
        result: 'counts as without a hint',
        bill: 'none',
      },
      everyWay.filter(({ transport }) => transport === 'node'),
      async ({ serve, fails }) => {
        const server = await serve([refusal({ 'retry-after': value })]);
        const { attempts } = await fails(server, RateLimitError, {}, { random: () => 0.5 });
        expect(attempts.map(({ waitMs }) => waitMs)).toEqual([500, 1_000, undefined]);
      },
    );
  }
});
