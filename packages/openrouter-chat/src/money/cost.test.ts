import { expect, it } from 'vitest';
import type { Usage } from 'openrouter-ts';
import { costOf, describeCost } from './cost.ts';

const tokens = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };

it.each<[name: string, usage: Usage | undefined, text: string]>([
  ['what the bill says', { ...tokens, cost: 0.0089 }, '$0.0089'],
  ['free', { ...tokens, cost: 0 }, 'free'],
  ['unknown without usage', undefined, 'cost unknown'],
  ['unknown when the bill says nothing', { ...tokens, cost: null }, 'cost unknown'],
  ['unknown when the bill is negative', { ...tokens, cost: -1 }, 'cost unknown'],
  [
    'in two parts with a key of your own',
    { ...tokens, cost: 0, is_byok: true, cost_details: { upstream_inference_cost: 0.0123 } },
    '$0 + $0.0123 upstream',
  ],
  ['in two parts of which one is unknown', { ...tokens, cost: 0.001, is_byok: true }, '$0.001 + unknown upstream'],
  [
    'in one part when the key is not your own',
    { ...tokens, cost: 0.5, is_byok: false, cost_details: { upstream_inference_cost: 0.4 } },
    '$0.50',
  ],
])('the cost is %s', (_, usage, text) => {
  expect(describeCost(costOf(usage))).toBe(text);
});
