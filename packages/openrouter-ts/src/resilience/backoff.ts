import type { Random } from '../util/random.ts';

/** How waits grow, in milliseconds. */
export interface Backoff {
  /** The longest first wait. */
  readonly baseMs: number;
  /** The longest wait of all. */
  readonly capMs: number;
}

/** Waits after a failure that may be over in a moment. */
export const transientBackoff: Backoff = { baseMs: 500, capMs: 8_000 };

/** Waits after a refusal for too many requests. */
export const throttleBackoff: Backoff = { baseMs: 1_000, capMs: 30_000 };

/** No wait is shorter, so that clients that fail together do not return together at once. */
const floorMs = 100;

/**
 * Says how long to wait where the server did not: anything up to twice the last limit (full jitter), so that callers spread.
 *
 * @param retries - how often the call has been tried again
 * @param backoff - how waits grow
 * @param random - where chance comes from
 * @returns the wait in milliseconds
 */
export function backoffMs(retries: number, { baseMs, capMs }: Backoff, random: Random): number {
  return Math.max(floorMs, random() * Math.min(capMs, baseMs * 2 ** retries));
}

/**
 * Says how long to wait where the server did: never less, and a little more, so that callers who were told the same do not return together.
 *
 * @param retryAfterMs - what the server asked for, in milliseconds
 * @param random - where chance comes from
 * @returns the wait in milliseconds
 */
export function hintedMs(retryAfterMs: number, random: Random): number {
  return retryAfterMs + random() * Math.min(retryAfterMs / 10, 1_000);
}
