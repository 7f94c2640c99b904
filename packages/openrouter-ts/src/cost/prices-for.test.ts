import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pricing } from '../wire/pricing.ts';
import { toText } from './decimal.ts';
import { isSamePrice, pricesFor } from './prices-for.ts';
import type { PriceQuestion } from './prices-for.ts';

const noon = Date.parse('2026-08-18T12:00:00Z');
const night = Date.parse('2026-08-18T02:00:00Z');

function texts(pricing: Pricing, question: Partial<PriceQuestion> = {}): Record<string, string> {
  const prices = pricesFor(pricing, { promptTokens: 10, atEpochMs: noon, ...question });
  return Object.fromEntries(
    Object.entries(prices).map(([key, price]) => [key, price === 'unknown' ? price : toText(price)]),
  );
}

describe('pricesFor', () => {
  it('gives what is listed, and nothing for what is not', () => {
    expect(texts({ prompt: '0.0000030', completion: '1.5e-5', request: '0' })).toEqual({
      prompt: '0.000003',
      completion: '0.000015',
      request: '0',
    });
  });

  it.each(['-1', '-0.5', '', 'free', 'NaN', 'Infinity', {}, true])(
    'takes %j for a price that is not known',
    (price) => {
      expect(texts({ prompt: JSON.parse(JSON.stringify(price)), completion: '1' })).toEqual({
        prompt: 'unknown',
        completion: '1',
      });
    },
  );

  it('takes null for no price, and a number for its text', () => {
    expect(texts(JSON.parse('{"prompt":1e-7,"completion":"1","request":null}'))).toEqual({
      prompt: '0.0000001',
      completion: '1',
    });
  });

  it('takes no discount off: it is in the listed prices', () => {
    expect(texts({ prompt: '0.65', completion: '2', discount: 0.35 })).toEqual({ prompt: '0.65', completion: '2' });
  });
});

describe('overrides', () => {
  const steps: Pricing = {
    prompt: '1',
    completion: '2',
    input_cache_read: '0.1',
    overrides: [
      { min_prompt_tokens: 32_000, prompt: '3', completion: '4' },
      { min_prompt_tokens: 128_000, prompt: '5' },
    ],
  };

  it.each([
    [32_000, '1', '2'],
    [32_001, '3', '4'],
    [128_000, '3', '4'],
    [128_001, '5', '4'],
  ])('with %d tokens of prompt cost %s and %s: later ones win, what they leave out stays', (tokens, prompt, answer) => {
    expect(texts(steps, { promptTokens: tokens })).toEqual({ prompt, completion: answer, input_cache_read: '0.1' });
  });

  it('win by their place and not by their step', () => {
    const reversed = { ...steps, overrides: steps.overrides?.toReversed() };
    expect(texts(reversed, { promptTokens: 200_000 })).toMatchObject({ prompt: '3', completion: '4' });
  });

  it('may bring a price that the list has not, and one that is not known', () => {
    const pricing: Pricing = {
      prompt: '1',
      completion: '2',
      overrides: [{ min_prompt_tokens: 5, audio: '3', prompt: '-1' }],
    };
    expect(texts(pricing)).toEqual({ prompt: 'unknown', completion: '2', audio: '3' });
  });

  it('leave prices unknown when nobody can tell whether they apply, until a later one that does', () => {
    const unsure = { region: 'eu', prompt: '3' };
    expect(texts({ prompt: '1', completion: '2', overrides: [unsure] })).toEqual({
      prompt: 'unknown',
      completion: '2',
    });
    expect(texts({ prompt: '1', completion: '2', overrides: [unsure, { prompt: '4' }] })).toEqual({
      prompt: '4',
      completion: '2',
    });
  });

  it('give prices that are listed somewhere, whatever is asked', () => {
    const price = fc.option(fc.nat(99).map(String), { nil: undefined });
    const override = fc.record(
      { min_prompt_tokens: fc.nat(5), utc_start: fc.nat(23).map((hour) => hour * 100), prompt: price },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(override), fc.nat(10), fc.nat(100_000_000), (overrides, promptTokens, atEpochMs) => {
        const listed = ['7', ...overrides.map(({ prompt }) => prompt)];
        const { prompt } = texts({ prompt: '7', completion: '1', overrides }, { promptTokens, atEpochMs });
        expect(listed).toContain(prompt);
      }),
    );
  });
});

describe('prices by the time of day', () => {
  const atNight = { utc_start: 100, utc_end: 400, prompt: '0.5', completion: '1' };

  it('hold inside their window', () => {
    const pricing = { prompt: '1', completion: '2', overrides: [atNight] };
    expect(texts(pricing, { atEpochMs: night })).toEqual({ prompt: '0.5', completion: '1' });
    expect(texts(pricing, { atEpochMs: noon })).toEqual({ prompt: '1', completion: '2' });
    expect(texts(pricing, { atEpochMs: night, listedAtEpochMs: noon })).toEqual({ prompt: '0.5', completion: '1' });
  });

  it('are not known by day from a list that was read at night and shows the prices of the night', () => {
    const listedAtNight = { prompt: '0.50', completion: '1', request: '3', overrides: [atNight] };
    const question = { atEpochMs: noon, listedAtEpochMs: night };
    expect(texts(listedAtNight, question)).toEqual({ prompt: 'unknown', completion: 'unknown', request: '3' });
    expect(texts(listedAtNight, { atEpochMs: night + 1, listedAtEpochMs: night })).toEqual({
      prompt: '0.5',
      completion: '1',
      request: '3',
    });
    const byDay = { utc_start: 1_000, utc_end: 1_400, prompt: '2', completion: '3' };
    expect(texts({ ...listedAtNight, overrides: [atNight, byDay] }, question)).toMatchObject({
      prompt: '2',
      completion: '3',
    });
  });

  it('are known from a list that was read at night and shows the prices of the day', () => {
    const listed = { prompt: '1', completion: '2', overrides: [atNight] };
    expect(texts(listed, { atEpochMs: noon, listedAtEpochMs: night })).toEqual({ prompt: '1', completion: '2' });
  });

  it('are of no matter to prices by the size of the prompt', () => {
    const listed = { prompt: '1', completion: '2', overrides: [{ min_prompt_tokens: 100, prompt: '1' }] };
    expect(texts(listed, { atEpochMs: noon, listedAtEpochMs: night })).toEqual({ prompt: '1', completion: '2' });
  });
});

describe('isSamePrice', () => {
  const one = { units: 1n, scale: 0 };

  it('compares by value', () => {
    expect(isSamePrice(one, { units: 10n, scale: 1 })).toBe(true);
    expect(isSamePrice(one, { units: 11n, scale: 1 })).toBe(false);
  });

  it('finds nothing the same as what is not known or not there', () => {
    expect(isSamePrice('unknown', 'unknown')).toBe(false);
    expect(isSamePrice(undefined, undefined)).toBe(false);
    expect(isSamePrice(one, 'unknown')).toBe(false);
    expect(isSamePrice(one, undefined)).toBe(false);
  });
});
