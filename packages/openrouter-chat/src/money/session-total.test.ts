import { expect, it } from 'vitest';
import { SessionTotal } from './session-total.ts';

const tokens = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

it('is nothing at first', () => {
  expect(new SessionTotal().describe()).toBe('$0');
});

it('adds up exactly', () => {
  const total = new SessionTotal();
  for (let count = 0; count < 10; count += 1) total.count({ ...tokens, cost: 0.1 });
  expect(total.describe()).toBe('$1.00');
  expect([total.answers, total.promptTokens, total.completionTokens]).toEqual([10, 1000, 200]);
});

it('says how many answers did not tell their cost', () => {
  const total = new SessionTotal();
  total.count({ ...tokens, cost: 0.0089 });
  total.count(undefined);
  total.count({ ...tokens, cost: 0, is_byok: true });
  expect(total.describe()).toBe('$0.0089 + 2 unknown');
});

it('keeps what a provider charges apart from what OpenRouter charges', () => {
  const total = new SessionTotal();
  total.count({ ...tokens, cost: 0.001, is_byok: true, cost_details: { upstream_inference_cost: 0.02 } });
  expect(total.describe()).toBe('$0.001 + $0.02 upstream');
});
