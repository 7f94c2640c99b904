import { toText } from '../../src/cost/decimal.ts';
import { compare, multiply } from '../../src/cost/decimal-arithmetic.ts';
import type { Decimal } from '../../src/cost/decimal.ts';

/** Prices have few digits. A division that gives so few by chance is one in thousands. */
const mostDigits = 4;

/**
 * Divides, if the result is a number with few digits, as prices and discounts are.
 *
 * @param amount - what is divided
 * @param by - what it is divided by
 * @returns the exact quotient, or undefined when it has many digits or none at all
 */
export function dividedBy(amount: Decimal, by: Decimal): Decimal | undefined {
  if (by.units === 0n) return undefined;
  const scale = 30;
  const dividend = amount.units * 10n ** BigInt(scale + by.scale);
  const divisor = by.units * 10n ** BigInt(amount.scale);
  if (dividend % divisor !== 0n) return undefined;
  const quotient = { units: dividend / divisor, scale };
  return toText(quotient).replace(/^0\.0*|\.|0*$/g, '').length <= mostDigits ? quotient : undefined;
}

/**
 * Compares by value.
 *
 * @param left - one number
 * @param right - the other
 * @returns true when they are the same number
 */
export function isEqual(left: Decimal, right: Decimal): boolean {
  return compare(left, right) === 0;
}

/**
 * Multiplies by a whole number.
 *
 * @param value - the number
 * @param count - how often
 * @returns the product
 */
export function times(value: Decimal, count: number): Decimal {
  return multiply(value, { units: BigInt(count), scale: 0 });
}

/**
 * Spells a price as people do.
 *
 * @param price - the price of one token
 * @returns for example `$0.15/M`
 */
export function perMillion(price: Decimal): string {
  return `$${toText(times(price, 1_000_000))}/M`;
}
