import { decimal, isNegative, type Decimal, zero } from '../cost/decimal.ts';
import { compare, multiply } from '../cost/decimal-arithmetic.ts';
import { priceKeys } from '../cost/price-key.ts';
import type { Prices, Pricing } from '../wire/pricing.ts';

const million: Decimal = { units: 1_000_000n, scale: 0 };

/**
 * Reads a price of a listing.
 *
 * @param price - a decimal string in dollars, or whatever else came
 * @returns the price, or undefined when it is not known: it is missing, negative, or no number
 */
export function listedPrice(price: unknown): Decimal | undefined {
  const known = typeof price === 'string' || typeof price === 'number' ? decimal(price) : undefined;
  return known === undefined || isNegative(known) ? undefined : known;
}

/**
 * Reads a limit that a caller has set, after it was checked.
 *
 * @param price - the most that something may cost
 * @returns the limit, or undefined when there is none
 */
export function limitOf(price: string | number | null | undefined): Decimal | undefined {
  return price == null ? undefined : decimal(price);
}

/**
 * Tells whether a price is known and within a limit.
 *
 * @param price - the price of a token, as listed
 * @param limit - the most that a million of them may cost; undefined is no limit
 * @returns false for a price that is not known, unless there is no limit
 */
export function isWithinPerMillion(price: unknown, limit: Decimal | undefined): boolean {
  if (limit === undefined) return true;
  const known = listedPrice(price);
  return known !== undefined && compare(multiply(known, million), limit) <= 0;
}

/**
 * Tells whether something costs nothing, by its prices. A web search is an extra that one asks for, so its price does not count.
 *
 * @param pricing - a price list
 * @returns false when any price is above zero or not known, or would be under some condition
 */
export function isFree(pricing: Pricing): boolean {
  return (
    [pricing.prompt, pricing.completion].every(isNothing) && [pricing, ...(pricing.overrides ?? [])].every(addsNothing)
  );
}

function addsNothing(prices: Prices): boolean {
  return priceKeys.every((key) => key === 'web_search' || prices[key] === undefined || isNothing(prices[key]));
}

function isNothing(price: unknown): boolean {
  const known = listedPrice(price);
  return known !== undefined && compare(known, zero) === 0;
}
