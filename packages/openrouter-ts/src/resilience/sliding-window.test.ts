import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlidingWindow } from './sliding-window.ts';

describe('a limit for a span of time', () => {
  it('lets so many go at once, and the next when the first is a span ago', () => {
    const window = new SlidingWindow(2, 60_000);
    expect(window.waitMs(0)).toBe(0);
    window.take(0);
    expect(window.waitMs(10_000)).toBe(0);
    window.take(10_000);
    expect(window.waitMs(10_000)).toBe(50_000);
    expect(window.waitMs(59_999)).toBe(1);
    expect(window.waitMs(60_000)).toBe(0);
    window.take(60_000);
    expect(window.waitMs(60_000)).toBe(10_000);
    expect(window.waitMs(500_000)).toBe(0);
  });

  it('is a rate in the long run', () => {
    expect(new SlidingWindow(20, 60_000).perSecond).toBeCloseTo(1 / 3);
    expect(new SlidingWindow(Infinity, 60_000).perSecond).toBe(Infinity);
  });

  it('never lets more begin in any span, whenever they come', () => {
    const arrivals = fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 120 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), arrivals, (limit, pauses) => {
        const window = new SlidingWindow(limit, 60_000);
        const starts: number[] = [];
        let now = 0;
        for (const pause of pauses) {
          // Half of them come together.
          now += pause < 20_000 ? 0 : pause;
          const expected = window.waitMs(now);
          now += expected;
          expect(window.waitMs(now)).toBe(0);
          window.take(now);
          starts.push(now);
        }
        for (const start of starts)
          expect(starts.filter((other) => other >= start && other < start + 60_000).length).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('tells beforehand when each of those who wait will go', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 30 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), pauses, fc.nat(40), (limit, before, ahead) => {
        const window = new SlidingWindow(limit, 60_000);
        let now = 0;
        for (const pause of before) {
          now += pause + window.waitMs(now + pause);
          window.take(now);
        }
        const told = now + window.waitMs(now, ahead);
        for (let count = 0; count < ahead; count += 1) {
          now += window.waitMs(now);
          window.take(now);
        }
        expect(now + window.waitMs(now)).toBe(told);
      }),
    );
  });
});
