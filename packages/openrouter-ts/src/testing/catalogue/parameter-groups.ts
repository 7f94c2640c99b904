import type { SupportedParameter } from '../../wire/supported-parameter.ts';

/** What nearly every model lets a request say about sampling. */
export const sampling: readonly SupportedParameter[] = [
  'max_tokens',
  'response_format',
  'seed',
  'stop',
  'structured_outputs',
  'temperature',
  'top_p',
];

/** What models that call tools understand. */
export const tools: readonly SupportedParameter[] = ['tool_choice', 'tools'];

/** What models that think understand. */
export const thinking: readonly SupportedParameter[] = ['include_reasoning', 'reasoning'];
