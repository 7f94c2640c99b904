import { sampling, thinking, tools } from './parameter-groups.ts';
import type { NativeFinishReasons, SimulatedModel } from './simulated-model.ts';

const reasons: NativeFinishReasons = { stop: 'STOP', length: 'MAX_TOKENS', tool_calls: 'STOP' };

/** The simulator's models of Google. */
export const googleModels: readonly SimulatedModel[] = [
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
    nativeFinishReasons: reasons,
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
      audio: '0.000001',
      web_search: '0.014',
      internal_reasoning: '0.0000025',
      input_audio_cache: '0.0000001',
      input_cache_read: '0.00000003',
      input_cache_write: '0.0000000833333333333333',
    },
    contextLength: 32_768,
    maxCompletionTokens: 8_192,
    inputModalities: ['image', 'text'],
    outputModalities: ['image', 'text'],
    tokenizer: 'Gemini',
    knowledgeCutoff: '2025-01-31',
    supportedParameters: sampling,
    nativeFinishReasons: reasons,
    stopsWhenCancelled: false,
  },
];
