import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, decimal, isNegative, toNumber, toText, zero } from './decimal.ts';
import { compare, multiply, subtract } from './decimal-arithmetic.ts';
import type { Decimal } from './decimal.ts';

/** The other way to be exact: a numerator over a fixed, huge power of ten. */
const denominator = 10n ** 60n;
const numerator = ({ units, scale }: Decimal): bigint => units * 10n ** BigInt(60 - scale);

const decimals = fc.record({ units: fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), scale: fc.nat({ max: 25 }) });

function read(value: string | number): Decimal {
  const found = decimal(value);
  if (found === undefined) throw new Error(`${value} was not read`);
  return found;
}

describe('decimal', () => {
  it.each([
    ['0.0000025', '0.0000025'],
    ['2.5e-6', '0.0000025'],
    ['-1', '-1'],
    ['+1.50', '1.5'],
    ['12E2', '1200'],
    ['007', '7'],
    ['5.', '5'],
    ['-0', '0'],
    [' 3 ', '3'],
    [1e-7, '0.0000001'],
    [0.1, '0.1'],
    [1e21, '1000000000000000000000'],
    [5e-324, `0.${'0'.repeat(323)}5`],
    [0, '0'],
  ])('reads %j as %s', (value, text) => {
    expect(toText(read(value))).toBe(text);
  });

  it.each(['', ' ', '-', '.5', 'e5', '1e', '1e401', '1e-401', '1e99999999999', '0x10', '1_000', '1,5', 'free', 'NaN'])(
    'says that %j is no decimal',
    (text) => {
      expect(decimal(text)).toBeUndefined();
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('says that %d is no decimal', (value) => {
    expect(decimal(value)).toBeUndefined();
  });

  it('takes a number for the text that stands for it, however many digits that has', () => {
    const few = fc
      .tuple(fc.integer({ min: -(10 ** 6), max: 10 ** 6 }), fc.nat(15))
      .map(([n, e]) => Number(`${n}e-${e}`));
    const many = fc.tuple(fc.maxSafeInteger(), fc.nat(20)).map(([n, e]) => Number(`${n}e-${e}`));
    const any = fc.double({ noNaN: true, noDefaultInfinity: true });
    const close = fc.double({ min: -2_000, max: 2_000, noNaN: true });
    fc.assert(
      fc.property(fc.oneof(few, many, any, close), (value) => {
        expect(read(value)).toEqual(read(String(value)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives every number back that it was made of', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(toNumber(read(value))).toBe(value + 0);
        expect(toNumber(read(toText(read(value))))).toBe(value + 0);
      }),
    );
  });
});

describe('arithmetic', () => {
  it('adds up without the error of binary floats', () => {
    const tenths = Array.from({ length: 10 }, () => read('0.1'));
    expect(toNumber(tenths.reduce(add, zero))).toBe(1);
    expect(toText(subtract(read('0.3'), read('0.1')))).toBe('0.2');
    expect(toText(multiply(read('0.0000000833333333333333'), read(1_000)))).toBe('0.0000833333333333333');
  });

  it('is that of fractions', () => {
    fc.assert(
      fc.property(decimals, decimals, (left, right) => {
        expect(numerator(add(left, right))).toBe(numerator(left) + numerator(right));
        expect(numerator(subtract(left, right))).toBe(numerator(left) - numerator(right));
        expect(numerator(multiply(left, right))).toBe((numerator(left) * numerator(right)) / denominator);
        const difference = numerator(left) - numerator(right);
        expect(compare(left, right)).toBe(difference === 0n ? 0 : difference < 0n ? -1 : 1);
        expect(isNegative(left)).toBe(numerator(left) < 0n);
      }),
    );
  });

  it('gives the same sum in any order', () => {
    fc.assert(
      fc.property(fc.array(decimals), (amounts) => {
        const forward = amounts.reduce(add, zero);
        expect(compare(amounts.toReversed().reduce(add, zero), forward)).toBe(0);
      }),
    );
  });
});

describe('toText', () => {
  it.each([
    [{ units: 0n, scale: 5 }, '0'],
    [{ units: 1n, scale: 0 }, '1'],
    [{ units: -1_050n, scale: 3 }, '-1.05'],
    [{ units: 100n, scale: 0 }, '100'],
    [{ units: 100n, scale: 2 }, '1'],
    [{ units: 7n, scale: 9 }, '0.000000007'],
  ])('spells %o as %s', (value, text) => {
    expect(toText(value)).toBe(text);
  });

  it('can be read back, and says nothing twice', () => {
    fc.assert(
      fc.property(decimals, (value) => {
        const text = toText(value);
        expect(compare(read(text), value)).toBe(0);
        expect(text).toMatch(/^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/);
      }),
    );
  });
});

describe('toNumber', () => {
  it('rounds once, to the closest number', () => {
    expect(toNumber(read('0.10000000000000000555'))).toBe(0.1);
    expect(toNumber(read('9007199254740993'))).toBe(9_007_199_254_740_992);
    expect(toNumber(read('1.7976931348623157e308'))).toBe(Number.MAX_VALUE);
  });
});
