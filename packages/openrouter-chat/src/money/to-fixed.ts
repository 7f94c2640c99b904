import { multiply, type Decimal } from 'openrouter-ts/cost';

/**
 * Writes an exact number with so many decimal places, rounded half up.
 *
 * @param value - a number that is not negative
 * @param places - how many
 * @returns the text, for example `0.0089`
 */
export function toFixed(value: Decimal, places: number): string {
  // As many places as are wanted, or more.
  const { units, scale } = multiply(value, { units: 10n ** BigInt(places), scale: places });
  const unit = 10n ** BigInt(scale - places);
  const rounded = ((units + unit / 2n) / unit).toString().padStart(places + 1, '0');
  return places === 0 ? rounded : `${rounded.slice(0, -places)}.${rounded.slice(-places)}`;
}
