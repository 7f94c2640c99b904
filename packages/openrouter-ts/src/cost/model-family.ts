/** Models that share a tokenizer, more or less, and the way in which their providers write requests down for them. */
export const modelFamilies = [
  'openai',
  'gpt-oss',
  'gemma',
  'anthropic',
  'google',
  'meta-llama',
  'mistral',
  'qwen',
  'deepseek',
  'x-ai',
  'moonshotai',
  'z-ai',
  'other',
] as const;

/** One of the families whose tokens are estimated alike. */
export type ModelFamily = (typeof modelFamilies)[number];

const byAuthor: Readonly<Record<string, ModelFamily>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  'meta-llama': 'meta-llama',
  mistralai: 'mistral',
  qwen: 'qwen',
  deepseek: 'deepseek',
  'x-ai': 'x-ai',
  moonshotai: 'moonshotai',
  'z-ai': 'z-ai',
};

/**
 * The family of a model, by its name.
 *
 * @param modelId - an id such as `openai/gpt-4o-mini`, or an alias
 * @returns the author's family, or that of the open models of OpenAI, or `other`
 */
export function familyOf(modelId: string): ModelFamily {
  const [author = '', slug = ''] = modelId.replace(/^~/, '').split('/');
  if (slug.startsWith('gpt-oss')) return 'gpt-oss';
  if (slug.startsWith('gemma')) return 'gemma';
  return byAuthor[author] ?? 'other';
}
