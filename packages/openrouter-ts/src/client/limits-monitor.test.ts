import { describe, expect, it } from 'vitest';
import { deferred } from '../../tests/support/deferred.ts';
import { ConfigError } from '../errors/config-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import {
  AuthenticationError,
  BadRequestError,
  InsufficientCreditsError,
  PermissionError,
  ProviderError,
  RateLimitError,
  ServerError,
  type RateLimitScope,
} from '../errors/status-errors.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import type { Credits } from '../wire/credits.ts';
import type { Key } from '../wire/key.ts';
import { LimitsMonitor, type LimitsMonitorOptions } from './limits-monitor.ts';
import type { LowLimitEvent } from './low-limits.ts';

const noon = Date.UTC(2026, 7, 15, 12);
const midnight = Date.UTC(2026, 7, 16);
const dayMs = 86_400_000;
const key: Key = { label: 'sk-or-v1-a...b', limit: null, usage: 0 };
const limited: Key = { ...key, limit: 10, limit_remaining: 2.5, limit_reset: 'daily', usage: 7.5 };
const free = 'openai/gpt-oss-20b:free';

function withFree(limit: number, used: number): Key {
  return { ...key, free_model_daily_requests: { limit, used, remaining: limit - used } };
}

interface Setup {
  readonly clock: FakeClock;
  readonly monitor: LimitsMonitor;
  /** What the API says next. */
  readonly api: { key: Key | (() => Promise<Key>); reads: number };
}

function setup(said: Key | (() => Promise<Key>) = key, readCredits?: LimitsMonitorOptions['readCredits']): Setup {
  const clock = new FakeClock({ epochMs: noon });
  const api = { key: said, reads: 0 };
  const readKey = async (): Promise<Key> => {
    api.reads += 1;
    return typeof api.key === 'function' ? api.key() : api.key;
  };
  return { clock, api, monitor: new LimitsMonitor({ readKey, readCredits, clock }) };
}

function rateLimit(scope: RateLimitScope, headers: Readonly<Record<string, string>> = {}): RateLimitError {
  return new RateLimitError('Slow down', { status: 429, scope, headers, phase: 'answered' });
}

function refused(status: number, message: string) {
  const details = { status, phase: 'answered' } as const;
  return status === 402
    ? new InsufficientCreditsError(message, details)
    : new PermissionError(message, details, 'permission');
}

describe('a monitor that nobody has told anything', () => {
  it('asks nobody, and knows of no credit', () => {
    const { monitor, api, clock } = setup();
    expect(monitor.report()).toEqual({
      creditUsd: undefined,
      keyCreditUsd: undefined,
      accountCreditUsd: undefined,
      freeRequests: {
        remaining: undefined,
        limit: undefined,
        usedSince: 0,
        source: 'local',
        asOf: noon,
        ageMs: 0,
        resetsAt: midnight,
      },
      lastRefusal: undefined,
    });
    expect([api.reads, clock.pendingTimers]).toEqual([0, 0]);
  });

  it("uses the runtime's clock", () => {
    const before = Date.now();
    const { asOf } = new LimitsMonitor({ readKey: () => Promise.resolve(key) }).report().freeRequests;
    expect(asOf).toBeGreaterThanOrEqual(before);
    expect(asOf).toBeLessThanOrEqual(Date.now());
  });

  it('counts free requests that may have reached a provider', () => {
    const { monitor } = setup();
    const count = (error?: unknown, model = free): number => {
      const before = monitor.report().freeRequests.usedSince;
      monitor.note({ model, error });
      return monitor.report().freeRequests.usedSince - before;
    };
    expect(count()).toBe(1);
    expect(count(undefined, 'openrouter/free')).toBe(1);
    expect(count(undefined, 'openai/gpt-4o-mini')).toBe(0);
    expect(count('the caller gave up')).toBe(1);
    expect(count(new ConnectionError('Lost', { failure: 'network', phase: 'sent' }))).toBe(1);
    expect(count(new ConnectionError('No way', { failure: 'dns' }))).toBe(0);
    expect(count(new ServerError('Down', { status: 500, phase: 'answered' }))).toBe(1);
    expect(count(new ProviderError('Down', { status: 502, phase: 'answered' }))).toBe(1);
    expect(count(new BadRequestError('No', { status: 400, phase: 'answered' }))).toBe(0);
    expect(count(new BadRequestError('No', { status: 400, phase: 'answered', providerName: 'Novita' }))).toBe(1);
    expect(count(rateLimit('provider'))).toBe(1);
    expect(count(rateLimit('unknown'))).toBe(1);
    expect(count(rateLimit('edge'))).toBe(0);
    expect(count(rateLimit('account-minute'))).toBe(0);
  });
});

describe('what the key tells', () => {
  it('is what is left of it, with its age and its reset', async () => {
    const { monitor, clock } = setup(limited);
    const { keyCreditUsd, creditUsd } = await monitor.refresh();
    expect(keyCreditUsd).toEqual({
      remaining: 2.5,
      limit: 10,
      usedSince: 0,
      source: 'key',
      asOf: noon,
      ageMs: 0,
      resetsAt: midnight,
    });
    expect(creditUsd).toEqual(keyCreditUsd);
    await clock.advance(1000);
    expect(monitor.report().keyCreditUsd?.ageMs).toBe(1000);
  });

  it.each([
    ['daily', midnight],
    ['weekly', Date.UTC(2026, 7, 17)],
    ['monthly', Date.UTC(2026, 8)],
    ['yearly', undefined],
    [null, undefined],
  ])('resets with the period %s', async (period, resetsAt) => {
    const { monitor } = setup({ ...limited, limit_reset: period });
    expect((await monitor.refresh()).keyCreditUsd?.resetsAt).toBe(resetsAt);
  });

  it('is taken off by what requests cost, exactly', async () => {
    const { monitor } = setup({ ...limited, limit_remaining: 0.3 });
    await monitor.refresh();
    for (const costUsd of [0.1, 0.1, null, undefined, Number.NaN, -5, 0]) monitor.note({ costUsd });
    expect(monitor.report().keyCreditUsd).toMatchObject({ remaining: 0.1, usedSince: 0.2, source: 'key' });
  });

  it('begins anew at the reset, which is then what this client knows by itself', async () => {
    const { monitor, clock } = setup(limited);
    await monitor.refresh();
    monitor.note({ costUsd: 1 });
    await clock.advance(dayMs / 2 + 5);
    expect(monitor.report().keyCreditUsd).toMatchObject({
      remaining: 10,
      usedSince: 0,
      source: 'local',
      asOf: midnight,
      ageMs: 5,
    });
  });

  it('is taken off by what is used after the reset, and by nothing before it', async () => {
    const { monitor, clock } = setup({ ...limited, free_model_daily_requests: { limit: 50, used: 45, remaining: 5 } });
    await monitor.refresh();
    monitor.note({ model: free, costUsd: 1 });
    await clock.advance(dayMs / 2);
    monitor.note({ model: free, costUsd: 3 });
    expect(monitor.report()).toMatchObject({
      keyCreditUsd: { remaining: 7, usedSince: 3, source: 'local' },
      freeRequests: { remaining: 49, usedSince: 1, source: 'local' },
    });
  });

  it('may be a debt, but not of requests', async () => {
    const { monitor } = setup({ ...limited, free_model_daily_requests: { limit: 50, used: 49, remaining: 1 } });
    await monitor.refresh();
    for (const costUsd of [2, 2]) monitor.note({ model: free, costUsd });
    expect(monitor.report()).toMatchObject({
      keyCreditUsd: { remaining: -1.5 },
      freeRequests: { remaining: 0, usedSince: 2 },
    });
  });

  it('may be that there is no limit, or no longer one', async () => {
    const { monitor, api } = setup(limited);
    await monitor.refresh();
    api.key = key;
    expect(await monitor.refresh()).toMatchObject({ keyCreditUsd: undefined, creditUsd: undefined });
  });

  it('is as if it were not there where it is no number', async () => {
    const { monitor } = setup({ ...limited, limit_remaining: {} as never });
    expect((await monitor.refresh()).keyCreditUsd).toBeUndefined();
  });

  it('has the free requests of the day, less those since', async () => {
    const { monitor, clock } = setup(withFree(50, 20));
    await monitor.refresh();
    monitor.note({ model: free });
    expect(monitor.report().freeRequests).toMatchObject({ remaining: 29, limit: 50, usedSince: 1, source: 'key' });
    await clock.advance(dayMs);
    expect(monitor.report().freeRequests).toMatchObject({ remaining: 50, limit: 50, usedSince: 0, source: 'local' });
  });

  it('takes off what was used while it was asked', async () => {
    const answer = deferred<Key>();
    const { monitor } = setup(() => answer.promise);
    monitor.note({ model: free });
    const refreshed = monitor.refresh();
    monitor.note({ model: free });
    answer.resolve(withFree(50, 1));
    expect((await refreshed).freeRequests).toMatchObject({ remaining: 48, usedSince: 1 });
  });

  it('is of the look that began last, whichever is answered first', async () => {
    const answers = [deferred<Key>(), deferred<Key>()] as const;
    const left = [...answers];
    const { monitor } = setup(() => left.shift()!.promise);
    const looks = [monitor.refresh(), monitor.refresh()];
    answers[1].resolve(withFree(50, 2));
    await looks[1];
    answers[0].resolve(withFree(50, 1));
    expect((await looks[0]!).freeRequests.remaining).toBe(48);
  });

  it('stays when the next look fails', async () => {
    const { monitor, api } = setup(limited);
    await monitor.refresh();
    const failure = new Error('no network');
    api.key = () => Promise.reject(failure);
    await expect(monitor.refresh()).rejects.toBe(failure);
    expect(monitor.report().keyCreditUsd?.remaining).toBe(2.5);
  });
});

describe('what the account tells', () => {
  const credits = (total_credits: number, total_usage: number) => async (): Promise<Credits> => ({
    total_credits,
    total_usage,
  });

  it('is what was bought less what was used, and it counts where it is less than the key has', async () => {
    const { monitor } = setup(limited, credits(100.3, 100.1));
    const report = await monitor.refresh();
    expect(report.accountCreditUsd).toMatchObject({
      remaining: 0.2,
      limit: 100.3,
      source: 'credits',
      resetsAt: undefined,
    });
    expect(report.creditUsd).toEqual(report.accountCreditUsd);
    expect((await setup(limited, credits(100, 1)).monitor.refresh()).creditUsd?.remaining).toBe(2.5);
    expect((await setup(key, credits(100, 1)).monitor.refresh()).creditUsd?.remaining).toBe(99);
  });

  it('is not there where the key says that it may not ask', async () => {
    const asked: Key[] = [];
    const { monitor } = setup(limited, async (one) => {
      asked.push(one);
      return undefined;
    });
    expect((await monitor.refresh()).accountCreditUsd).toBeUndefined();
    expect(asked).toEqual([limited]);
  });

  it.each([
    refused(403, 'Only management keys can perform this operation'),
    new AuthenticationError('No', { status: 401 }),
  ])('is not asked for again after %s', async (error) => {
    let asked = 0;
    const { monitor } = setup(limited, () => {
      asked += 1;
      return Promise.reject(error);
    });
    await monitor.refresh();
    expect((await monitor.refresh()).accountCreditUsd).toBeUndefined();
    expect(asked).toBe(1);
  });

  it('fails the look with any other failure', async () => {
    const failure = new ServerError('Down', { status: 500 });
    await expect(setup(limited, () => Promise.reject(failure)).monitor.refresh()).rejects.toBe(failure);
  });
});

describe('a refusal', () => {
  it('for the day leaves no free requests until midnight, and may tell how many there are', async () => {
    const { monitor, clock } = setup();
    const error = rateLimit('account-day', { 'x-ratelimit-limit': '50' });
    monitor.note({ model: free, error });
    const report = monitor.report();
    expect(report.freeRequests).toMatchObject({ remaining: 0, limit: 50, source: 'refusal', resetsAt: midnight });
    expect(report.lastRefusal).toEqual({ at: noon, error });
    await clock.advance(dayMs);
    expect(monitor.report().freeRequests).toMatchObject({ remaining: 50, source: 'local' });
  });

  it('that does not tell the limit leaves the one that was known', async () => {
    const { monitor } = setup(withFree(1000, 1));
    await monitor.refresh();
    monitor.note({ model: free, error: rateLimit('account-day') });
    expect(monitor.report().freeRequests).toMatchObject({ remaining: 0, limit: 1000 });
  });

  it('for the minute is remembered, and changes nothing else', () => {
    const { monitor } = setup();
    const error = rateLimit('account-minute');
    monitor.note({ model: free, error });
    expect(monitor.report()).toMatchObject({ lastRefusal: { error }, freeRequests: { remaining: undefined } });
  });

  it("of a provider is not the account's", () => {
    const { monitor } = setup();
    monitor.note({ model: free, error: rateLimit('provider') });
    monitor.note({ error: refused(403, 'Moderated') });
    expect(monitor.report().lastRefusal).toBeUndefined();
  });

  it("for the key's limit leaves it nothing, until it resets", async () => {
    const { monitor, clock } = setup(limited);
    await monitor.refresh();
    monitor.note({ error: refused(403, 'Key limit exceeded (daily limit). Manage it …') });
    expect(monitor.report().creditUsd).toMatchObject({ remaining: 0, limit: 10, source: 'refusal' });
    await clock.advance(dayMs);
    expect(monitor.report().creditUsd).toMatchObject({ remaining: 10, source: 'local' });
  });

  it('for lack of credits leaves the account nothing, until somebody can pay again', () => {
    const { monitor } = setup();
    monitor.note({ error: refused(402, 'Insufficient credits. Add more …') });
    expect(monitor.report().creditUsd).toMatchObject({ remaining: 0, source: 'refusal' });
    monitor.note({ costUsd: 0 });
    expect(monitor.report().creditUsd?.remaining).toBe(0);
    monitor.note({ costUsd: 0.1 });
    expect(monitor.report().creditUsd).toBeUndefined();
  });

  it('of an answer that is too long says that there is credit left', () => {
    const { monitor } = setup();
    const error = refused(402, 'You requested up to 64000 tokens, but can only afford 1200.');
    monitor.note({ error });
    expect(monitor.report()).toMatchObject({ creditUsd: undefined, lastRefusal: { error } });
  });
});

describe('whoever asks to be told of low limits', () => {
  it('is told once when one falls, and again when it has recovered and falls anew', async () => {
    const { monitor, api } = setup(limited);
    const events: LowLimitEvent[] = [];
    monitor.onLow({ creditBelowUsd: 2 }, (event) => events.push(event));
    await monitor.refresh();
    monitor.note({ costUsd: 0.5 });
    expect(events).toEqual([]);
    monitor.note({ costUsd: 0.25 });
    monitor.note({ costUsd: 0.25 });
    expect(events).toMatchObject([
      { type: 'credit-low', remaining: 1.75, below: 2, figure: { source: 'key', limit: 10 } },
    ]);
    api.key = { ...limited, limit_remaining: 8 };
    await monitor.refresh();
    api.key = { ...limited, limit_remaining: 1 };
    await monitor.refresh();
    expect(events.map(({ remaining }) => remaining)).toEqual([1.75, 1]);
  });

  it('is told at the next look of what is low already', async () => {
    const { monitor } = setup(withFree(50, 45));
    await monitor.refresh();
    const events: LowLimitEvent[] = [];
    monitor.onLow({ freeRequestsBelow: 10, creditBelowUsd: 1 }, (event) => events.push(event));
    expect(events).toEqual([]);
    await monitor.refresh();
    expect(events).toMatchObject([{ type: 'free-requests-low', remaining: 5, below: 10 }]);
  });

  it('is told of a refusal, and again after the next day', async () => {
    const { monitor, clock } = setup();
    const events: LowLimitEvent[] = [];
    monitor.onLow({ freeRequestsBelow: 1 }, (event) => events.push(event));
    const refuse = (): void =>
      monitor.note({ model: free, error: rateLimit('account-day', { 'x-ratelimit-limit': '50' }) });
    refuse();
    refuse();
    await clock.advance(dayMs);
    monitor.note({ model: free });
    refuse();
    expect(events.map(({ type }) => type)).toEqual(['free-requests-low', 'free-requests-low']);
  });

  it('is told nothing when he does not want to be any more', async () => {
    const { monitor } = setup({ ...limited, limit_remaining: 0 });
    const events: LowLimitEvent[] = [];
    const stop = monitor.onLow({ creditBelowUsd: 2 }, (event) => events.push(event));
    stop();
    await monitor.refresh();
    expect(events).toEqual([]);
  });

  it.each([{ creditBelowUsd: 0 }, { freeRequestsBelow: Number.NaN }])('has to say when: %j', (thresholds) => {
    expect(() => setup().monitor.onLow(thresholds, () => undefined)).toThrow(ConfigError);
  });
});

describe('a watch', () => {
  it('looks at once and then again and again, until it is ended', async () => {
    const { monitor, api, clock } = setup(limited);
    const stop = monitor.watch({ everyMs: 1000 });
    await clock.advance(2500);
    expect(api.reads).toBe(3);
    stop();
    await clock.advance(5000);
    expect([api.reads, clock.pendingTimers]).toEqual([3, 0]);
  });

  it('goes on after a failure, of which it tells', async () => {
    const failure = new Error('no network');
    const { monitor, api, clock } = setup(() => Promise.reject(failure));
    const failures: unknown[] = [];
    const stop = monitor.watch({ everyMs: 1000, onError: (error) => failures.push(error) });
    const silent = monitor.watch({ everyMs: 1000 });
    await clock.advance(1000);
    expect(failures).toEqual([failure, failure]);
    expect(api.reads).toBe(4);
    stop();
    silent();
  });

  it("ends with the caller's signal, in the middle of a look as well as before the first", async () => {
    const controller = new AbortController();
    const answer = deferred<Key>();
    const { monitor, api, clock } = setup(() => answer.promise);
    const failures: unknown[] = [];
    monitor.watch({ everyMs: 1000, signal: controller.signal, onError: (error) => failures.push(error) });
    await clock.advance(0);
    controller.abort();
    answer.reject(controller.signal.reason);
    await clock.advance(5000);
    monitor.watch({ everyMs: 1000, signal: controller.signal });
    await clock.advance(5000);
    expect([api.reads, failures, clock.pendingTimers]).toEqual([1, [], 0]);
  });

  it('has to say how often', () => {
    expect(() => setup().monitor.watch({ everyMs: 0 })).toThrow('everyMs must be a number above zero');
  });
});
