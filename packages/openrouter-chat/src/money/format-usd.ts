import { compare, type Decimal } from 'openrouter-ts/cost';
import { groupDigits } from './group-digits.ts';
import { toFixed } from './to-fixed.ts';

const one: Decimal = { units: 1n, scale: 0 };
const smallest: Decimal = { units: 1n, scale: 4 };

/**
 * Writes an amount for people: cents from a dollar on, up to four places below it, and never `$0.00` for something that costs.
 *
 * @param amount - in US dollars, not negative
 * @returns for example `$1.61`, `$0.0089`, `<$0.0001` or `$0`
 */
export function formatUsd(amount: Decimal): string {
  if (amount.units <= 0n) return '$0';
  if (compare(amount, smallest) < 0) return '<$0.0001';
  if (compare(amount, one) >= 0) {
    const [dollars = '', cents = ''] = toFixed(amount, 2).split('.');
    return `$${groupDigits(dollars)}.${cents}`;
  }
  return `$${toFixed(amount, 4).replace(/(\.\d\d\d*?)0+$/, '$1')}`;
}
