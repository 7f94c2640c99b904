import type { Pricing } from '../../wire/pricing.ts';
import { sampling, thinking, tools } from './parameter-groups.ts';
import type { NativeFinishReasons, SimulatedModel } from './simulated-model.ts';

const reasons: NativeFinishReasons = { stop: 'end_turn', length: 'max_tokens', tool_calls: 'tool_use' };

const haikuPricing: Pricing = {
  prompt: '0.000001',
  completion: '0.000005',
  web_search: '0.01',
  input_cache_read: '0.0000001',
  input_cache_write: '0.00000125',
  input_cache_write_1h: '0.000002',
};

/** The simulator's models of Anthropic. */
export const anthropicModels: readonly SimulatedModel[] = [
  {
    id: 'anthropic/claude-sonnet-4.5',
    canonicalSlug: 'anthropic/claude-4.5-sonnet-20250929',
    name: 'Anthropic: Claude Sonnet 4.5',
    created: 1_759_161_676,
    provider: 'Anthropic',
    pricing: {
      prompt: '0.000003',
      completion: '0.000015',
      web_search: '0.01',
      input_cache_read: '0.0000003',
      input_cache_write: '0.00000375',
      input_cache_write_1h: '0.000006',
      overrides: [
        {
          min_prompt_tokens: 200_000,
          prompt: '0.000006',
          completion: '0.0000225',
          input_cache_read: '0.0000006',
          input_cache_write: '0.0000075',
          input_cache_write_1h: '0.000012',
        },
      ],
    },
    contextLength: 1_000_000,
    maxCompletionTokens: 64_000,
    inputModalities: ['text', 'image', 'file'],
    tokenizer: 'Claude',
    knowledgeCutoff: '2025-01-31',
    supportedParameters: [...thinking, 'top_k', ...sampling, ...tools],
    isModerated: true,
    reasoning: { mandatory: false, format: 'anthropic-claude-v1' },
    nativeFinishReasons: reasons,
  },
  {
    id: 'anthropic/claude-haiku-4.5',
    canonicalSlug: 'anthropic/claude-4.5-haiku-20251001',
    name: 'Anthropic: Claude Haiku 4.5',
    created: 1_760_547_638,
    provider: 'Anthropic',
    pricing: haikuPricing,
    contextLength: 200_000,
    maxCompletionTokens: 64_000,
    inputModalities: ['text', 'image', 'file'],
    tokenizer: 'Claude',
    supportedParameters: [...thinking, 'top_k', ...sampling, ...tools],
    isModerated: true,
    reasoning: { mandatory: false, format: 'anthropic-claude-v1' },
    nativeFinishReasons: reasons,
  },
  {
    id: '~anthropic/claude-haiku-latest',
    name: 'Anthropic Claude Haiku Latest',
    pricing: haikuPricing,
    contextLength: 200_000,
    maxCompletionTokens: 64_000,
    inputModalities: ['text', 'image', 'file'],
    tokenizer: 'Router',
    supportedParameters: [...thinking, 'top_k', ...sampling, ...tools],
    reasoning: { mandatory: false },
    aliasOf: 'anthropic/claude-haiku-4.5',
  },
];
