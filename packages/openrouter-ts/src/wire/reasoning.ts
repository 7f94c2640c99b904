/**
 * How hard the model thinks, and how much of it comes back. Give `effort` or `max_tokens`, not both.
 *
 * @see https://openrouter.ai/docs/guides/best-practices/reasoning-tokens
 */
export interface ReasoningOptions {
  /** `none` is refused by models that always think. An effort that a model does not know becomes the nearest that it does. */
  readonly effort?: ReasoningEffort | null | undefined;
  /** A budget in tokens. The request's `max_tokens` must be larger. */
  readonly max_tokens?: number | null | undefined;
  /** Thinks, but keeps it to itself. It is billed all the same. */
  readonly exclude?: boolean | undefined;
  /** `true` is thinking at medium effort. */
  readonly enabled?: boolean | undefined;
  /** How long a summary of its thinking the model gives. */
  readonly summary?: 'auto' | 'concise' | 'detailed' | (string & {}) | null | undefined;
  /** Which earlier thoughts the model sees (GPT-5.6 and newer). */
  readonly context?: 'auto' | 'all_turns' | 'current_turn' | (string & {}) | undefined;
  /** GPT-5.6 and newer. */
  readonly mode?: 'standard' | 'pro' | (string & {}) | undefined;
}

/** From most to least. */
export type ReasoningEffort = 'max' | 'xhigh' | 'high' | 'medium' | 'low' | 'minimal' | 'none' | (string & {});
