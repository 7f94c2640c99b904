import { systemClock, type Clock } from '../util/clock.ts';
import { shareTimer } from '../util/share-timer.ts';

/** Node's own time, with one timer for everything. */
export const nodeClock: Clock = shareTimer(systemClock, () => globalThis.setTimeout);
