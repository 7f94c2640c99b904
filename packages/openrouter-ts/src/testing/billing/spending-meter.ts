import { add, zero } from '../../cost/decimal.ts';
import type { Decimal } from '../../cost/decimal.ts';
import { utcPeriodStart, type UtcPeriod } from '../../util/utc-period.ts';

interface PeriodSum {
  readonly startMs: number;
  readonly sum: Decimal;
}

/** What one key spent: in all, and in the day, week and month that it is now (UTC). */
export class SpendingMeter {
  #total: Decimal = zero;
  readonly #periods = new Map<UtcPeriod, PeriodSum>();

  /** Everything so far, in USD. */
  get total(): Decimal {
    return this.#total;
  }

  /**
   * Adds a cost.
   *
   * @param cost - in USD
   * @param atMs - when, in milliseconds since 1970
   */
  add(cost: Decimal, atMs: number): void {
    this.#total = add(this.#total, cost);
    for (const period of ['daily', 'weekly', 'monthly'] as const) {
      const sum = add(this.in(period, atMs), cost);
      this.#periods.set(period, { startMs: utcPeriodStart(period, atMs), sum });
    }
  }

  /**
   * What was spent in the period that it is now.
   *
   * @param period - which kind of period
   * @param nowMs - milliseconds since 1970
   * @returns the sum, in USD
   */
  in(period: UtcPeriod, nowMs: number): Decimal {
    const current = this.#periods.get(period);
    return current?.startMs === utcPeriodStart(period, nowMs) ? current.sum : zero;
  }
}
