import type { ApiError } from '../errors/api-error.ts';
import type { Clock } from '../util/clock.ts';

/** How long a model rests that did not say for how long, in milliseconds. */
const usualMs = 5_000;

/** No model rests longer: what was wrong may be over. */
const longestMs = 60_000;

/** The models that were overloaded or refused a moment ago: they are asked last while they rest. */
export class Cooldowns {
  readonly #clock: Clock;
  readonly #until = new Map<string, number>();

  /** @param clock - the clock that counts */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Notes why a model failed; one that was overloaded, limited or down rests.
   *
   * @param model - the model that failed
   * @param error - how
   */
  note(model: string, { status, retryAfterMs = usualMs }: ApiError): void {
    if (status !== 429 && status < 500) return;
    this.#until.set(model, this.#clock.now() + Math.min(retryAfterMs, longestMs));
  }

  /**
   * Tells whether a model rests.
   *
   * @param model - the model
   * @returns true until its rest is over
   */
  isResting(model: string): boolean {
    const until = this.#until.get(model);
    if (until === undefined) return false;
    if (until > this.#clock.now()) return true;
    this.#until.delete(model);
    return false;
  }
}
