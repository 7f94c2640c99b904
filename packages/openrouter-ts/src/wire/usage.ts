/**
 * What an answer used and cost, counted with the model's own tokenizer. It comes with every answer, streamed or not.
 *
 * @see https://openrouter.ai/docs/api-reference/overview
 */
export interface Usage {
  /** Those read from the cache and written to it included. */
  readonly prompt_tokens: number;
  /** Thinking included. */
  readonly completion_tokens: number;
  /** The two together. */
  readonly total_tokens: number;
  /**
   * What is charged, in dollars: tokens, searches and tools at the tier that served. With a provider key of your own it is OpenRouter's fee
   * alone, and `cost_details.upstream_inference_cost` has the rest.
   */
  readonly cost?: number | null | undefined;
  /** Whether a provider key of your own was used. */
  readonly is_byok?: boolean | undefined;
  /** What the provider charges. */
  readonly cost_details?: CostDetails | null | undefined;
  /** What the prompt's tokens were. */
  readonly prompt_tokens_details?: PromptTokensDetails | null | undefined;
  /** What the answer's tokens were. */
  readonly completion_tokens_details?: CompletionTokensDetails | null | undefined;
  /** What OpenRouter's own tools did. */
  readonly server_tool_use_details?: ServerToolUse | null | undefined;
  /** The name that the guides give to `server_tool_use_details`. */
  readonly server_tool_use?: ServerToolUse | null | undefined;
  readonly [key: string]: unknown;
}

/** What the provider charges, in dollars. */
export interface CostDetails {
  /** In all. */
  readonly upstream_inference_cost?: number | null | undefined;
  /** For the prompt. */
  readonly upstream_inference_prompt_cost?: number | null | undefined;
  /** For the answer. */
  readonly upstream_inference_completions_cost?: number | null | undefined;
  /** What OpenRouter's own metered tools cost; absent when none ran. */
  readonly server_tool_cost?: number | null | undefined;
  /** Sent by some models; not documented. */
  readonly input_audio_cache_read_tokens?: number | null | undefined;
  readonly [key: string]: unknown;
}

/** What the prompt's tokens were. */
export interface PromptTokensDetails {
  /** Read from the cache, at a lower price. */
  readonly cached_tokens?: number | null | undefined;
  /** Written to the cache, at a higher price. */
  readonly cache_write_tokens?: number | null | undefined;
  /** Of sound. */
  readonly audio_tokens?: number | null | undefined;
  /** Of films. */
  readonly video_tokens?: number | null | undefined;
  /** Of pictures. */
  readonly image_tokens?: number | null | undefined;
  /** Of documents. */
  readonly file_tokens?: number | null | undefined;
  readonly [key: string]: unknown;
}

/** What the answer's tokens were. */
export interface CompletionTokensDetails {
  /** Of thinking. */
  readonly reasoning_tokens?: number | null | undefined;
  /** Of pictures. */
  readonly image_tokens?: number | null | undefined;
  /** Of sound. */
  readonly audio_tokens?: number | null | undefined;
  /** Of the prediction, where it was right. */
  readonly accepted_prediction_tokens?: number | null | undefined;
  /** Of the prediction, where it was wrong. */
  readonly rejected_prediction_tokens?: number | null | undefined;
  readonly [key: string]: unknown;
}

/** What OpenRouter's own tools did. A search may count as a request and as a tool call: do not add the two. */
export interface ServerToolUse {
  /** Searches, those of the provider's own tool included. */
  readonly web_search_requests?: number | null | undefined;
  /** Calls that the model asked for. */
  readonly tool_calls_requested?: number | null | undefined;
  /** Calls that ran and gave a result. */
  readonly tool_calls_executed?: number | null | undefined;
  readonly [key: string]: unknown;
}
