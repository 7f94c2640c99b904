import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import { lost, refused, throttled, timedOut, unreadable } from '../../tests/support/failures.ts';
import type { OpenRouterError } from '../errors/open-router-error.ts';
import type { Outcome } from '../http/outcome.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import type { Clock } from '../util/clock.ts';
import { RetryBudget } from './retry-budget.ts';
import { retry } from './retry.ts';
import type { RetryOptions } from './retry-options.ts';

/** A clock for one call after the other: whoever waits is there at once. */
function leapingClock(): Clock {
  let nowMs = 0;
  return {
    now: () => nowMs,
    epochMs: () => nowMs,
    setTimer: (callback, ms) => {
      nowMs += ms;
      queueMicrotask(callback);
      return () => undefined;
    },
  };
}

function policy(options: Partial<RetryOptions>): Middleware {
  return retry({
    maxRetries: 2,
    ambiguous: 'once',
    maxRetryWaitMs: 60_000,
    budget: new RetryBudget(),
    clock: leapingClock(),
    random: seededRandom(1),
    ...options,
  });
}

const good = outcomeOf('answer');
const emptyAnswer = outcomeOf('', { response: { ...good.response, warnings: ['empty'] } });

/** What a request may come to; each time a new error. */
const makes: Readonly<Record<string, () => Outcome<string> | Error>> = {
  good: () => good,
  empty: () => emptyAnswer,
  400: () => refused(400),
  409: () => refused(409),
  503: () => refused(503),
  '503 with a hint': () => refused(503, { availability: { retryable: true, retry_after: 2 } }),
  504: () => refused(504),
  429: () => throttled(),
  '429 with a hint': () => throttled('unknown', 7_000),
  '429 with a long hint': () => throttled('unknown', 70_000),
  '429 of the edge': () => throttled('edge'),
  '429 of a provider': () => throttled('provider', 1_000),
  refused: () => lost(),
  lost: () => lost('sent'),
  stale: () => lost('sent', { staleConnection: true }),
  slow: () => timedOut('headers', 'sent', true),
  nothing: () => unreadable('empty'),
};

/** What answers, call after call: only good answers once the script is over. */
const scripts = fc.array(fc.constantFrom(...Object.keys(makes)), { maxLength: 12 });

interface Sent {
  readonly at: number;
  readonly failure: OpenRouterError | undefined;
}

async function call(
  retrying: Middleware,
  script: readonly string[],
  clock: Clock,
  maxRetries: number,
): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const request = apiRequest({ settings: { maxRetries } });
  await retrying<string>(request, async () => {
    const made = makes[script[sent.length] ?? 'good']?.();
    sent.push({ at: clock.now(), failure: made instanceof Error ? (made as OpenRouterError) : undefined });
    if (made instanceof Error) throw made;
    return made ?? good;
  }).catch(() => undefined);
  return sent;
}

describe('whatever fails in whatever order', () => {
  it('a call makes no more requests than it may, and none earlier than the server asked', async () => {
    const ambiguities = fc.constantFrom('never', 'once', 'always');
    await fc.assert(
      fc.asyncProperty(scripts, fc.nat(4), fc.integer(), ambiguities, async (script, maxRetries, seed, ambiguous) => {
        const clock = leapingClock();
        const sent = await call(policy({ clock, random: seededRandom(seed), ambiguous }), script, clock, maxRetries);
        const reconnects = sent.some(
          ({ failure }) => failure !== undefined && 'staleConnection' in failure && failure.staleConnection === true,
        )
          ? 1
          : 0;
        expect(sent.length).toBeLessThanOrEqual(1 + maxRetries + reconnects);
        sent.slice(1).forEach(({ at }, index) => {
          const before = sent[index];
          const asked = before?.failure?.retryAfterMs ?? 0;
          expect(at - (before?.at ?? 0)).toBeGreaterThanOrEqual(asked);
          expect(asked).toBeLessThanOrEqual(60_000);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('a client makes no more retries than its budget pays for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(scripts, { minLength: 60, maxLength: 120 }), fc.integer(), async (calls, seed) => {
        const clock = leapingClock();
        const retrying = policy({ clock, random: seededRandom(seed) });
        let retries = 0;
        let firstTries = 0;
        let refunds = 0;
        for (const script of calls) {
          const sent = await call(retrying, script, clock, 2);
          const [first] = sent;
          if (sent.length === 1 && first?.failure === undefined) firstTries += 1;
          if (sent.length > 1 && sent.at(-1)?.failure === undefined) refunds += 1;
          const free = sent.slice(0, -1).filter(({ failure }) => isFree(failure)).length;
          retries += sent.length - 1 - free;
        }
        expect(retries).toBeLessThanOrEqual(50 + 0.1 * firstTries + refunds);
      }),
      { numRuns: 100 },
    );
  });
});

/** What is not paid for: a closed connection that is replaced, and a wait that the server asked for. */
function isFree(failure: OpenRouterError | undefined): boolean {
  if (failure === undefined) return false;
  if ('staleConnection' in failure && failure.staleConnection === true) return true;
  return failure.kind === 'rate-limit' && failure.retryAfterMs !== undefined;
}

describe('a server that is down', () => {
  it('gets hardly more requests than calls were made, and not all at once', async () => {
    const clock = new FakeClock();
    const retrying = policy({ clock, random: seededRandom(7) });
    const at: number[] = [];
    const calls = Array.from({ length: 1_000 }, () =>
      retrying(apiRequest(), async () => {
        at.push(clock.now());
        throw refused(503);
      }).catch((error: unknown) => error),
    );
    const failures = await clock.runUntil(Promise.all(calls));
    expect(at.length).toBeLessThanOrEqual(1_050);
    expect(at.length).toBeGreaterThan(1_000);
    expect(failures.every((failure) => failure instanceof Error)).toBe(true);
    expect(clock.pendingTimers).toBe(0);
    const buckets = new Map<number, number>();
    for (const time of at.filter((each) => each > 0))
      buckets.set(Math.floor(time / 100), (buckets.get(Math.floor(time / 100)) ?? 0) + 1);
    expect(Math.max(...buckets.values())).toBeLessThanOrEqual(0.15 * at.length);
    expect(buckets.size).toBeGreaterThan(3);
  });
});

describe('one failure in ten', () => {
  it.each([
    [2, 0.997],
    [3, 0.999],
  ])('is survived with %d retries by %d of all calls, for hardly more requests', async (maxRetries, share) => {
    const clock = leapingClock();
    const chance = seededRandom(11);
    const retrying = policy({ clock, maxRetries });
    let requests = 0;
    let successes = 0;
    for (let count = 0; count < 10_000; count += 1) {
      await retrying(apiRequest(), async () => {
        requests += 1;
        if (chance() < 0.1) throw refused(503);
        return good;
      }).then(
        () => (successes += 1),
        () => undefined,
      );
    }
    expect(successes / 10_000).toBeGreaterThanOrEqual(share);
    expect(requests / 10_000).toBeLessThanOrEqual(1.12);
  });
});
