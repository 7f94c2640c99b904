/** Something that says how fast requests may follow each other. Times are milliseconds of a clock that only grows. */
export interface Pace {
  /** How many requests a second may be sent in the long run, as far as is known; `Infinity` for no limit. */
  readonly perSecond: number;
  /**
   * Says when a request may be sent.
   *
   * @param nowMs - the time
   * @param ahead - how many are to be sent before it; default 0
   * @returns milliseconds from now, at least; 0 for now
   */
  waitMs(nowMs: number, ahead?: number): number;
  /**
   * A request is sent.
   *
   * @param nowMs - the time
   */
  take(nowMs: number): void;
}
