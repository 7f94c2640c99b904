import { describe, expect, it } from 'vitest';
import type { Usage } from '../wire/usage.ts';
import { toText } from './decimal.ts';
import { tellCost, tellUpstreamCost } from './tell-cost.ts';

const tokens = { prompt_tokens: 14, completion_tokens: 7, total_tokens: 21 };
const withKeyOfOnesOwn: Usage = {
  ...tokens,
  cost: 0,
  is_byok: true,
  cost_details: { upstream_inference_cost: 0.0000063 },
};

describe('tellCost', () => {
  it('tells the decimal that the answer spells', () => {
    expect(toText(tellCost({ ...tokens, cost: 6e-7 }) ?? { units: -1n, scale: 0 })).toBe('0.0000006');
  });

  it('tells nothing where the answer tells nothing, and no nonsense', () => {
    for (const cost of [undefined, null, -1, Number.NaN, JSON.parse('"0.5"')])
      expect(tellCost({ ...tokens, cost })).toBeUndefined();
  });

  it("tells OpenRouter's fee alone with a provider key of one's own", () => {
    expect(tellCost(withKeyOfOnesOwn)).toEqual({ units: 0n, scale: 0 });
  });
});

describe('tellUpstreamCost', () => {
  it('tells what the provider asks for', () => {
    expect(toText(tellUpstreamCost(withKeyOfOnesOwn) ?? { units: -1n, scale: 0 })).toBe('0.0000063');
  });

  it('tells nothing where the answer tells nothing', () => {
    expect(tellUpstreamCost(tokens)).toBeUndefined();
    expect(tellUpstreamCost({ ...tokens, cost_details: null })).toBeUndefined();
    expect(tellUpstreamCost({ ...tokens, cost_details: { upstream_inference_cost: null } })).toBeUndefined();
  });
});
