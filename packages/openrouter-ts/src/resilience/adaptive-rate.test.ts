import { describe, expect, it } from 'vitest';
import { AdaptiveRate } from './adaptive-rate.ts';

/** A server that lets a bucket of a second's worth fill, and refuses whoever finds it empty. */
class BucketServer {
  #rate: number;
  #tokens: number;
  #at = 0;

  constructor(rate: number) {
    this.#rate = rate;
    this.#tokens = rate;
  }

  become(rate: number): void {
    this.#rate = rate;
    this.#tokens = Math.min(this.#tokens, rate);
  }

  takes(now: number): boolean {
    this.#tokens = Math.min(this.#rate, this.#tokens + ((now - this.#at) / 1000) * this.#rate);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

interface Simulation {
  /** How many requests a second were taken between two seconds. */
  readonly taken: (from: number, to: number) => number;
  /** Which part of them was refused. */
  readonly refusals: (from: number, to: number) => number;
}

interface Load {
  readonly workers: number;
  readonly seconds: number;
  readonly latencyMs: number;
  readonly changes?: readonly (readonly [second: number, rate: number])[];
}

/** Workers that always want to send, in steps of a millisecond. */
function simulate(server: BucketServer, { workers, seconds, latencyMs, changes = [] }: Load): Simulation {
  const rate = new AdaptiveRate();
  const answers = new Map<number, { readonly sentAt: number; readonly taken: boolean }[]>();
  const log = Array.from({ length: seconds }, () => ({ taken: 0, refused: 0 }));
  let idle = workers;
  for (let now = 0; now < seconds * 1000; now += 1) {
    for (const [second, become] of changes) if (now === second * 1000) server.become(become);
    for (const { sentAt, taken } of answers.get(now) ?? []) {
      idle += 1;
      if (taken) rate.succeeded(now);
      else rate.refused(sentAt, now);
    }
    answers.delete(now);
    while (idle > 0 && rate.waitMs(now) === 0) {
      idle -= 1;
      rate.take();
      const taken = server.takes(now);
      const second = log[Math.floor(now / 1000)];
      if (second !== undefined) second[taken ? 'taken' : 'refused'] += 1;
      answers.set(now + latencyMs, [...(answers.get(now + latencyMs) ?? []), { sentAt: now, taken }]);
    }
  }
  const sum = (from: number, to: number, what: 'taken' | 'refused'): number =>
    log.slice(from, to).reduce((total, second) => total + second[what], 0);
  return {
    taken: (from, to) => sum(from, to, 'taken') / (to - from),
    refusals: (from, to) => sum(from, to, 'refused') / (sum(from, to, 'taken') + sum(from, to, 'refused')),
  };
}

describe('a rate that is found out', () => {
  it.each([
    [50, 20],
    [50, 100],
    [1_000, 100],
    [1_000, 250],
  ])('settles at what a server takes, with %d workers and %d ms until an answer', (workers, latencyMs) => {
    const { taken, refusals } = simulate(new BucketServer(20), { workers, seconds: 60, latencyMs });
    for (let second = 15; second < 60; second += 5) {
      expect(taken(second, second + 5)).toBeGreaterThanOrEqual(10);
      expect(taken(second, second + 5)).toBeLessThanOrEqual(20 * 1.05);
    }
    expect(taken(15, 60)).toBeLessThanOrEqual(20 * 1.01);
    expect(refusals(15, 60)).toBeLessThanOrEqual(0.05);
  });

  it('follows a server that takes a thousand times less, and finds out when it takes more again', () => {
    const load = { workers: 2_000, seconds: 45, latencyMs: 50 };
    const changes = [
      [5, 10],
      [25, 10_000],
    ] as const;
    const { taken, refusals } = simulate(new BucketServer(10_000), { ...load, changes });
    expect(refusals(6, 10)).toBeLessThanOrEqual(0.25);
    expect(taken(10, 25)).toBeGreaterThanOrEqual(5);
    expect(refusals(10, 25)).toBeLessThanOrEqual(0.1);
    expect(taken(43, 45)).toBeGreaterThanOrEqual(2 * taken(10, 25));
    expect(taken(43, 45)).toBeGreaterThanOrEqual(100);
  });
});

describe('a rate', () => {
  it('is not limited until the first refusal', () => {
    const rate = new AdaptiveRate();
    for (let count = 0; count < 1_000; count += 1) {
      expect(rate.waitMs(count)).toBe(0);
      rate.take();
      rate.succeeded(count);
    }
    expect(rate.perSecond).toBe(Infinity);
  });

  it('falls to seven tenths of what the server took', () => {
    const rate = new AdaptiveRate();
    // 100 a second for a long time, so that the measurement has settled.
    for (let now = 0; now < 10_000; now += 10) rate.succeeded(now);
    rate.refused(9_990, 10_000);
    expect(rate.perSecond).toBeCloseTo(70, 1);
  });

  it('is never lower than one request in two seconds', () => {
    const rate = new AdaptiveRate();
    for (let now = 1; now < 20; now += 1) rate.refused(now * 1000, now * 1000 + 1);
    expect(rate.perSecond).toBe(0.5);
    expect(rate.waitMs(19_001)).toBe(0);
    rate.take();
    expect(rate.waitMs(19_001)).toBe(2_000);
  });

  it('falls once for all that were under way together', () => {
    const rate = new AdaptiveRate();
    for (let now = 0; now < 10_000; now += 10) rate.succeeded(now);
    for (let sentAt = 9_900; sentAt <= 10_000; sentAt += 10) rate.refused(sentAt, 10_000 + sentAt - 9_900);
    expect(rate.perSecond).toBeCloseTo(70, 1);
    rate.refused(10_050, 10_150);
    expect(rate.perSecond).toBeLessThan(55);
  });

  it('pauses as long as the server asks, for the longest of the pauses', () => {
    const rate = new AdaptiveRate();
    rate.refused(0, 1_000, 5_000);
    rate.refused(0, 1_100, 3_000);
    expect(rate.waitMs(1_100)).toBe(4_900);
    expect(rate.waitMs(5_999)).toBeCloseTo(1, 6);
    expect(rate.waitMs(6_000)).toBe(0);
  });

  it('is not lowered by good answers that are few', () => {
    const rate = new AdaptiveRate();
    for (let now = 0; now < 10_000; now += 10) rate.succeeded(now);
    rate.refused(9_990, 10_000);
    const before = rate.perSecond;
    rate.succeeded(30_000);
    expect(rate.perSecond).toBeGreaterThanOrEqual(before);
  });

  it('grows no further than twice what is used', () => {
    const rate = new AdaptiveRate();
    for (let now = 0; now < 10_000; now += 10) rate.succeeded(now);
    rate.refused(9_990, 10_000);
    for (let now = 10_000; now < 40_000; now += 10) rate.succeeded(now);
    expect(rate.perSecond).toBeGreaterThan(195);
    expect(rate.perSecond).toBeLessThanOrEqual(200.1);
  });

  it('is forgotten a minute after the last refusal and its pause', () => {
    const rate = new AdaptiveRate();
    rate.refused(0, 1_000, 10_000);
    rate.waitMs(71_000);
    expect(rate.perSecond).toBe(0.5);
    expect(rate.waitMs(71_001)).toBe(0);
    expect(rate.perSecond).toBe(Infinity);
    rate.refused(71_002, 71_003);
    expect(rate.perSecond).toBe(0.5);
  });
});
