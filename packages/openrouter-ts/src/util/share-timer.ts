import type { Clock } from './clock.ts';

interface Wait {
  readonly at: number;
  readonly callback: () => void;
}

/**
 * Lets all waits of a clock share one timer. Calls set timers that hardly ever fire: with a clock that shares, a call that is not alone under way
 * notes when it would be too late, and that is all. Timers that keep the process alive are left to the clock itself.
 *
 * @param clock - whose timer is shared
 * @returns the same time, with cheaper timers
 */
export function shareTimer(clock: Clock): Clock {
  const { now, epochMs, setTimer } = clock;
  const waits = new Set<Wait>();
  let armedFor = Infinity;
  let cancelTimer: (() => void) | undefined;

  const arm = (at: number, from: number): void => {
    cancelTimer?.();
    armedFor = at;
    // Whole milliseconds: runtimes keep a list for each different duration.
    cancelTimer = at === Infinity ? undefined : setTimer(ring, Math.ceil(at - from));
  };

  const ring = (): void => {
    // A timer may come a fraction of a millisecond early, and a test may move timers but not the time.
    const ringsAt = Math.max(now(), armedFor);
    const due = Array.from(waits).filter(({ at }) => at <= ringsAt);
    try {
      for (const wait of due.sort((one, other) => one.at - other.at)) if (waits.delete(wait)) wait.callback();
    } finally {
      // Also after one that threw: the others are still waiting.
      arm(earliest(waits), ringsAt);
    }
  };

  return {
    now,
    epochMs,
    setTimer(callback, ms, keepsAlive = false) {
      if (keepsAlive) return setTimer(callback, ms, true);
      const from = now();
      const wait = { at: from + ms, callback };
      waits.add(wait);
      if (wait.at < armedFor) arm(wait.at, from);
      return () => {
        if (waits.delete(wait) && waits.size === 0) arm(Infinity, 0);
      };
    },
  };
}

function earliest(waits: ReadonlySet<Wait>): number {
  let first = Infinity;
  for (const { at } of waits) first = Math.min(first, at);
  return first;
}
