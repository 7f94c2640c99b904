import type { InputModality } from '../../wire/architecture.ts';
import type { ReasoningEffort } from '../../wire/reasoning.ts';
import type { SupportedParameter } from '../../wire/supported-parameter.ts';
import type { NativeFinishReasons, SimulatedModel } from './simulated-model.ts';

const sampling: readonly SupportedParameter[] = [
  'max_tokens',
  'response_format',
  'seed',
  'stop',
  'structured_outputs',
  'temperature',
  'top_p',
];
const tools: readonly SupportedParameter[] = ['tool_choice', 'tools'];
const thinking: readonly SupportedParameter[] = ['include_reasoning', 'reasoning'];
const textImageFile: readonly InputModality[] = ['text', 'image', 'file'];
const geminiReasons: NativeFinishReasons = { stop: 'STOP', length: 'MAX_TOKENS', tool_calls: 'STOP' };
const responsesReasons: NativeFinishReasons = {
  stop: 'completed',
  length: 'max_output_tokens',
  tool_calls: 'completed',
};
const efforts: readonly ReasoningEffort[] = ['high', 'medium', 'low'];

const openAiModels: readonly SimulatedModel[] = [
  {
    id: 'openai/gpt-4o-mini',
    name: 'OpenAI: GPT-4o-mini',
    created: 1_721_260_800,
    provider: 'OpenAI',
    pricing: { prompt: '0.00000015', completion: '0.0000006', input_cache_read: '0.000000075' },
    inputModalities: textImageFile,
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
    inputModalities: textImageFile,
    tokenizer: 'GPT',
    knowledgeCutoff: '2024-05-31',
    supportedParameters: [...thinking, 'reasoning_effort', 'max_completion_tokens', ...sampling, ...tools],
    isModerated: true,
    reasoning: {
      mandatory: true,
      supported_efforts: [...efforts, 'minimal'],
      default_effort: 'medium',
      format: 'openai-responses-v1',
    },
    nativeFinishReasons: responsesReasons,
    serviceTier: 'default',
  },
];

const anthropicModels: readonly SimulatedModel[] = [
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
    inputModalities: textImageFile,
    tokenizer: 'Claude',
    knowledgeCutoff: '2025-01-31',
    supportedParameters: [...thinking, 'top_k', ...sampling, ...tools],
    isModerated: true,
    reasoning: { mandatory: false, format: 'anthropic-claude-v1' },
    nativeFinishReasons: { stop: 'end_turn', length: 'max_tokens', tool_calls: 'tool_use' },
  },
];

const googleModels: readonly SimulatedModel[] = [
  {
    id: 'google/gemini-2.5-flash',
    name: 'Google: Gemini 2.5 Flash',
    created: 1_750_172_488,
    provider: 'Google',
    pricing: {
      prompt: '0.0000003',
      completion: '0.0000025',
      image: '0.0000003',
      audio: '0.000001',
      web_search: '0.014',
      internal_reasoning: '0.0000025',
      input_audio_cache: '0.0000001',
      input_cache_read: '0.00000003',
      input_cache_write: '0.0000000833333333333333',
    },
    contextLength: 1_048_576,
    maxCompletionTokens: 65_535,
    inputModalities: ['file', 'image', 'text', 'audio', 'video'],
    tokenizer: 'Gemini',
    knowledgeCutoff: '2025-01-31',
    supportedParameters: [...thinking, ...sampling, ...tools],
    reasoning: { mandatory: false, format: 'google-gemini-v1' },
    nativeFinishReasons: geminiReasons,
    stopsWhenCancelled: false,
  },
  {
    id: 'google/gemini-2.5-flash-image',
    name: 'Google: Nano Banana (Gemini 2.5 Flash Image)',
    created: 1_759_870_431,
    provider: 'Google',
    pricing: {
      prompt: '0.0000003',
      completion: '0.0000025',
      image: '0.0000003',
      image_output: '0.00003',
      input_cache_read: '0.00000003',
    },
    contextLength: 32_768,
    maxCompletionTokens: 8_192,
    inputModalities: ['image', 'text'],
    outputModalities: ['image', 'text'],
    tokenizer: 'Gemini',
    knowledgeCutoff: '2025-01-31',
    supportedParameters: sampling,
    nativeFinishReasons: geminiReasons,
    stopsWhenCancelled: false,
  },
];

const openWeightModels: readonly SimulatedModel[] = [
  {
    id: 'deepseek/deepseek-r1',
    name: 'DeepSeek: R1',
    created: 1_737_381_095,
    provider: 'Novita',
    pricing: { prompt: '0.0000007', completion: '0.0000025' },
    contextLength: 64_000,
    maxCompletionTokens: 16_000,
    tokenizer: 'DeepSeek',
    knowledgeCutoff: '2024-07-31',
    supportedParameters: [...thinking, 'top_k', ...sampling, ...tools],
    reasoning: { mandatory: true },
  },
  {
    id: 'meta-llama/llama-3.3-70b-instruct',
    name: 'Meta: Llama 3.3 70B Instruct',
    created: 1_733_506_137,
    provider: 'DeepInfra',
    pricing: { prompt: '0.0000001', completion: '0.00000032' },
    contextLength: 131_072,
    tokenizer: 'Llama3',
    knowledgeCutoff: '2023-12-31',
    supportedParameters: ['min_p', 'repetition_penalty', 'top_k', ...sampling, ...tools],
  },
  {
    id: 'openai/gpt-oss-20b:free',
    name: 'OpenAI: gpt-oss-20b (free)',
    created: 1_754_414_229,
    provider: 'OpenInference',
    pricing: { prompt: '0', completion: '0' },
    contextLength: 131_072,
    maxCompletionTokens: 32_768,
    tokenizer: 'GPT',
    knowledgeCutoff: '2024-06-30',
    supportedParameters: [...thinking, 'reasoning_effort', ...sampling, ...tools],
    reasoning: { mandatory: true, supported_efforts: efforts, default_effort: 'medium' },
  },
];

const standIns: readonly SimulatedModel[] = [
  {
    id: '~anthropic/claude-sonnet-latest',
    name: 'Anthropic Claude Sonnet Latest',
    pricing: { prompt: '0.000003', completion: '0.000015' },
    contextLength: 1_000_000,
    maxCompletionTokens: 64_000,
    tokenizer: 'Claude',
    aliasOf: 'anthropic/claude-sonnet-4.5',
  },
  {
    id: 'openrouter/auto',
    name: 'Auto Router',
    created: 1_699_401_600,
    pricing: { prompt: '-1', completion: '-1' },
    contextLength: 2_000_000,
    maxCompletionTokens: null,
    tokenizer: 'Router',
    supportedParameters: [...thinking, ...sampling, ...tools],
    routesTo: 'openai/gpt-4o-mini',
  },
];

/**
 * The catalogue that a simulator has unless it is given another: real ids with their prices of August 2026, among them a free model,
 * one that draws, models that think, one with a price step, an alias and a router. Only these facts are real; the answers are not.
 */
export const builtInModels: readonly SimulatedModel[] = [
  ...openAiModels,
  ...anthropicModels,
  ...googleModels,
  ...openWeightModels,
  ...standIns,
];
