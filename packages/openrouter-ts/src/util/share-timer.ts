import type { Clock } from './clock.ts';

interface Wait {
  readonly at: number;
  readonly callback: () => void;
}

/** Having fired, the timer rests for so many milliseconds: a thousand waits that end one after the other are not looked through a thousand times. */
const restMs = 10;

/**
 * Lets all waits of a clock share one timer. Calls set timers that hardly ever fire: with a clock that shares, each only notes when it would be too late.
 * The timer stays when the last wait is cancelled, since the next is mostly a later one; it fires once in vain then. Timers that keep the process
 * alive are left to the clock itself. A wait may take ten milliseconds longer than asked for.
 *
 * @param clock - whose timer is shared
 * @param source - what sets the clock's timers at the moment: while a test has put something else in its place, nothing is shared
 * @returns the same time, with cheaper timers
 */
export function shareTimer({ now, epochMs, setTimer }: Clock, source?: () => unknown): Clock {
  const own = source?.();
  const waits = new Set<Wait>();
  let armedFor = Infinity;
  let armedBy: unknown;
  let cancelTimer: (() => void) | undefined;

  const arm = (at: number, from: number): void => {
    const setBy = source?.();
    // What was set by another would take it for a stranger's.
    if (setBy === armedBy) cancelTimer?.();
    armedFor = at;
    armedBy = setBy;
    if (at === Infinity) return;
    // Whole milliseconds: runtimes keep a list for each different duration.
    const cancel = setTimer(
      () => {
        if (cancelTimer === cancel) ring(at);
      },
      Math.ceil(at - from),
    );
    cancelTimer = cancel;
  };

  const ring = (setFor: number): void => {
    // A timer may come a fraction of a millisecond early, and a test may move timers but not the time.
    const ringsAt = Math.max(now(), setFor);
    const due = Array.from(waits).filter(({ at }) => at <= ringsAt);
    armedFor = Infinity;
    try {
      for (const wait of due.sort((one, other) => one.at - other.at)) if (waits.delete(wait)) wait.callback();
    } finally {
      // Also after one that threw: the others are still waiting.
      arm(Math.max(earliest(waits), ringsAt + restMs), ringsAt);
    }
  };

  return {
    now,
    epochMs,
    setTimer(callback, ms, keepsAlive = false) {
      const setBy = source?.();
      if (keepsAlive || setBy !== own) return setTimer(callback, ms, keepsAlive);
      const from = now();
      const wait = { at: from + ms, callback };
      waits.add(wait);
      if (wait.at < armedFor || setBy !== armedBy) arm(earliest(waits), from);
      return () => {
        waits.delete(wait);
      };
    },
  };
}

function earliest(waits: ReadonlySet<Wait>): number {
  let first = Infinity;
  for (const { at } of waits) first = Math.min(first, at);
  return first;
}
