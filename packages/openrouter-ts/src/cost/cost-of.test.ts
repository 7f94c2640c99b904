import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pricing } from '../wire/pricing.ts';
import type { Usage } from '../wire/usage.ts';
import { costOf } from './cost-of.ts';
import type { CostOptions } from './cost-of.ts';
import { add, isNegative, toText, zero } from './decimal.ts';
import { compare } from './decimal-arithmetic.ts';
import { priceKeys } from './price-key.ts';

const noon = Date.parse('2026-08-18T12:00:00Z');
const tokens = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };

function textOf(usage: Partial<Usage>, pricing: Partial<Pricing>, options: Partial<CostOptions> = {}): unknown {
  const prices = { prompt: '1', completion: '2', ...pricing };
  const cost = costOf({ ...tokens, ...usage }, prices, { atEpochMs: noon, ...options });
  return cost.type === 'known' ? toText(cost.usd) : cost.missing;
}

describe('costOf', () => {
  it('tells the lines that the cost is made of', () => {
    const usage = {
      ...tokens,
      prompt_tokens_details: { cached_tokens: 40 },
      completion_tokens_details: { reasoning_tokens: 4 },
      server_tool_use_details: { web_search_requests: 2 },
    };
    const pricing = { prompt: '0.000003', completion: '0.000015', input_cache_read: '3e-7', web_search: '0.01' };
    const cost = costOf(usage, pricing, { atEpochMs: noon });
    const lines = cost.type === 'known' ? cost.lines : [];
    const shown = lines.map(({ what, units, pricePerUnit, usd }) => [what, units, toText(pricePerUnit), toText(usd)]);
    expect(shown).toEqual([
      ['prompt', 60, '0.000003', '0.00018'],
      ['completion', 6, '0.000015', '0.00009'],
      ['input_cache_read', 40, '0.0000003', '0.000012'],
      ['internal_reasoning', 4, '0.000015', '0.00006'],
      ['web_search', 2, '0.01', '0.02'],
    ]);
    expect(cost.type === 'known' && toText(cost.usd)).toBe('0.020342');
  });

  it.each([
    ['a cached token as one of the prompt', { prompt_tokens_details: { cached_tokens: 100 } }, {}, '120'],
    ['a cached token at its price', { prompt_tokens_details: { cached_tokens: 100 } }, { input_cache_read: '0' }, '20'],
    ['a written token as one of the prompt', { prompt_tokens_details: { cache_write_tokens: 100 } }, {}, '120'],
    ['a written token', { prompt_tokens_details: { cache_write_tokens: 100 } }, { input_cache_write: '1.25' }, '145'],
    ['sound as the prompt', { prompt_tokens_details: { audio_tokens: 10 } }, {}, '120'],
    ['sound at its price', { prompt_tokens_details: { audio_tokens: 10 } }, { audio: '3' }, '140'],
    ['pictures by the token', { prompt_tokens_details: { image_tokens: 10 } }, { image_token: '2' }, '130'],
    ['thoughts as the answer', { completion_tokens_details: { reasoning_tokens: 5 } }, {}, '120'],
    [
      'thoughts at their price',
      { completion_tokens_details: { reasoning_tokens: 5 } },
      { internal_reasoning: '3' },
      '125',
    ],
    [
      'thoughts as the answer when 0 is listed',
      { completion_tokens_details: { reasoning_tokens: 5 } },
      { internal_reasoning: '0.0' },
      '120',
    ],
    ['drawn pictures as the answer', { completion_tokens_details: { image_tokens: 5 } }, {}, '120'],
    [
      'drawn pictures at their price',
      { completion_tokens_details: { image_tokens: 5 } },
      { image_output: '30' },
      '260',
    ],
    ['spoken sound at its price', { completion_tokens_details: { audio_tokens: 5 } }, { audio_output: '3' }, '125'],
    ['each request', {}, { request: '7' }, '127'],
    ['no search when it has no price', { server_tool_use: { web_search_requests: 2 } }, {}, '120'],
  ])('bills %s', (_, usage, pricing, expected) => {
    expect(textOf(usage, pricing)).toBe(expected);
  });

  it('bills what is kept for an hour at its price, or as what is kept for five minutes, or as the prompt', () => {
    const usage = {
      prompt_tokens_details: { cache_write_tokens: 100 },
      cache_creation: { ephemeral_1h_input_tokens: 50 },
    };
    expect(textOf(usage, { input_cache_write: '1.25', input_cache_write_1h: '2' })).toBe('182.5');
    expect(textOf(usage, { input_cache_write: '1.25' })).toBe('145');
    expect(textOf(usage, {})).toBe('120');
  });

  it('bills sound from the cache at its price, or as other tokens from the cache', () => {
    const usage = {
      prompt_tokens_details: { cached_tokens: 50, audio_tokens: 20 },
      cost_details: { input_audio_cache_read_tokens: 20 },
    };
    expect(textOf(usage, { input_cache_read: '0.1', input_audio_cache: '0.5' })).toBe('83');
    expect(textOf(usage, { input_cache_read: '0.1' })).toBe('75');
  });

  it('bills pictures in the prompt if it is told of them, but not those whose price is that of a token', () => {
    expect(textOf({}, { image: '5' })).toBe('120');
    expect(textOf({}, { image: '5' }, { promptImages: 3 })).toBe('135');
    expect(textOf({}, { image: '1.0' }, { promptImages: 3 })).toBe('120');
  });

  it('bills the whole request at the next step only above the step', () => {
    const pricing = { overrides: [{ min_prompt_tokens: 100, prompt: '3' }] };
    expect(textOf({}, pricing)).toBe('120');
    expect(textOf({ prompt_tokens: 101 }, pricing)).toBe('323');
  });

  it('bills by the time of the request', () => {
    const pricing = { overrides: [{ utc_start: 1_200, utc_end: 1_201, completion: '0' }] };
    expect(textOf({}, pricing)).toBe('100');
    expect(textOf({}, pricing, { atEpochMs: noon - 1 })).toBe('120');
    const listedByNight = { completion: '0', overrides: [{ utc_start: 0, utc_end: 400, completion: '0' }] };
    expect(textOf({}, listedByNight, { listedAtEpochMs: Date.parse('2026-08-18T00:00:00Z') })).toEqual(['completion']);
  });

  it('names the prices that it does not know', () => {
    expect(textOf({}, { prompt: '-1', completion: '-1' })).toEqual(['prompt', 'completion']);
    expect(textOf({ prompt_tokens_details: { cached_tokens: 10 } }, { prompt: '-1' })).toEqual([
      'prompt',
      'input_cache_read',
    ]);
    expect(textOf({ completion_tokens: 0 }, { completion: '-1' })).toBe('100');
    expect(textOf({}, { request: '-1' })).toEqual(['request']);
  });

  it('does not take a list without the prices of tokens for one that is free of charge', () => {
    expect(costOf(tokens, JSON.parse('{}'), { atEpochMs: noon })).toEqual({
      type: 'unknown',
      missing: ['prompt', 'completion'],
    });
  });

  it('does not take an answer without counts for one that is free of charge', () => {
    expect(textOf({ prompt_tokens: Number.NaN }, {})).toEqual(['prompt', 'completion']);
  });

  it('is what its lines add up to, and never below zero', () => {
    const count = fc.nat(1_000_000);
    const usages: fc.Arbitrary<Usage> = fc.record({
      prompt_tokens: count,
      completion_tokens: count,
      total_tokens: count,
      prompt_tokens_details: fc.record({ cached_tokens: count, cache_write_tokens: count, audio_tokens: count }),
      completion_tokens_details: fc.record({ reasoning_tokens: count, image_tokens: count }),
      server_tool_use_details: fc.record({ web_search_requests: fc.nat(9) }),
    });
    const price = fc.tuple(fc.integer({ min: -3, max: 999 }), fc.nat(12)).map(([units, scale]) => `${units}e-${scale}`);
    const optional = fc.record(Object.fromEntries(priceKeys.map((key) => [key, price])), { requiredKeys: [] });
    const prices = fc
      .record({ optional, prompt: price, completion: price })
      .map(({ optional: others, ...both }) => ({ ...others, ...both }));
    fc.assert(
      fc.property(usages, prices, count, (usage, listed, step) => {
        const overrides = [{ min_prompt_tokens: step, completion: '1' }];
        const cost = costOf(usage, { ...listed, overrides }, { atEpochMs: noon });
        const lines = cost.type === 'known' ? cost.lines : [];
        const usd = cost.type === 'known' ? cost.usd : zero;
        expect(
          compare(
            lines.reduce((sum, line) => add(sum, line.usd), zero),
            usd,
          ),
        ).toBe(0);
        expect(lines.every((line) => !isNegative(line.usd) && line.units > 0)).toBe(true);
        expect(cost.type === 'known' || cost.missing.length > 0).toBe(true);
      }),
    );
  });
});
