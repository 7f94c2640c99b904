import type { Clock } from 'openrouter-ts';

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  epochMs: () => Date.now(),
  setTimer: (callback, ms, keepsAlive = false) => {
    const timer = setTimeout(callback, ms);
    if (!keepsAlive) timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
