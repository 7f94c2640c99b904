import type { PricingOverride } from '../wire/pricing.ts';

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * Tells whether a moment lies in the times that a price is for. A window includes its start and not its end, and runs past midnight when it
 * ends before it starts; the days are those of the moment itself, so that the hours after midnight belong to the next day.
 *
 * @see https://openrouter.ai/docs/guides/overview/models
 * @param window - hours as `HHMM`, days, or both
 * @param epochMs - the moment, in milliseconds since 1970
 * @returns undefined when the window or the moment cannot be read
 */
export function isInUtcWindow(
  { utc_start: start = 0, utc_end: end = 2_400, utc_days: onDays }: PricingOverride,
  epochMs: number,
): boolean | undefined {
  const moment = new Date(epochMs);
  const clock = moment.getUTCHours() * 100 + moment.getUTCMinutes();
  const isReadable: boolean =
    [clock, start, end].every(Number.isFinite) && (onDays === undefined || Array.isArray(onDays));
  if (!isReadable) return undefined;
  if (onDays?.some((day) => days.indexOf(day) === moment.getUTCDay()) === false) return false;
  return start <= end ? start <= clock && clock < end : start <= clock || clock < end;
}

/**
 * Tells whether an override is for certain times only.
 *
 * @param override - the override
 * @returns true when it has hours or days
 */
export function dependsOnTime({ utc_start: start, utc_end: end, utc_days: onDays }: PricingOverride): boolean {
  return start !== undefined || end !== undefined || onDays !== undefined;
}
