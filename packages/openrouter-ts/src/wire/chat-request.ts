import type { JsonObject } from '../util/json.ts';
import type { AudioOptions } from './audio.ts';
import type { CacheControl, PromptCacheOptions } from './cache-control.ts';
import type { ChatMessage } from './message.ts';
import type { ModelId } from './model-id.ts';
import type { Plugin } from './plugin.ts';
import type { Prediction } from './prediction.ts';
import type { ProviderPreferences } from './provider-preferences.ts';
import type { ReasoningEffort, ReasoningOptions } from './reasoning.ts';
import type { ResponseFormat } from './response-format.ts';
import type { SamplingParameters } from './sampling-parameters.ts';
import type { ServiceTier } from './service-tier.ts';
import type { StopCondition } from './stop-condition.ts';
import type { Tool } from './tool.ts';
import type { ToolChoice } from './tool-choice.ts';
import type { Trace } from './trace.ts';
import type { WebSearchOptions, XSearchOptions } from './web-search.ts';

/**
 * What a chat call sends: the API's own parameters under their own names, besides `stream`, which the method decides. Keys that are not
 * listed go along unchanged; OpenRouter hands those it does not know to the provider.
 *
 * @see https://openrouter.ai/docs/api-reference/parameters
 */
export interface ChatRequest extends SamplingParameters {
  /** The conversation, oldest first; at least one. */
  readonly messages: readonly ChatMessage[];
  /**
   * The text to continue, of the older kind of request.
   *
   * @deprecated `messages` has taken its place.
   */
  readonly prompt?: string | undefined;

  /** Such as `openai/gpt-4o-mini`, with a variant (`:nitro`) or a preset (`@preset/name`). Default: the account's own. */
  readonly model?: ModelId | undefined;
  /** Models to try after `model`, in order, whatever the failure. The answer's `model` says which one it was. */
  readonly models?: readonly ModelId[] | undefined;
  /** The slug of a stored preset. */
  readonly preset?: string | undefined;
  /** Which providers may answer, and in which order they are tried. */
  readonly provider?: ProviderPreferences | null | undefined;
  /** What OpenRouter does to the request or the answer on the way. */
  readonly plugins?: readonly Plugin[] | undefined;
  /**
   * What becomes of fallback models when endpoints are sorted.
   *
   * @deprecated `provider.sort.partition` has taken its place.
   */
  readonly route?: 'fallback' | 'sort' | (string & {}) | null | undefined;
  /** How fast, and at what price. */
  readonly service_tier?: ServiceTier | null | undefined;
  /** Keeps a conversation with one provider, whose cache is warm, and groups its requests. At most 256 characters. */
  readonly session_id?: string | undefined;

  /** What the model may call. */
  readonly tools?: readonly Tool[] | undefined;
  /** Whether the model must, may or must not call a tool. Default `auto`. */
  readonly tool_choice?: ToolChoice | undefined;
  /** Default true. */
  readonly parallel_tool_calls?: boolean | null | undefined;
  /** Rounds of OpenRouter's own tools, at most 30. */
  readonly max_tool_calls?: number | undefined;
  /** Replaces `max_tool_calls`. */
  readonly stop_server_tools_when?: readonly StopCondition[] | undefined;

  /** How hard the model thinks, and how much of it comes back. */
  readonly reasoning?: ReasoningOptions | null | undefined;
  /** Short for `reasoning.effort`; both may be given only if they agree. */
  readonly reasoning_effort?: ReasoningEffort | null | undefined;
  /**
   * Whether the thinking comes back.
   *
   * @deprecated `reasoning.exclude` has taken its place.
   */
  readonly include_reasoning?: boolean | undefined;

  /** The form that the answer's text must have. */
  readonly response_format?: ResponseFormat | undefined;
  /** An older flag for answers that follow a schema. */
  readonly structured_outputs?: boolean | undefined;
  /** What much of the answer will probably be. */
  readonly prediction?: Prediction | null | undefined;
  /** What kinds of output are wanted. It must be what the model can do, or the answer is a 404. */
  readonly modalities?: readonly ('text' | 'image' | 'audio' | (string & {}))[] | undefined;
  /** `aspect_ratio`, `image_size`, `quality` and what else the model takes. */
  readonly image_config?: JsonObject | undefined;
  /** The voice and the format in which the model speaks. */
  readonly audio?: AudioOptions | undefined;
  /** Options of the model's own search. */
  readonly web_search_options?: WebSearchOptions | undefined;
  /**
   * Filters of a search on X.
   *
   * @deprecated `x_search` of the web search tool has taken its place.
   */
  readonly x_search_filter?: XSearchOptions | undefined;
  /**
   * `['middle-out']` leaves out the middle of a prompt that is too long.
   *
   * @deprecated The plugin `context-compression` has taken its place.
   */
  readonly transforms?: readonly ('middle-out' | (string & {}))[] | undefined;

  /** Asks for caching, at a place that OpenRouter chooses. */
  readonly cache_control?: CacheControl | undefined;
  /** OpenAI's name for what belongs together in its cache; without a `session_id` it also keeps the provider. */
  readonly prompt_cache_key?: string | null | undefined;
  /** Who chooses the places for OpenAI's cache. */
  readonly prompt_cache_options?: PromptCacheOptions | null | undefined;

  /** A stable name for your end user. Providers see at most a hash of it. */
  readonly user?: string | undefined;
  /** At most 16 pairs; keys of 64 characters, values of 512. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Names for the observability service that the account sends its requests to. */
  readonly trace?: Trace | undefined;
  /** What to show of the inner workings. Streams only. */
  readonly debug?: DebugOptions | undefined;
  /**
   * Used to ask for the usage.
   *
   * @deprecated It has no effect: usage is always sent.
   */
  readonly usage?: UsageOptions | undefined;
  /**
   * Used to ask for the usage.
   *
   * @deprecated It has no effect: usage is always sent.
   */
  readonly stream_options?: StreamOptions | null | undefined;

  readonly [key: string]: unknown;
}

/** What to show of the inner workings. Streams only. */
export interface DebugOptions {
  /** Sends the body that the provider got, before the answer. */
  readonly echo_upstream_body?: boolean | undefined;
}

/** Without effect, as is {@link StreamOptions}: usage comes with every answer. */
export interface UsageOptions {
  /** Has no effect. */
  readonly include?: boolean | undefined;
}

/** Without effect: usage comes with every stream. */
export interface StreamOptions {
  /** Has no effect. */
  readonly include_usage?: boolean | undefined;
}
