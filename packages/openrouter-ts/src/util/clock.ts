/** Time as a parameter, so that tests can hold it in their hands. */
export interface Clock {
  /** Milliseconds that only grow: for measuring waits, whatever happens to the wall clock. */
  readonly now: () => number;
  /** Milliseconds since 1970 by the wall clock: for dates that a server names. */
  readonly epochMs: () => number;
  /**
   * Runs `callback` once after `ms` milliseconds, unless the returned function is called first.
   * The timer does not keep the process alive unless `keepsAlive` is true.
   */
  readonly setTimer: (callback: () => void, ms: number, keepsAlive?: boolean) => () => void;
}

/** Runtimes count timers in 31 bits of milliseconds; a longer one would fire at once. */
export const longestTimerMs = 2_147_483_647;

/** The runtime's own time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  epochMs: () => Date.now(),
  setTimer: (callback, ms, keepsAlive = false) => {
    const timer = setTimeout(callback, Math.min(ms, longestTimerMs));
    if (!keepsAlive) letProcessExit(timer);
    return () => {
      clearTimeout(timer);
    };
  },
};

function letProcessExit(timer: NodeJS.Timeout | number): void {
  // Browsers and Workers hand out numbers, which never keep anything alive.
  if (typeof timer !== 'number') timer.unref();
}
