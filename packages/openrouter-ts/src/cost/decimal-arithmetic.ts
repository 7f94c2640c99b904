import { add, type Decimal } from './decimal.ts';

/**
 * Subtracts exactly.
 *
 * @param left - what is taken from
 * @param right - what is taken off
 * @returns the difference
 */
export function subtract(left: Decimal, right: Decimal): Decimal {
  return add(left, { units: -right.units, scale: right.scale });
}

/**
 * Multiplies exactly.
 *
 * @param left - for example the price of a token
 * @param right - for example how many there are
 * @returns their product
 */
export function multiply(left: Decimal, right: Decimal): Decimal {
  return { units: left.units * right.units, scale: left.scale + right.scale };
}

/**
 * Compares by value: 1.0 and 1 are equal. It sorts an array as it is.
 *
 * @param left - one number
 * @param right - the other
 * @returns −1 when the left one is smaller, 1 when it is larger, 0 when they are equal
 */
export function compare(left: Decimal, right: Decimal): -1 | 0 | 1 {
  const { units } = subtract(left, right);
  if (units === 0n) return 0;
  return units < 0n ? -1 : 1;
}
