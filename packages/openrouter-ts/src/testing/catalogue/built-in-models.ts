import { anthropicModels } from './anthropic-models.ts';
import { builtInEndpoints } from './built-in-endpoints.ts';
import { googleModels } from './google-models.ts';
import { openAiModels } from './openai-models.ts';
import { sampling, thinking, tools } from './parameter-groups.ts';
import type { SimulatedModel } from './simulated-model.ts';

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
    reasoning: { mandatory: true, supported_efforts: ['high', 'medium', 'low'], default_effort: 'medium' },
  },
];

const lastOfItsDays: SimulatedModel = {
  id: 'z-ai/glm-4.5',
  name: 'Z.ai: GLM 4.5',
  created: 1_753_471_347,
  provider: 'Z.AI',
  pricing: { prompt: '0.0000006', completion: '0.0000022', input_cache_read: '0.00000011' },
  contextLength: 131_072,
  maxCompletionTokens: 98_304,
  knowledgeCutoff: '2024-12-31',
  expirationDate: '2026-12-31',
  supportedParameters: [...thinking, 'max_tokens', 'response_format', 'temperature', ...tools, 'top_k', 'top_p'],
  reasoning: { mandatory: false },
};

const embeddingModel: SimulatedModel = {
  id: 'openai/text-embedding-3-small',
  name: 'OpenAI: Text Embedding 3 Small',
  created: 1_761_862_866,
  provider: 'OpenAI',
  pricing: { prompt: '0.00000002', completion: '0' },
  contextLength: 8_192,
  maxCompletionTokens: null,
  outputModalities: ['embeddings'],
  tokenizer: 'GPT',
  supportedParameters: [],
};

const autoRouter: SimulatedModel = {
  id: 'openrouter/auto',
  name: 'Auto Router',
  created: 1_699_401_600,
  pricing: { prompt: '-1', completion: '-1' },
  contextLength: 2_000_000,
  maxCompletionTokens: null,
  inputModalities: ['text', 'image', 'audio', 'file', 'video'],
  outputModalities: ['text', 'image'],
  tokenizer: 'Router',
  supportedParameters: [...thinking, ...sampling, ...tools],
  routesTo: 'openai/gpt-4o-mini',
};

/**
 * The catalogue that a simulator has unless it is given another: real ids with their prices of August 2026, among them a free model,
 * one that draws, models that think, one with a price step, one that embeds, one whose days are
 * counted, an alias and a router. Only these facts are real; the answers are not, and who serves a model, and how well, is not either.
 */
export const builtInModels: readonly SimulatedModel[] = [
  ...openAiModels,
  ...anthropicModels,
  ...googleModels,
  ...openWeightModels,
  lastOfItsDays,
  embeddingModel,
  autoRouter,
].map((model) => {
  const endpoints = builtInEndpoints[model.id];
  return endpoints === undefined ? model : { ...model, endpoints };
});
