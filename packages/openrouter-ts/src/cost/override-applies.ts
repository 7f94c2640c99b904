import type { PricingOverride } from '../wire/pricing.ts';
import { decimal } from './decimal.ts';
import { priceKeys } from './price-key.ts';
import { dependsOnTime, isInUtcWindow } from './utc-window.ts';

/** What a price may depend on. */
export interface PricedMoment {
  /** All tokens of the prompt, those read from the cache and written to it included. */
  readonly promptTokens: number;
  /** When the request was made, in milliseconds since 1970. */
  readonly atEpochMs: number;
}

const known: readonly string[] = [...priceKeys, 'min_prompt_tokens', 'utc_start', 'utc_end', 'utc_days'];

/**
 * Tells whether all conditions of an override hold.
 *
 * @param override - the override
 * @param moment - what is asked about
 * @returns undefined when that cannot be told, as with a condition that this library does not know
 */
export function overrideApplies(override: PricingOverride, moment: PricedMoment): boolean | undefined {
  const answers = [
    isAbove(override.min_prompt_tokens, moment.promptTokens),
    dependsOnTime(override) ? isInUtcWindow(override, moment.atEpochMs) : true,
    hasUnknownCondition(override) ? undefined : true,
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** The API says it in so many words: strictly more. */
function isAbove(threshold: unknown, promptTokens: number): boolean | undefined {
  if (threshold === undefined) return true;
  return typeof threshold === 'number' && !Number.isNaN(threshold + promptTokens)
    ? promptTokens > threshold
    : undefined;
}

/** A price for something new is spelled as all prices are; what is spelled otherwise must be a condition. */
function hasUnknownCondition(override: PricingOverride): boolean {
  return Object.entries(override).some(
    ([key, value]) => !known.includes(key) && !(typeof value === 'string' && decimal(value) !== undefined),
  );
}
