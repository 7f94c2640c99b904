import type { Pace } from './pace.ts';

/** Lets no more than so many requests begin in any span of a length: a server that counts in minutes finds no minute with more, wherever it begins them. */
export class SlidingWindow implements Pace {
  readonly #limit: number;
  readonly #spanMs: number;
  #starts: number[] = [];

  /**
   * @param limit - how many requests, a whole number
   * @param spanMs - in how many milliseconds
   */
  constructor(limit: number, spanMs: number) {
    this.#limit = limit;
    this.#spanMs = spanMs;
  }

  /** {@inheritDoc Pace.perSecond} */
  get perSecond(): number {
    return (this.#limit * 1000) / this.#spanMs;
  }

  /** {@inheritDoc Pace.waitMs} */
  waitMs(nowMs: number, ahead = 0): number {
    // Each begins a span after the one that is as many before it as the limit allows.
    const spans = Math.floor(ahead / this.#limit);
    const index = this.#starts.length - this.#limit + (ahead % this.#limit);
    // Looking beyond an array takes much longer than a look into it.
    const before = index < 0 ? undefined : this.#starts[index];
    const first = before === undefined ? 0 : Math.max(0, before + this.#spanMs - nowMs);
    return first + spans * this.#spanMs;
  }

  /** {@inheritDoc Pace.take} */
  take(nowMs: number): void {
    if (this.#starts.length >= 2 * this.#limit) this.#starts = this.#starts.slice(-this.#limit);
    this.#starts.push(nowMs);
  }
}
