import type { Prices, Pricing } from '../wire/pricing.ts';
import { type Decimal, decimal, isNegative } from './decimal.ts';
import { compare } from './decimal-arithmetic.ts';
import { type PriceKey, priceKeys } from './price-key.ts';

/** The highest price of each thing, in USD. What nobody lists is absent. */
export type DearestPrices = Readonly<Partial<Record<PriceKey, Decimal>>>;

/**
 * The highest price of each thing in any of several price lists, whatever the conditions of their overrides are.
 *
 * @param lists - the price lists of those who may answer
 * @returns undefined when one of them has a price that is not known, or none for the prompt or the answer
 */
export function dearestPrices(lists: readonly Pricing[]): DearestPrices | undefined {
  const dearest: Partial<Record<PriceKey, Decimal>> = {};
  for (const prices of lists.flatMap((list): readonly Prices[] => [list, ...(list.overrides ?? [])])) {
    for (const key of priceKeys) {
      const price = read(prices[key]);
      if (price === 'unknown') return undefined;
      if (price !== undefined) dearest[key] = dearer(dearest[key], price);
    }
  }
  const isComplete = lists.length > 0 && lists.every((list) => [list.prompt, list.completion].every(isThere));
  return isComplete ? dearest : undefined;
}

/**
 * The higher of two prices.
 *
 * @param left - one; undefined when there is none
 * @param right - the other
 * @returns the higher one
 */
export function dearer(left: Decimal | undefined, right: Decimal): Decimal {
  return left === undefined || compare(left, right) < 0 ? right : left;
}

function read(listed: unknown): Decimal | 'unknown' | undefined {
  if (!isThere(listed)) return undefined;
  const price = typeof listed === 'string' || typeof listed === 'number' ? decimal(listed) : undefined;
  return price === undefined || isNegative(price) ? 'unknown' : price;
}

function isThere(listed: unknown): boolean {
  return listed !== undefined && listed !== null;
}
