import type { Random } from './seeded-random.ts';
import { between } from './seeded-random.ts';

/**
 * How fast answers come: `instant` without any wait, `human` about as fast as a real model, or so many milliseconds before the first
 * piece and between the pieces.
 */
export type Pace = 'instant' | 'human' | { readonly firstMs: number; readonly chunkMs: number };

/** The waits of one answer, in milliseconds. */
export interface Waits {
  /** How long until the first piece. */
  readonly firstMs: number;
  /** How long until the next piece. */
  readonly nextMs: () => number;
}

/**
 * Works out the waits of one answer.
 *
 * @param pace - how fast it comes
 * @param random - what makes waits differ at human pace
 * @returns the waits
 */
export function waitsOf(pace: Pace, random: Random): Waits {
  if (pace === 'instant') return { firstMs: 0, nextMs: () => 0 };
  if (pace === 'human') return { firstMs: between(random, 400, 1_100), nextMs: () => between(random, 12, 48) };
  return { firstMs: pace.firstMs, nextMs: () => pace.chunkMs };
}
