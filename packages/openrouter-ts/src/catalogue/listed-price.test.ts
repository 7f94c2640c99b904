import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toText } from '../cost/decimal.ts';
import { isFree, isWithinPerMillion, limitOf, listedPrice } from './listed-price.ts';

describe('a listed price', () => {
  it.each([
    ['0.0000025', '0.0000025'],
    ['2.5e-6', '0.0000025'],
    ['0', '0'],
    [0.5, '0.5'],
  ])('%j is %s', (price, text) => {
    const known = listedPrice(price);
    expect(known && toText(known)).toBe(text);
  });

  it.each(['-1', -1, '', 'free', null, undefined, Number.NaN, {}])('%j is not known', (price) => {
    expect(listedPrice(price)).toBeUndefined();
  });

  it('is compared with the price of a million to the last digit', () => {
    const spelled = (units: bigint, whole: number): string => {
      const digits = String(units).padStart(30, '0');
      return `${digits.slice(0, whole)}.${digits.slice(whole)}`;
    };
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 18n }), (units) => {
        const price = spelled(units, 6);
        expect(isWithinPerMillion(price, limitOf(spelled(units, 12)))).toBe(true);
        expect(isWithinPerMillion(price, limitOf(spelled(units - 1n, 12)))).toBe(false);
      }),
    );
  });

  it('is never low when it is not known, and never too high without a limit', () => {
    expect(isWithinPerMillion('-1', limitOf(1_000_000))).toBe(false);
    expect(isWithinPerMillion('-1', limitOf(undefined))).toBe(true);
    expect(isWithinPerMillion('5', limitOf(null))).toBe(true);
  });
});

describe('what costs nothing', () => {
  it.each([
    { prompt: '0', completion: '0' },
    { prompt: '0', completion: '0.000', request: '0', web_search: '0.01' },
    { prompt: '0', completion: '0', overrides: [{ min_prompt_tokens: 10, prompt: '0' }] },
  ])('has prices of zero: %j', (pricing) => {
    expect(isFree(pricing)).toBe(true);
  });

  it.each([
    { prompt: '0', completion: '0.0000001' },
    { prompt: '-1', completion: '-1' },
    { prompt: '0', completion: '0', request: '0.01' },
    { prompt: '0', completion: '0', image_output: '-1' },
    { prompt: '0', completion: '0', overrides: [{ min_prompt_tokens: 10, prompt: '0.1' }] },
    JSON.parse('{"completion":"0"}') as { prompt: string; completion: string },
  ])('is not %j', (pricing) => {
    expect(isFree(pricing)).toBe(false);
  });
});
