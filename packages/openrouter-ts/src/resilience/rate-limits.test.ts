import { describe, expect, it } from 'vitest';
import { refused, throttled } from '../../tests/support/failures.ts';
import { RateLimitError, type RateLimitScope } from '../errors/status-errors.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { RateLimits, type RateLimitOptions } from './rate-limits.ts';

function limitsOf(options: RateLimitOptions = {}): { readonly limits: RateLimits; readonly clock: FakeClock } {
  const clock = new FakeClock();
  return { limits: new RateLimits(options, clock), clock };
}

const noFreeLimit = { freeRequestsPerMinute: Infinity };
const answer = { status: 200, headers: {}, generationId: undefined, attempts: [], warnings: [] };

/** What a request for each of some models has to wait for now. */
function waits(limits: RateLimits, now = 0): Readonly<Record<string, number>> {
  const wait = (model?: string): number => Math.max(...limits.lanesFor(model).map(({ pace }) => pace.waitMs(now)));
  return { m: wait('m'), n: wait('n'), free: wait('f:free'), none: wait() };
}

describe('the limits that are known', () => {
  it('are 20 requests a minute to free models, unless the caller says otherwise', () => {
    expect(limitsOf().limits.status.throttles).toEqual([{ of: 'free', perSecond: 20 / 60, waiting: 0 }]);
    expect(limitsOf(noFreeLimit).limits.status.throttles).toEqual([]);
    const { limits } = limitsOf({ requestsPerMinute: 120, freeRequestsPerMinute: 60 });
    expect(limits.status.throttles).toEqual([
      { of: 'all', perSecond: 2, waiting: 0 },
      { of: 'free', perSecond: 1, waiting: 0 },
    ]);
  });

  it('are not changed by good answers', () => {
    const { limits } = limitsOf({ requestsPerMinute: 60 });
    limits.taken(answer, 'm', 0);
    expect(limits.status.throttles[0]).toEqual({ of: 'all', perSecond: 1, waiting: 0 });
  });

  it('are for those whom they concern', () => {
    const { limits } = limitsOf({ requestsPerMinute: 2, freeRequestsPerMinute: 1 });
    const take = (model?: string): void => {
      for (const { pace } of limits.lanesFor(model)) pace.take(0);
    };
    take('f:free');
    expect(waits(limits)).toEqual({ m: 0, n: 0, free: 60_000, none: 0 });
    take();
    expect(waits(limits)).toEqual({ m: 60_000, n: 60_000, free: 60_000, none: 60_000 });
  });
});

describe('a refusal', () => {
  it.each<readonly [scope: RateLimitScope, model: string | undefined, slowed: readonly string[]]>([
    ['edge', 'm', ['m', 'n', 'free', 'none']],
    ['edge', undefined, ['m', 'n', 'free', 'none']],
    ['account-minute', 'f:free', ['free']],
    ['account-minute', 'm', []],
    ['model-minute', 'm', ['m']],
    ['provider', 'm', ['m']],
    ['unknown', 'm', ['m']],
    ['unknown', 'f:free', ['free']],
    ['unknown', undefined, []],
    ['account-day', 'f:free', []],
    ['model-day', 'm', []],
  ])('of the scope %s for the model %s slows down %j', (scope, model, slowed) => {
    const { limits } = limitsOf(noFreeLimit);
    limits.refused(throttled(scope, 5_000), model, 0);
    const expected = { m: 0, n: 0, free: 0, none: 0 };
    for (const name of slowed) Object.assign(expected, { [name]: 5_000 });
    expect(waits(limits)).toEqual(expected);
    expect(limits.status.throttles).toHaveLength(slowed.length === 0 ? 0 : 1);
  });

  it.each([
    [undefined, 2_000],
    [10_000, 10_000],
    [60_000, 60_000],
    [60_001, 2_000],
    [80_000_000, 2_000],
  ])('that asks for %s ms holds up others for %d', (retryAfterMs, waitMs) => {
    const { limits } = limitsOf(noFreeLimit);
    limits.refused(throttled('provider', retryAfterMs), 'm', 0);
    expect(waits(limits)['m']).toBe(waitMs);
  });

  it('makes a limit that grows with good answers and is forgotten after a while', () => {
    const { limits, clock } = limitsOf(noFreeLimit);
    for (let count = 0; count < 20; count += 1) limits.taken(answer, 'm', 0);
    limits.refused(throttled(), 'm', 0);
    expect(limits.status.throttles).toEqual([{ of: 'm', perSecond: 28, waiting: 0 }]);
    return clock.advance(60_001).then(() => {
      expect(limits.status.throttles).toEqual([]);
    });
  });
});

describe('what was told of limits', () => {
  it('is nothing at first', () => {
    expect(limitsOf().limits.status.last).toBeUndefined();
  });

  it('is what the last answer said, with its age', async () => {
    const { limits, clock } = limitsOf();
    limits.taken({ ...answer, headers: { 'x-ratelimit-limit': '50', 'x-ratelimit-remaining': '49' } }, 'm', 0);
    limits.taken(answer, 'm', 0);
    await clock.advance(1_500);
    expect(limits.status.last).toEqual({
      limit: 50,
      remaining: 49,
      scope: undefined,
      resetAt: undefined,
      model: 'm',
      status: 200,
      ageMs: 1_500,
    });
  });

  it('comes from the headers or the body of a refusal', () => {
    const { limits } = limitsOf();
    const metadata = {
      headers: { 'X-RateLimit-Limit': '20', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '1767225700000' },
    };
    const error = refused(429, { message: 'Rate limit exceeded: free-models-per-min', metadata });
    if (!(error instanceof RateLimitError)) throw error;
    limits.refused(error, 'f:free', 0);
    const told = { scope: 'account-minute', resetAt: 1_767_225_700_000, model: 'f:free', status: 429, ageMs: 0 };
    expect(limits.status.last).toEqual({ limit: 20, remaining: 0, ...told });
  });

  it('may be no more than the refusal itself', () => {
    const { limits } = limitsOf();
    limits.refused(throttled('provider'), undefined, 0);
    expect(limits.status.last).toEqual({
      scope: 'provider',
      resetAt: undefined,
      model: undefined,
      status: 429,
      ageMs: 0,
    });
  });
});

describe('the lanes of a model', () => {
  it('are the same each time', () => {
    const { limits } = limitsOf();
    expect(limits.lanesFor('m')).toBe(limits.lanesFor('m'));
    expect(limits.lanesFor(undefined)).toBe(limits.lanesFor(undefined));
    expect(limits.lanesFor('m')).not.toBe(limits.lanesFor('n'));
  });

  it('are forgotten when strangers have named a thousand others', () => {
    const { limits } = limitsOf();
    const first = limits.lanesFor('m');
    for (let count = 1; count < 1_000; count += 1) limits.lanesFor(`stranger-${count}`);
    expect(limits.lanesFor('m')).toBe(first);
    limits.lanesFor('one more');
    expect(limits.lanesFor('m')).not.toBe(first);
  });
});
