import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, plus, times, toNumber, zero } from './decimal.ts';

describe('decimals', () => {
  it('add up without the error of binary floats', () => {
    let sum = zero;
    for (let index = 0; index < 10; index += 1) sum = plus(sum, decimal('0.1'));
    expect(toNumber(sum)).toBe(1);
    expect(toNumber(times(decimal('0.0000000833333333333333'), 1_000))).toBe(0.0000833333333333333);
  });

  it('give the same sum in any order', () => {
    const price = fc
      .integer({ min: -1_000_000, max: 1_000_000 })
      .map((units) => ({ units: BigInt(units), scale: units & 15 }));
    fc.assert(
      fc.property(fc.array(price), (prices) => {
        const forward = toNumber(prices.reduce(plus, zero));
        expect(toNumber(prices.reverse().reduce(plus, zero))).toBe(forward);
      }),
    );
  });
});
