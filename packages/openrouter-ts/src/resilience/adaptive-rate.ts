import type { Pace } from './pace.ts';

/** After a refusal the rate falls to this part of what the server took. */
const decrease = 0.7;

/** How steeply the rate grows again: requests a second for each cubed second. */
const growth = 0.4;

/** The rate is never lower, in requests a second. */
const slowest = 0.5;

/** How long the pieces are in which it is measured what the server takes, in seconds. */
const sliceS = 0.5;

/** How much the newest piece counts. */
const smoothing = 0.8;

/** So long after the last refusal nothing is known of the limit any more, in seconds. */
const memoryS = 60;

/**
 * Finds out how many requests a second a server takes. There is no limit until the first refusal; from then on each refusal lowers the rate, and without
 * one it grows back: quickly to where the last refusal came, carefully around it, and faster beyond (the curve is a cubic one, as in TCP CUBIC).
 * Without any refusal for a minute the limit is forgotten.
 */
export class AdaptiveRate implements Pace {
  #rate = Infinity;
  #tokens = 0;
  #filledAt = 0;
  #frozenUntil = 0;
  #measured = 0;
  #sliceStart = 0;
  #taken = 0;
  #refusedAt = -Infinity;
  #rateAtRefusal = 0;

  /** {@inheritDoc Pace.perSecond} */
  get perSecond(): number {
    return this.#rate;
  }

  /** {@inheritDoc Pace.waitMs} */
  waitMs(nowMs: number): number {
    if (this.#rate === Infinity) return 0;
    const now = nowMs / 1000;
    if (now - Math.max(this.#refusedAt, this.#frozenUntil) > memoryS) this.#rate = Infinity;
    this.#fill(now);
    // A thousandth of a token is what floating-point sums may lose.
    const refilled = this.#tokens >= 0.999 ? 0 : (1 - this.#tokens) / this.#rate;
    return Math.max(0, this.#frozenUntil - now, refilled) * 1000;
  }

  /** {@inheritDoc Pace.take} */
  take(): void {
    if (this.#rate !== Infinity) this.#tokens -= 1;
  }

  /**
   * The server refused a request for its rate.
   *
   * @param sentAtMs - when it was sent
   * @param nowMs - the time, by the same clock
   * @param pauseMs - how long it asked to wait, if it did, in milliseconds
   */
  refused(sentAtMs: number, nowMs: number, pauseMs = 0): void {
    const now = nowMs / 1000;
    this.#measure(now);
    this.#frozenUntil = Math.max(this.#frozenUntil, now + pauseMs / 1000);
    // Those that were under way together are refused together: that is one piece of news.
    if (sentAtMs / 1000 <= this.#refusedAt) return;
    // What it takes, not what it was sent: a server that has become slow is followed at once.
    this.#rateAtRefusal = Math.min(this.#rate, Math.max(this.#measured, this.#taken / sliceS));
    this.#refusedAt = now;
    this.#become(this.#rateAtRefusal * decrease, now);
  }

  /**
   * The server took a request.
   *
   * @param nowMs - the time
   */
  succeeded(nowMs: number): void {
    const now = nowMs / 1000;
    this.#measure(now);
    this.#taken += 1;
    if (this.#rate === Infinity) return;
    const backAfter = Math.cbrt((this.#rateAtRefusal * (1 - decrease)) / growth);
    const grown = growth * (now - this.#refusedAt - backAfter) ** 3 + this.#rateAtRefusal;
    // No further than what is used can prove; but what is not used for a while is not lost.
    this.#become(Math.max(this.#rate, Math.min(grown, 2 * this.#measured)), now);
  }

  #become(rate: number, now: number): void {
    this.#fill(now);
    this.#rate = Math.max(rate, slowest);
    this.#tokens = Math.min(this.#tokens, Math.max(1, this.#rate));
  }

  #fill(now: number): void {
    if (this.#rate !== Infinity)
      this.#tokens = Math.min(Math.max(1, this.#rate), this.#tokens + (now - this.#filledAt) * this.#rate);
    this.#filledAt = now;
  }

  #measure(now: number): void {
    const slices = Math.floor((now - this.#sliceStart) / sliceS);
    if (slices < 1) return;
    const current = this.#taken / (slices * sliceS);
    this.#measured = current * smoothing + this.#measured * (1 - smoothing);
    this.#taken = 0;
    this.#sliceStart += slices * sliceS;
  }
}
