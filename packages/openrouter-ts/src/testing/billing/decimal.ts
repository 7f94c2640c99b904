/** An exact decimal number: `units` times ten to the power of minus `scale`. Money is never added up in binary floats. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Nothing. */
export const zero: Decimal = { units: 0n, scale: 0 };

/**
 * Reads a decimal as the API and JSON spell it: digits, perhaps a sign, a point and an exponent.
 *
 * @param text - for example `0.0000025` or `2.5e-6`
 * @returns the exact number
 * @throws a SyntaxError when the text is not such a number
 */
export function decimal(text: string): Decimal {
  const [digits = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const units = BigInt(whole + fraction);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale };
}

/**
 * Adds exactly.
 *
 * @param left - one number
 * @param right - the other
 * @returns their sum
 */
export function plus(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { units: atScale(left, scale) + atScale(right, scale), scale };
}

/**
 * Multiplies exactly.
 *
 * @param price - for example the price of a token
 * @param count - a whole number
 * @returns their product
 */
export function times(price: Decimal, count: number): Decimal {
  return { units: price.units * BigInt(count), scale: price.scale };
}

/**
 * The closest number to an exact decimal, which is what the API's JSON shows.
 *
 * @param value - the exact number
 * @returns the number
 */
export function toNumber(value: Decimal): number {
  return Number(`${value.units}e-${value.scale}`);
}

function atScale(value: Decimal, scale: number): bigint {
  return value.units * 10n ** BigInt(scale - value.scale);
}
