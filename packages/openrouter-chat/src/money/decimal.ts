/** A number without any rounding: `digits` divided by ten to the power of `scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Nothing. */
export const zero: Decimal = { digits: 0n, scale: 0 };

/**
 * Takes a number at its decimal word: 0.1 is a tenth, and not the nearest binary fraction.
 *
 * @param value - a number as it was read from JSON
 * @returns the decimal, or undefined for a value that is not finite
 */
export function decimalOf(value: number): Decimal | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(sign + whole + fraction);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/**
 * Adds exactly.
 *
 * @param a - one number
 * @param b - the other
 * @returns their sum
 */
export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: raise(a, scale) + raise(b, scale), scale };
}

/**
 * Writes a number with so many decimal places, rounded half up.
 *
 * @param value - a number that is not negative
 * @param places - how many
 * @returns the text, for example `0.0089`
 */
export function toFixed(value: Decimal, places: number): string {
  const surplus = BigInt(Math.max(0, value.scale - places));
  const unit = 10n ** surplus;
  const raised = raise(value, Math.max(value.scale, places));
  const rounded = ((raised + unit / 2n) / unit).toString().padStart(places + 1, '0');
  return places === 0 ? rounded : `${rounded.slice(0, -places)}.${rounded.slice(-places)}`;
}

/**
 * Compares exactly.
 *
 * @param a - one number
 * @param b - the other
 * @returns true when the first is less
 */
export function isLess(a: Decimal, b: Decimal): boolean {
  const scale = Math.max(a.scale, b.scale);
  return raise(a, scale) < raise(b, scale);
}

function raise({ digits, scale }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - scale);
}
