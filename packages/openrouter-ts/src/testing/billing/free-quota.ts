const minuteMs = 60_000;
const dayMs = 86_400_000;

/** How many requests to free models there were in the minute and the day that it is now (UTC), over all keys of the account. */
export class FreeQuota {
  readonly #minute = new PeriodCount(minuteMs);
  readonly #day = new PeriodCount(dayMs);

  /**
   * Counts a request.
   *
   * @param nowMs - milliseconds since 1970
   */
  count(nowMs: number): void {
    this.#minute.count(nowMs);
    this.#day.count(nowMs);
  }

  /**
   * How many requests there were today.
   *
   * @param nowMs - milliseconds since 1970
   * @returns their number
   */
  usedToday(nowMs: number): number {
    return this.#day.at(nowMs);
  }

  /**
   * How many requests there were in this minute.
   *
   * @param nowMs - milliseconds since 1970
   * @returns their number
   */
  usedThisMinute(nowMs: number): number {
    return this.#minute.at(nowMs);
  }
}

class PeriodCount {
  readonly #periodMs: number;
  #period = 0;
  #count = 0;

  constructor(periodMs: number) {
    this.#periodMs = periodMs;
  }

  count(nowMs: number): void {
    this.#count = this.at(nowMs) + 1;
    this.#period = Math.floor(nowMs / this.#periodMs);
  }

  at(nowMs: number): number {
    return Math.floor(nowMs / this.#periodMs) === this.#period ? this.#count : 0;
  }
}
