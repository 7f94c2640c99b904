import { describe, expect, it, vi } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import { throttled } from '../../tests/support/failures.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { loadParts } from '../pipeline/lazy-policy.ts';
import { compose, type Handler } from '../pipeline/middleware.ts';
import { AbortScope } from '../util/abort-scope.ts';
import type { Clock } from '../util/clock.ts';
import { LazyRates, ratesPart } from './lazy-rates.ts';
import type { RateLimitOptions } from './rate-limits.ts';

/** A clock whose time is set by the test. A FakeClock would bring the part that these tests want to be missing. */
function setup({ slots = Infinity, ...options }: RateLimitOptions & { readonly slots?: number } = {}) {
  const time = { now: 1_000_000 };
  const clock: Clock = { now: () => time.now, epochMs: () => time.now, setTimer: () => () => undefined };
  const rates = new LazyRates(slots, options, clock);
  const send = async (model: string | undefined, answer: Handler<string>, parts: Partial<ApiRequest> = {}) =>
    compose<string>([loadParts([rates]), rates.policy], answer)(apiRequest({ body: { model }, ...parts }));
  const take = (model?: string, headers: Readonly<Record<string, string>> = {}) =>
    send(model, async () => {
      const outcome = outcomeOf('good');
      return { ...outcome, response: { ...outcome.response, headers } };
    });
  const refuse = (model?: string) =>
    send(model, async () => {
      throw throttled('provider');
    });
  return { rates, time, send, take, refuse };
}

const free = { of: 'free', perSecond: 20 / 60, waiting: 0 };

describe('a client without a limit, as long as nothing is refused', () => {
  it('loads nothing, and tells of the limits that it would keep to', async () => {
    const { rates, take } = setup();
    await take('m');
    expect(ratesPart.loaded).toBeUndefined();
    expect(rates.status).toEqual({ last: undefined, throttles: [free] });
    expect(setup({ freeRequestsPerMinute: Infinity, requestsPerMinute: 30 }).rates.status.throttles).toEqual([
      { of: 'all', perSecond: 0.5, waiting: 0 },
    ]);
  });

  it('sends nothing for a call that has ended, and leaves other failures as they are', async () => {
    const { send } = setup();
    const scope = new AbortScope();
    scope.abort('enough');
    await expect(send('m', () => Promise.reject(new Error('sent')), { scope })).rejects.toBe('enough');
    await expect(send('m', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(ratesPart.loaded).toBeUndefined();
  });

  it('fails with a refusal also where nothing can learn from it', async () => {
    const { rates, refuse } = setup();
    vi.spyOn(ratesPart, 'load').mockRejectedValue(new Error('no network'));
    await expect(refuse('m')).rejects.toMatchObject({ status: 429 });
    expect(rates.status.throttles).toEqual([free]);
  });

  it.each([
    [
      { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '9' },
      { limit: 10, remaining: 9 },
    ],
    [{ 'x-ratelimit-remaining': '9' }, { limit: undefined, remaining: 9 }],
  ])('remembers the last answer that told of one: %j', async (headers, told) => {
    const { rates, take, time } = setup();
    await take('m', headers);
    await take('n');
    time.now += 500;
    const report = { ...told, model: 'm', status: 200, scope: undefined, resetAt: undefined };
    expect(rates.status).toEqual({ last: { ...report, ageMs: 500 }, throttles: [free] });
    expect(ratesPart.loaded).toBeUndefined();
  });
});

describe('the first refusal', () => {
  it('finds out what was taken before it', async () => {
    const { rates, take, refuse, time } = setup();
    for (let count = 0; count < 5_000; count += 1) {
      await take('m');
      time.now += 100;
    }
    await expect(refuse('m')).rejects.toMatchObject({ status: 429 });
    // Ten requests a second were taken: 0.7 of that is what is tried now.
    const throttle = rates.status.throttles.find(({ of }) => of === 'm');
    expect(throttle?.perSecond).toBeCloseTo(7, 5);
    expect(rates.status.last).toMatchObject({ status: 429, scope: 'provider', model: 'm' });
  });

  it('counts those that were on their way for what is known then', async () => {
    const { rates, refuse, send, time } = setup();
    let answer = (): void => undefined;
    const slow = send('m', () => new Promise((resolve) => (answer = () => resolve(outcomeOf('slow')))));
    const late = send('n', () => new Promise((_resolve, reject) => setImmediate(reject, throttled('provider'))));
    await expect(refuse('m')).rejects.toMatchObject({ status: 429 });
    const before = rates.status.throttles.find(({ of }) => of === 'm')?.perSecond ?? NaN;
    time.now += 20_000;
    answer();
    await slow;
    await expect(late).rejects.toMatchObject({ status: 429 });
    expect(rates.status.throttles.find(({ of }) => of === 'm')?.perSecond).toBeGreaterThanOrEqual(before);
    expect(rates.status.throttles.map(({ of }) => of)).toEqual(['free', 'm', 'n']);
  });
});

describe('a client with a limit', () => {
  it.each([
    ['of its own', { requestsPerMinute: 1 }, 'm'],
    ['for free models', { freeRequestsPerMinute: 1 }, 'm:free'],
    ['for requests at once', { slots: 1 }, 'm'],
  ])('%s keeps to it from the first call', async (_what, options, model) => {
    const { take, send, rates } = setup(options);
    void send(model, () => new Promise(() => undefined));
    await vi.waitFor(() => {
      expect(ratesPart.loaded).toBeDefined();
    });
    let sent = false;
    void take(model).then(() => (sent = true));
    await new Promise(setImmediate);
    expect(sent).toBe(false);
    expect(rates.isNeeded(apiRequest({ body: { model } }))).toBe(true);
  });

  it('leaves models alone that are not free, and so without limits', async () => {
    const { take, rates } = setup({ freeRequestsPerMinute: 1 });
    await take('m:free');
    await take('m');
    await take('m');
    expect(rates.status.throttles).toEqual([{ of: 'free', perSecond: 1 / 60, waiting: 0 }]);
  });
});
