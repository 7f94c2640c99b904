/**
 * Asks the provider to keep the prompt up to here, so that the next request reads it more cheaply. At the top level of a request
 * OpenRouter chooses the last cacheable block itself; on a part, a tool or a message it marks that very place.
 *
 * @see https://openrouter.ai/docs/guides/best-practices/prompt-caching
 */
export interface CacheControl {
  /** There is only one kind so far. */
  readonly type: 'ephemeral' | (string & {});
  /** How long it is kept; the provider's default is five minutes. An hour costs more to write. */
  readonly ttl?: '5m' | '1h' | (string & {}) | undefined;
}

/**
 * OpenAI's spelling of a cache mark on a part: everything up to and including the part is a candidate. OpenRouter converts between
 * the two.
 */
export interface PromptCacheBreakpoint {
  /** There is only one mode so far. */
  readonly mode: 'explicit' | (string & {});
}

/** Turns OpenAI's own choice of cache marks off, so that only the parts with a {@link PromptCacheBreakpoint} count (GPT-5.6 and newer). */
export interface PromptCacheOptions {
  /** There is only one mode so far. */
  readonly mode: 'explicit' | (string & {});
  /** How long it is kept, such as `30m`. */
  readonly ttl?: string | null | undefined;
}
