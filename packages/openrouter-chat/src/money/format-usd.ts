import { isLess, toFixed, zero, type Decimal } from './decimal.ts';
import { groupDigits } from './group-digits.ts';

const one: Decimal = { digits: 1n, scale: 0 };
const smallest: Decimal = { digits: 1n, scale: 4 };

/**
 * Writes an amount for people: cents from a dollar on, up to four places below it, and never `$0.00` for something that costs.
 *
 * @param amount - in US dollars, not negative
 * @returns for example `$1.61`, `$0.0089`, `<$0.0001` or `$0`
 */
export function formatUsd(amount: Decimal): string {
  if (!isLess(zero, amount)) return '$0';
  if (isLess(amount, smallest)) return '<$0.0001';
  if (!isLess(amount, one)) {
    const [dollars = '', cents = ''] = toFixed(amount, 2).split('.');
    return `$${groupDigits(dollars)}.${cents}`;
  }
  return `$${toFixed(amount, 4).replace(/(\.\d\d\d*?)0+$/, '$1')}`;
}
