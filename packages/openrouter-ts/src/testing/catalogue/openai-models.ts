import { sampling, thinking, tools } from './parameter-groups.ts';
import type { SimulatedModel } from './simulated-model.ts';

/** The simulator's models of OpenAI. */
export const openAiModels: readonly SimulatedModel[] = [
  {
    id: 'openai/gpt-4o-mini',
    name: 'OpenAI: GPT-4o-mini',
    created: 1_721_260_800,
    provider: 'OpenAI',
    pricing: { prompt: '0.00000015', completion: '0.0000006', input_cache_read: '0.000000075' },
    inputModalities: ['text', 'image', 'file'],
    tokenizer: 'GPT',
    knowledgeCutoff: '2023-10-31',
    supportedParameters: ['frequency_penalty', 'logit_bias', 'presence_penalty', ...sampling, ...tools],
    isModerated: true,
    systemFingerprint: 'fp_simulated0',
  },
  {
    id: 'openai/gpt-5-mini',
    canonicalSlug: 'openai/gpt-5-mini-2025-08-07',
    name: 'OpenAI: GPT-5 Mini',
    created: 1_754_587_407,
    provider: 'OpenAI',
    pricing: {
      prompt: '0.00000025',
      completion: '0.000002',
      web_search: '0.01',
      input_cache_read: '0.000000025',
    },
    contextLength: 400_000,
    maxCompletionTokens: 128_000,
    inputModalities: ['text', 'image', 'file'],
    tokenizer: 'GPT',
    knowledgeCutoff: '2024-05-31',
    supportedParameters: [...thinking, 'reasoning_effort', 'max_completion_tokens', ...sampling, ...tools],
    isModerated: true,
    reasoning: {
      mandatory: true,
      supported_efforts: ['high', 'medium', 'low', 'minimal'],
      default_effort: 'medium',
      format: 'openai-responses-v1',
    },
    nativeFinishReasons: { stop: 'completed', length: 'max_output_tokens', tool_calls: 'completed' },
    serviceTier: 'default',
  },
];
