import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, decimalOf, isLess, toFixed, zero, type Decimal } from './decimal.ts';

function decimal(value: number): Decimal {
  const result = decimalOf(value);
  if (result === undefined) throw new Error(`${value} is not finite`);
  return result;
}

describe('a decimal', () => {
  it.each<[value: number, digits: bigint, scale: number]>([
    [0, 0n, 0],
    [0.1, 1n, 1],
    [12.34, 1234n, 2],
    [-0.5, -5n, 1],
    [1e-7, 1n, 7],
    [1.25e-9, 125n, 11],
    [1e21, 10n ** 21n, 0],
    [0.00014174999999999998, 14174999999999998n, 20],
  ])('takes %s at its word', (value, digits, scale) => {
    expect(decimalOf(value)).toEqual({ digits, scale });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('is not made of %s', (value) => {
    expect(decimalOf(value)).toBeUndefined();
  });

  it('adds without rounding, where floats would drift', () => {
    const sum = Array.from({ length: 1000 }, () => decimal(0.1)).reduce(add, zero);
    expect(toFixed(sum, 6)).toBe('100.000000');
    expect(add(decimal(0.1), decimal(0.2))).toEqual(decimal(0.3));
  });

  it('adds in any order to the same', () => {
    const amount = fc.double({ min: 0, max: 1000, noNaN: true }).map(decimal);
    fc.assert(
      fc.property(amount, amount, amount, (a, b, c) => {
        const one = add(add(a, b), c);
        const other = add(c, add(b, a));
        expect([isLess(one, other), isLess(other, one)]).toEqual([false, false]);
      }),
    );
  });

  it.each([
    [0.00895, 4, '0.0090'],
    [0.00894, 4, '0.0089'],
    [1.005, 2, '1.01'],
    [2, 2, '2.00'],
    [2.5, 0, '3'],
    [0.00001, 4, '0.0000'],
  ])('writes %s with %s places as %s', (value, places, text) => {
    expect(toFixed(decimal(value), places)).toBe(text);
  });

  it('is compared across scales', () => {
    expect(isLess(decimal(0.09), decimal(0.1))).toBe(true);
    expect(isLess(decimal(0.1), decimal(0.1))).toBe(false);
  });
});
