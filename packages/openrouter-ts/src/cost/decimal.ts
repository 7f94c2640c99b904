/** An exact decimal number: `units` times ten to the power of minus `scale`. Money is never added up in binary floats. */
export interface Decimal {
  /** All digits, the sign included. */
  readonly units: bigint;
  /** How many of the digits are behind the point: a whole number, not negative. */
  readonly scale: number;
}

/** Nothing. */
export const zero: Decimal = { units: 0n, scale: 0 };

const spelling = /^([+-]?)(\d+)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;

/** No number of JSON goes beyond it, and an exponent without a limit would be a way to fill the memory. */
const largestExponent = 400;

/**
 * Reads a decimal as the API and JSON spell it: digits, perhaps a sign, a point and an exponent. A number counts as the shortest text that
 * stands for it, which is what JSON shows: 0.1 is one tenth.
 *
 * @param value - for example `0.0000025`, `2.5e-6` or the number itself
 * @returns the exact number, or undefined when it is none
 */
export function decimal(value: string | number): Decimal | undefined {
  return (typeof value === 'number' ? shortDecimal(value) : undefined) ?? parse(String(value));
}

/**
 * Reads a number of few digits, as costs are, without writing it as text first.
 *
 * A division rounds to the closest number, so a value that passes is the closest one to `units` / 10^12, which has at most 15 digits. No two decimals
 * of so few digits have the same closest number, and the shortest text that stands for the value has no more digits than that: it is this decimal.
 */
function shortDecimal(value: number): Decimal | undefined {
  let scale = 12;
  let units = Math.round(value * 1e12);
  if (!(Math.abs(units) < 1e15 && units / 1e12 === value)) return undefined;
  for (; scale > 0 && units % 10 === 0; scale -= 1) units /= 10;
  return { units: BigInt(units), scale };
}

function parse(value: string): Decimal | undefined {
  const [match, sign, whole = '', fraction = '', exponent = '0'] = spelling.exec(value.trim()) ?? [];
  if (match === undefined || Math.abs(Number(exponent)) > largestExponent) return undefined;
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  const units = sign === '-' ? -digits : digits;
  return scale < 0 ? { units: units * powerOfTen(-scale), scale: 0 } : { units, scale };
}

/**
 * Adds exactly.
 *
 * @param left - one number
 * @param right - the other
 * @returns their sum
 */
export function add(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { units: unitsAt(scale, left) + unitsAt(scale, right), scale };
}

/**
 * Tells whether a number is below zero.
 *
 * @param value - the number
 * @returns false for zero
 */
export function isNegative(value: Decimal): boolean {
  return value.units < 0n;
}

/**
 * The closest number to an exact decimal, which is what the API's JSON shows. Rounded once, here; so round last.
 *
 * @param value - the exact number
 * @returns the number
 */
export function toNumber(value: Decimal): number {
  return Number(`${value.units}e-${value.scale}`);
}

/**
 * Spells a decimal out: no exponent, no zeros that say nothing.
 *
 * @param value - the exact number
 * @returns for example `0.0000025`
 */
export function toText(value: Decimal): string {
  const digits = String(isNegative(value) ? -value.units : value.units).padStart(value.scale + 1, '0');
  const point = digits.length - value.scale;
  const fraction = digits.slice(point).replace(/0+$/, '');
  const text = fraction === '' ? digits.slice(0, point) : `${digits.slice(0, point)}.${fraction}`;
  return isNegative(value) ? `-${text}` : text;
}

/**
 * Counts how many units of a smaller size a decimal is.
 *
 * @param scale - how many digits behind the point a unit has; not fewer than the decimal's own
 * @param value - the exact number
 * @returns the units, the sign included
 */
export function unitsAt(scale: number, value: Decimal): bigint {
  return scale === value.scale ? value.units : value.units * powerOfTen(scale - value.scale);
}

/** Raising to a power takes longer than everything else that an addition does. */
const powers: bigint[] = [];

function powerOfTen(exponent: number): bigint {
  return (powers[exponent] ??= 10n ** BigInt(exponent));
}
