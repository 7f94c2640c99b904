import type { Prices, Pricing } from '../wire/pricing.ts';
import type { Decimal } from './decimal.ts';
import { decimal, isNegative } from './decimal.ts';
import { compare } from './decimal-arithmetic.ts';
import type { PricedMoment } from './override-applies.ts';
import { overrideApplies } from './override-applies.ts';
import type { PriceKey } from './price-key.ts';
import { priceKeys } from './price-key.ts';
import { dependsOnTime, isInUtcWindow } from './utc-window.ts';

/** A price in USD, or that there is one and it is not known: routers say `-1`, because it depends on whom they choose. */
export type Price = Decimal | 'unknown';

/** The prices that hold for one request. What is absent is not charged on its own. */
export type PricesInForce = Readonly<Partial<Record<PriceKey, Price>>>;

/** What prices are asked for. */
export interface PriceQuestion extends PricedMoment {
  /**
   * When the price list was read, in milliseconds since 1970. Default: when the request was made. A price list shows the prices of its own
   * moment, so that one which was read at another time of day may not tell the price; that price is then unknown.
   */
  readonly listedAtEpochMs?: number | undefined;
}

/**
 * The prices that hold for a request: the listed ones with every override laid over them whose conditions hold, the later ones over the
 * earlier ones. A `discount` is not taken off, because listed prices have it in them already.
 *
 * @see https://openrouter.ai/docs/guides/overview/models
 * @param pricing - the prices of a model or, better, of the endpoint that answered
 * @param question - for how large a prompt, and when
 * @returns the prices, by the names that the API has for them
 */
export function pricesFor(pricing: Pricing, question: PriceQuestion): PricesInForce {
  const prices: Partial<Record<PriceKey, Price>> = { ...pricesIn(pricing), ...outdatedPrices(pricing, question) };
  for (const override of pricing.overrides ?? []) {
    const applies = overrideApplies(override, question);
    if (applies === false) continue;
    for (const [key, price] of entriesOf(pricesIn(override))) prices[key] = applies ? price : 'unknown';
  }
  return prices;
}

function pricesIn(prices: Prices): PricesInForce {
  const found: Partial<Record<PriceKey, Price>> = {};
  for (const key of priceKeys) {
    const listed: unknown = prices[key];
    if (listed !== undefined && listed !== null) found[key] = readPrice(listed);
  }
  return found;
}

function readPrice(listed: unknown): Price {
  const price = typeof listed === 'string' || typeof listed === 'number' ? decimal(listed) : undefined;
  return price === undefined || isNegative(price) ? 'unknown' : price;
}

/** Prices that the list shows only because of the time at which it was read: what holds at other times, nobody says. */
function outdatedPrices(pricing: Pricing, { atEpochMs, listedAtEpochMs = atEpochMs }: PriceQuestion): PricesInForce {
  const outdated: Partial<Record<PriceKey, Price>> = {};
  const shown = pricesIn(pricing);
  for (const override of pricing.overrides ?? []) {
    const wasShown = dependsOnTime(override) && isInUtcWindow(override, listedAtEpochMs) === true;
    if (!wasShown || isInUtcWindow(override, atEpochMs) === true) continue;
    for (const [key, price] of entriesOf(pricesIn(override)))
      if (isSamePrice(price, shown[key])) outdated[key] = 'unknown';
  }
  return outdated;
}

/**
 * Tells whether two prices are known and equal.
 *
 * @param left - one price
 * @param right - the other
 * @returns false when one of them is not known, or not there
 */
export function isSamePrice(left: Price | undefined, right: Price | undefined): boolean {
  if (left === undefined || left === 'unknown' || right === undefined || right === 'unknown') return false;
  return compare(left, right) === 0;
}

function entriesOf(prices: PricesInForce): readonly (readonly [PriceKey, Price])[] {
  return priceKeys.flatMap((key) => {
    const price = prices[key];
    return price === undefined ? [] : [[key, price] as const];
  });
}
