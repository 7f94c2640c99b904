import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './clock.ts';

describe('the system clock', () => {
  it('counts milliseconds that only grow, and knows the date', () => {
    vi.useFakeTimers({ now: 1_700_000_000_000 });
    const start = systemClock.now();
    vi.advanceTimersByTime(250);
    expect(systemClock.now() - start).toBe(250);
    expect(systemClock.epochMs()).toBe(1_700_000_000_250);
    vi.setSystemTime(0);
    expect(systemClock.now() - start).toBe(250);
    vi.useRealTimers();
  });
});

describe('a timer of the system clock', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('runs its callback once when its time has come', () => {
    const callback = vi.fn<() => void>();
    systemClock.setTimer(callback, 50);
    vi.advanceTimersByTime(49);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(callback).toHaveBeenCalledOnce();
  });

  it('does not run it after being cancelled', () => {
    const callback = vi.fn<() => void>();
    const cancel = systemClock.setTimer(callback, 50);
    cancel();
    cancel();
    vi.advanceTimersByTime(1000);
    expect(callback).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([Infinity, 2 ** 31, 1e15])(
    'of %d milliseconds is the longest that there is, and not one that runs at once',
    (ms) => {
      const callback = vi.fn<() => void>();
      systemClock.setTimer(callback, ms);
      vi.advanceTimersByTime(2 ** 31 - 2);
      expect(callback).not.toHaveBeenCalled();
      vi.advanceTimersByTime(1);
      expect(callback).toHaveBeenCalledOnce();
    },
  );
});

describe('what a timer of the system clock does to the process', () => {
  it.each([
    ['does not keep it alive', undefined, false],
    ['does not keep it alive when told not to', false, false],
    ['keeps it alive when told so', true, true],
  ])('%s', (_what, keepsAlive, expected) => {
    const timers: NodeJS.Timeout[] = [];
    const real = globalThis.setTimeout;
    vi.stubGlobal('setTimeout', (callback: () => void, ms: number) => {
      const timer = real(callback, ms);
      timers.push(timer);
      return timer;
    });
    const cancel = systemClock.setTimer(() => undefined, 60_000, keepsAlive);
    expect(timers.map((timer) => timer.hasRef())).toEqual([expected]);
    cancel();
  });

  it('is nothing where timers are numbers, as in browsers', () => {
    vi.stubGlobal('setTimeout', () => 7);
    const cleared: unknown[] = [];
    vi.stubGlobal('clearTimeout', (timer: unknown) => cleared.push(timer));
    systemClock.setTimer(() => undefined, 10)();
    expect(cleared).toEqual([7]);
  });
});
