import type { ServiceTier } from './service-tier.ts';

/**
 * What became of one request, and what it cost. It is there some seconds after the answer; before that the API says 404.
 *
 * @see https://openrouter.ai/docs/api-reference/overview
 */
export interface Generation {
  /** The id that the answer had. */
  readonly id: string;
  /** The model that answered. */
  readonly model: string;
  /** Dollars. */
  readonly total_cost: number;
  /** Dollars taken from the credits. */
  readonly usage?: number | undefined;
  /** What the provider charges, in dollars, when a key of your own was used; otherwise 0 or null. */
  readonly upstream_inference_cost?: number | null | undefined;
  /** What caching took off. */
  readonly cache_discount?: number | null | undefined;
  /** Whether a provider key of your own was used. */
  readonly is_byok?: boolean | undefined;
  /** ISO 8601. */
  readonly created_at?: string | undefined;
  /** Which API it was: `completions`, `embeddings`, `rerank`, `tts`, … */
  readonly api_type?: string | null | undefined;
  /** Whether the answer was streamed. */
  readonly streamed?: boolean | null | undefined;
  /** Whether the client closed the connection. */
  readonly cancelled?: boolean | null | undefined;
  /** Why the model stopped. */
  readonly finish_reason?: string | null | undefined;
  /** The provider's own word for `finish_reason`. */
  readonly native_finish_reason?: string | null | undefined;

  /** Milliseconds until the first token. */
  readonly latency?: number | null | undefined;
  /** Milliseconds. */
  readonly generation_time?: number | null | undefined;
  /** Milliseconds. */
  readonly moderation_latency?: number | null | undefined;

  /** Counted with one tokenizer for all models; what is billed are the native ones. */
  readonly tokens_prompt?: number | null | undefined;
  /** The answer's, counted likewise. */
  readonly tokens_completion?: number | null | undefined;
  /** The prompt's, counted with the model's own tokenizer. */
  readonly native_tokens_prompt?: number | null | undefined;
  /** The answer's, thinking included. */
  readonly native_tokens_completion?: number | null | undefined;
  /** Those of the answer's pictures. */
  readonly native_tokens_completion_images?: number | null | undefined;
  /** Those of the thinking. */
  readonly native_tokens_reasoning?: number | null | undefined;
  /** Those read from the cache. */
  readonly native_tokens_cached?: number | null | undefined;
  /** Pictures and the like in the prompt. */
  readonly num_media_prompt?: number | null | undefined;
  /** Pictures and the like in the answer. */
  readonly num_media_completion?: number | null | undefined;
  /** Pieces of sound in the prompt. */
  readonly num_input_audio_prompt?: number | null | undefined;
  /** Search results that the model got to see. */
  readonly num_search_results?: number | null | undefined;
  /** Pages that were fetched. */
  readonly num_fetches?: number | null | undefined;

  /** The provider that answered. */
  readonly provider_name?: string | null | undefined;
  /** Every provider that was asked, in order. */
  readonly provider_responses?: readonly ProviderResponse[] | null | undefined;
  /** The router that chose the model, such as `openrouter/auto`. */
  readonly router?: string | null | undefined;
  /** The tier that served, if the provider said so. */
  readonly service_tier?: ServiceTier | null | undefined;
  /** Where the request was processed. */
  readonly data_region?: 'global' | 'europe' | 'us' | (string & {}) | undefined;
  /** Who searched the web. */
  readonly web_search_engine?: string | null | undefined;
  /** The provider's own id. */
  readonly upstream_id?: string | null | undefined;
  /** The generation whose stored answer was served again. */
  readonly response_cache_source_id?: string | null | undefined;

  /** What all generations of one request have in common. */
  readonly request_id?: string | null | undefined;
  /** What all generations of one session have in common. */
  readonly session_id?: string | null | undefined;
  /** The preset that was used. */
  readonly preset_id?: string | null | undefined;
  /** The workspace that it belongs to. */
  readonly workspace_id?: string | null | undefined;
  /** The app that asked. */
  readonly app_id?: number | null | undefined;
  /** The end user, as the request named him. */
  readonly external_user?: string | null | undefined;
  /** Where the request came from. */
  readonly origin?: string | null | undefined;
  /** The request's `HTTP-Referer`. */
  readonly http_referer?: string | null | undefined;
  /** The request's `User-Agent`. */
  readonly user_agent?: string | null | undefined;
  readonly [key: string]: unknown;
}

/** One provider that was asked. */
export interface ProviderResponse {
  /** Who it was. */
  readonly provider_name?: string | undefined;
  /** Its HTTP status. */
  readonly status?: number | null | undefined;
  /** Milliseconds. */
  readonly latency?: number | undefined;
  /** The provider's own id. */
  readonly id?: string | undefined;
  /** OpenRouter's id of the endpoint. */
  readonly endpoint_id?: string | undefined;
  /** The model's permanent slug. */
  readonly model_permaslug?: string | undefined;
  /** Whether a provider key of your own was used. */
  readonly is_byok?: boolean | undefined;
  /** The tier that was asked for; `service_tier` is the one that was served. */
  readonly routed_service_tier?: ServiceTier | undefined;
  readonly [key: string]: unknown;
}
