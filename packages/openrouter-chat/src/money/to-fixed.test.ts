import fc from 'fast-check';
import { decimal } from 'openrouter-ts/cost';
import { describe, expect, it } from 'vitest';
import { toFixed } from './to-fixed.ts';

describe('an amount with so many places', () => {
  it.each([
    ['0.00895', 4, '0.0090'],
    ['0.00894', 4, '0.0089'],
    ['1.005', 2, '1.01'],
    ['2', 2, '2.00'],
    ['2.5', 0, '3'],
    ['0.00001', 4, '0.0000'],
    ['0.00014174999999999998', 6, '0.000142'],
    ['1e21', 1, '1000000000000000000000.0'],
  ])('of %s with %d is %s', (value, places, text) => {
    const exact = decimal(value);
    expect(exact && toFixed(exact, places)).toBe(text);
  });

  it('is never further off than half of its last place', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.nat(25), fc.nat(10), (units, scale, places) => {
        const text = toFixed({ units, scale }, places);
        expect(text).toMatch(places === 0 ? /^\d+$/ : new RegExp(String.raw`^\d+\.\d{${places}}$`));
        const shown = BigInt(text.replace('.', '')) * 10n ** BigInt(scale);
        const meant = units * 10n ** BigInt(places);
        const off = shown > meant ? shown - meant : meant - shown;
        expect(2n * off <= 10n ** BigInt(scale)).toBe(true);
      }),
    );
  });
});
