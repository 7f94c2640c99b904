import { add, type Decimal } from '../cost/decimal.ts';
import { compare } from '../cost/decimal-arithmetic.ts';
import { listedPrice } from './listed-price.ts';

/** The two prices that every list has. */
export interface TokenPrices {
  readonly prompt: unknown;
  readonly completion: unknown;
}

/**
 * Compares by what a token of the prompt and one of the answer cost together. What is not known comes last. It sorts an array as it is.
 *
 * @param left - one price list
 * @param right - the other
 * @returns below zero when the left one is cheaper, above zero when the right one is, 0 when neither is
 */
export function comparePrices(left: TokenPrices, right: TokenPrices): number {
  const one = priceOfBoth(left);
  const other = priceOfBoth(right);
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  return compare(one, other);
}

/**
 * What a token of the prompt and one of the answer cost together.
 *
 * @param prices - a price list
 * @returns the sum, or undefined when one of the two is not known
 */
export function priceOfBoth({ prompt, completion }: TokenPrices): Decimal | undefined {
  const one = listedPrice(prompt);
  const other = listedPrice(completion);
  return one === undefined || other === undefined ? undefined : add(one, other);
}
