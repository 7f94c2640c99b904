import type { Clock } from './clock.ts';

interface Wait {
  readonly at: number;
  readonly callback: () => void;
}

/** The timer that is shared. */
export interface OwnTimer {
  /** Sets it; the clock's own way unless a test can put another in its place. */
  readonly set: Clock['setTimer'];
  /** Whether a test has put another in the place of the clock's way: what is set then is the test's affair, and is not shared. */
  readonly isReplaced: () => boolean;
}

/** Having fired, the timer rests for so many milliseconds: a thousand waits that end one after the other are not looked through a thousand times. */
const restMs = 10;

/**
 * Lets all waits of a clock share one timer. Calls set timers that hardly ever fire: with a clock that shares, each only notes when it would be too late.
 * The timer stays when the last wait is cancelled, since the next is mostly a later one; it fires once in vain then. Timers that keep the process
 * alive are left to the clock itself. A wait may take ten milliseconds longer than asked for.
 *
 * @param clock - whose waits share a timer
 * @param timer - the timer
 * @returns the same time, with cheaper timers
 */
export function shareTimer({ now, epochMs, setTimer }: Clock, timer: OwnTimer): Clock {
  const waits = new Set<Wait>();
  let armedFor = Infinity;
  let cancelTimer: (() => void) | undefined;

  const arm = (at: number, from: number): void => {
    cancelTimer?.();
    armedFor = at;
    // Whole milliseconds: runtimes keep a list for each different duration.
    if (at !== Infinity) cancelTimer = timer.set(ring, Math.ceil(at - from));
  };

  const ring = (): void => {
    // A timer may come a fraction of a millisecond early, and a test may move timers but not the time.
    const ringsAt = Math.max(now(), armedFor);
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
      if (keepsAlive || timer.isReplaced()) return setTimer(callback, ms, keepsAlive);
      const from = now();
      const wait = { at: from + ms, callback };
      waits.add(wait);
      if (wait.at < armedFor) arm(wait.at, from);
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
