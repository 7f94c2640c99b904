/**
 * Writes a whole number with commas, without loading the tables of all the world's languages.
 *
 * @param value - a number, or its digits
 * @returns for example `1,204`
 */
export function groupDigits(value: number | string): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
