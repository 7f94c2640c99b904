import { toNumber } from '../../cost/decimal.ts';
import type { Usage } from '../../wire/usage.ts';
import type { Cost } from './cost-of.ts';
import type { TokenCounts } from './token-counts.ts';

/**
 * Tokens and their cost as an answer reports them, with every field that today's answers have.
 *
 * @param tokens - how many tokens there were
 * @param cost - what they cost
 * @returns the `usage` of the answer
 */
export function usageOf(tokens: TokenCounts, cost: Cost): Usage {
  return {
    prompt_tokens: tokens.prompt,
    completion_tokens: tokens.completion,
    total_tokens: tokens.prompt + tokens.completion,
    cost: toNumber(cost.total),
    is_byok: false,
    prompt_tokens_details: {
      cached_tokens: tokens.cached,
      cache_write_tokens: tokens.cacheWritten,
      audio_tokens: 0,
      video_tokens: 0,
    },
    cost_details: {
      upstream_inference_cost: toNumber(cost.total),
      upstream_inference_prompt_cost: toNumber(cost.prompt),
      upstream_inference_completions_cost: toNumber(cost.completion),
    },
    completion_tokens_details: { reasoning_tokens: tokens.reasoning, image_tokens: tokens.image, audio_tokens: 0 },
  };
}
