import { describe, expect, it } from 'vitest';
import { toNumber } from '../../cost/decimal.ts';
import type { Pricing } from '../../wire/pricing.ts';
import { builtInModels } from '../catalogue/built-in-models.ts';
import { findModel } from '../catalogue/simulated-model.ts';
import { costOf } from './cost-of.ts';
import { noTokens } from './token-counts.ts';
import type { TokenCounts } from './token-counts.ts';

function pricingOf(id: string): Pricing {
  return findModel(builtInModels, id)?.pricing ?? { prompt: '1', completion: '1' };
}

function costUsd(id: string, tokens: Partial<TokenCounts>): number {
  return toNumber(costOf({ ...noTokens, ...tokens }, pricingOf(id)).total);
}

describe('costOf', () => {
  // The first four are bills that OpenRouter really sent.
  it.each([
    ['openai/gpt-4o-mini', { prompt: 12, completion: 1 }, 0.0000024],
    ['openai/gpt-4o-mini', { prompt: 14, completion: 3 }, 0.0000039],
    ['deepseek/deepseek-r1', { prompt: 17, completion: 215, reasoning: 213 }, 0.0005494],
    ['google/gemini-2.5-flash-image', { prompt: 4, completion: 1_290, image: 1_290 }, 0.0387012],
    ['openai/gpt-oss-20b:free', { prompt: 1_000, completion: 1_000 }, 0],
  ])('bills %s with %j as %d USD', (id, tokens, expected) => {
    expect(costUsd(id, tokens)).toBe(expected);
  });

  it('has prices of their own for tokens from the cache and tokens written to it', () => {
    const tokens = { prompt: 2_572, cacheWritten: 2_569 };
    expect(costUsd('anthropic/claude-sonnet-4.5', tokens)).toBe(0.00964275);
    expect(costUsd('anthropic/claude-sonnet-4.5', { prompt: 1_000, cached: 1_000 })).toBe(0.0003);
  });

  it('moves the whole request to the next price step only above the step', () => {
    expect(costUsd('anthropic/claude-sonnet-4.5', { prompt: 200_000 })).toBe(0.6);
    expect(costUsd('anthropic/claude-sonnet-4.5', { prompt: 200_001 })).toBe(1.200006);
  });

  it('takes a negative price as unknown and charges nothing for it', () => {
    expect(toNumber(costOf({ ...noTokens, prompt: 9 }, { prompt: '-1', completion: '-1' }).total)).toBe(0);
  });
});
