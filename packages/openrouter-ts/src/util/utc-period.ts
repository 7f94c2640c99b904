/** A span of the calendar in UTC: a day, a week from Monday to Sunday, or a month. */
export type UtcPeriod = 'daily' | 'weekly' | 'monthly';

const dayMs = 86_400_000;

/**
 * Finds when the period began that a moment is in.
 *
 * @param period - which kind of period
 * @param epochMs - the moment, in milliseconds since 1970
 * @returns its first moment, in milliseconds since 1970
 */
export function utcPeriodStart(period: UtcPeriod, epochMs: number): number {
  const date = new Date(epochMs);
  if (period === 'monthly') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  const midnight = Math.floor(epochMs / dayMs) * dayMs;
  // Sunday is day 0, and the last of its week.
  return period === 'daily' ? midnight : midnight - ((date.getUTCDay() + 6) % 7) * dayMs;
}

/**
 * Finds when the next period begins after a moment.
 *
 * @param period - which kind of period
 * @param epochMs - the moment, in milliseconds since 1970
 * @returns the next period's first moment, in milliseconds since 1970
 */
export function nextUtcPeriod(period: UtcPeriod, epochMs: number): number {
  const start = utcPeriodStart(period, epochMs);
  if (period === 'daily') return start + dayMs;
  if (period === 'weekly') return start + 7 * dayMs;
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/**
 * Tells whether a word names a period.
 *
 * @param value - anything, typically the `limit_reset` of a key
 * @returns true for `daily`, `weekly` and `monthly`
 */
export function isUtcPeriod(value: unknown): value is UtcPeriod {
  return value === 'daily' || value === 'weekly' || value === 'monthly';
}
