import { longestTimerMs, systemClock, type Clock } from '../util/clock.ts';
import { shareTimer } from '../util/share-timer.ts';

// As they are before a test puts others in their place.
const { setTimeout, clearTimeout } = globalThis;

/** Node's own time, with one timer for everything that does not keep the process alive. */
export const nodeClock: Clock = shareTimer(systemClock, {
  set: (callback, ms) => {
    const timer = setTimeout(callback, Math.min(ms, longestTimerMs)).unref();
    return () => {
      clearTimeout(timer);
    };
  },
  isReplaced: () => globalThis.setTimeout !== setTimeout,
});
