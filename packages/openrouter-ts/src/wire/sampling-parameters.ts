/**
 * How the next token is chosen, and when to stop. What is left out is not sent on: the provider's own default applies. What a provider
 * does not know it ignores, unless `provider.require_parameters` is set.
 *
 * @see https://openrouter.ai/docs/api-reference/parameters
 */
export interface SamplingParameters {
  /** The longest answer in tokens, thinking included. OpenRouter checks the balance against it, and skips providers whose limit is lower. */
  readonly max_tokens?: number | null | undefined;
  /** OpenAI's newer name for `max_tokens`. */
  readonly max_completion_tokens?: number | null | undefined;
  /** 0 to 2. */
  readonly temperature?: number | null | undefined;
  /** Above 0, up to 1. */
  readonly top_p?: number | null | undefined;
  /** 0 turns it off. Not for OpenAI's models. */
  readonly top_k?: number | null | undefined;
  /** 0 to 1. */
  readonly top_a?: number | null | undefined;
  /** 0 to 1. */
  readonly min_p?: number | null | undefined;
  /** −2 to 2. */
  readonly frequency_penalty?: number | null | undefined;
  /** −2 to 2. */
  readonly presence_penalty?: number | null | undefined;
  /** 0 to 2; 1 is none. */
  readonly repetition_penalty?: number | null | undefined;
  /** The same seed gives the same answer where a provider can do it. */
  readonly seed?: number | null | undefined;
  /** At most four. */
  readonly stop?: string | readonly string[] | null | undefined;
  /** From −100 (never) to 100 (always), by token id. */
  readonly logit_bias?: Readonly<Record<string, number>> | null | undefined;
  /** Whether the answer tells how probable its tokens were. */
  readonly logprobs?: boolean | null | undefined;
  /** 0 to 20. Needs `logprobs`. */
  readonly top_logprobs?: number | null | undefined;
  /** How much the model says. Default `medium`. */
  readonly verbosity?: 'low' | 'medium' | 'high' | 'xhigh' | 'max' | (string & {}) | null | undefined;
}
