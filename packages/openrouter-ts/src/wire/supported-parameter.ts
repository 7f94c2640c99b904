/**
 * A request parameter that a model or an endpoint takes notice of. Others are ignored, unless `provider.require_parameters` is set.
 *
 * @see https://openrouter.ai/docs/guides/overview/models
 */
export type SupportedParameter =
  | 'temperature'
  | 'top_p'
  | 'top_k'
  | 'min_p'
  | 'top_a'
  | 'frequency_penalty'
  | 'presence_penalty'
  | 'repetition_penalty'
  | 'max_tokens'
  | 'max_completion_tokens'
  | 'logit_bias'
  | 'logprobs'
  | 'top_logprobs'
  | 'prediction'
  | 'seed'
  | 'response_format'
  | 'structured_outputs'
  | 'stop'
  | 'tools'
  | 'tool_choice'
  | 'parallel_tool_calls'
  | 'include_reasoning'
  | 'reasoning'
  | 'reasoning_effort'
  | 'web_search_options'
  | 'verbosity'
  | (string & {});
