import { add, toNumber, zero, type Decimal } from '../cost/decimal.ts';
import { subtract } from '../cost/decimal-arithmetic.ts';
import { nextUtcPeriod, utcPeriodStart, type UtcPeriod } from '../util/utc-period.ts';
import type { FigureSource, LimitFigure } from './limits-report.ts';

/** What was told of a limit. */
export interface ToldLimit {
  readonly source: FigureSource;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  readonly remaining?: Decimal | undefined;
  readonly limit?: Decimal | undefined;
  /** How often the limit begins anew; absent for never. */
  readonly period?: UtcPeriod | undefined;
}

/** One limit: what was told of it, and what was used since. */
export class LimitGauge {
  #told: ToldLimit;
  /** Everything that was ever used; the use since something was told is a difference of two of these. */
  #used: Decimal = zero;
  #usedWhenTold: Decimal = zero;

  /** @param told - what is known to begin with */
  constructor(told: ToldLimit) {
    this.#told = told;
  }

  /** All use so far: to be handed to {@link LimitGauge.tell} with what is asked for now and told later. */
  get used(): Decimal {
    return this.#used;
  }

  /** What was told last. */
  get told(): ToldLimit {
    return this.#told;
  }

  /**
   * Notes a use.
   *
   * @param amount - how much
   * @param now - milliseconds since 1970
   */
  use(amount: Decimal, now: number): void {
    // Otherwise what is used after a reset would count as used before it.
    this.#beginAnew(now);
    this.#used = add(this.#used, amount);
  }

  /**
   * Notes what was told.
   *
   * @param told - what it was
   * @param used - all use that it takes account of. Default: all so far
   */
  tell(told: ToldLimit, used: Decimal = this.#used): void {
    this.#told = told;
    this.#usedWhenTold = used;
  }

  /**
   * Says what is left.
   *
   * @param now - milliseconds since 1970
   * @returns the figure
   */
  read(now: number): LimitFigure {
    this.#beginAnew(now);
    const { source, at, remaining, limit, period } = this.#told;
    const used = subtract(this.#used, this.#usedWhenTold);
    return {
      remaining: remaining && toNumber(subtract(remaining, used)),
      limit: limit && toNumber(limit),
      usedSince: toNumber(used),
      source,
      asOf: at,
      ageMs: Math.max(0, now - at),
      resetsAt: period && nextUtcPeriod(period, now),
    };
  }

  /** What was told before a reset says nothing of what is left after it, but for the limit itself. */
  #beginAnew(now: number): void {
    const { at, limit, period } = this.#told;
    if (period === undefined) return;
    const start = utcPeriodStart(period, now);
    if (at < start) this.tell({ source: 'local', at: start, remaining: limit, limit, period });
  }
}
