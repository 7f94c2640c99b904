/**
 * What something costs, in dollars, as decimal strings: read them as decimals and not as floats before adding them up. A price that is
 * missing is not charged on its own. A negative one means that it is not known, as for the routers.
 *
 * @see https://openrouter.ai/docs/guides/overview/models
 */
export interface Pricing extends Prices {
  readonly prompt: string;
  readonly completion: string;
  /** The fraction that is taken off: 0 is none, 1 is all. */
  readonly discount?: number | undefined;
  /** Other prices under conditions. All that apply are laid over these in order; later ones win, and what they leave out stays. */
  readonly overrides?: readonly PricingOverride[] | undefined;
}

/** Prices by what is counted. */
export interface Prices {
  /** A token of the prompt. */
  readonly prompt?: string | undefined;
  /** A token of the answer. */
  readonly completion?: string | undefined;
  /** A request. */
  readonly request?: string | undefined;
  /** A picture in the prompt. */
  readonly image?: string | undefined;
  /** A picture in the answer. */
  readonly image_output?: string | undefined;
  /** A token of a picture. */
  readonly image_token?: string | undefined;
  /** A token of sound in the prompt. */
  readonly audio?: string | undefined;
  /** A token of sound in the answer. */
  readonly audio_output?: string | undefined;
  /** A token of sound read from the cache. */
  readonly input_audio_cache?: string | undefined;
  /** A token read from the cache. */
  readonly input_cache_read?: string | undefined;
  /** A token written to the cache for five minutes. */
  readonly input_cache_write?: string | undefined;
  /** A token written to the cache for an hour. */
  readonly input_cache_write_1h?: string | undefined;
  /** A token of thinking; without it, thinking costs what the answer costs. */
  readonly internal_reasoning?: string | undefined;
  /** A web search. */
  readonly web_search?: string | undefined;
  readonly [key: string]: unknown;
}

/** Prices that apply when all of its conditions hold. */
export interface PricingOverride extends Prices {
  /** Applies above this many tokens of prompt, and then to the whole request. */
  readonly min_prompt_tokens?: number | undefined;
  /** From this time of day, as `HHMM` in UTC: 1030 is half past ten. */
  readonly utc_start?: number | undefined;
  /** Until just before this time of day. A window may run past midnight. */
  readonly utc_end?: number | undefined;
  /** On these days. Default: every day. */
  readonly utc_days?: readonly Weekday[] | undefined;
}

/** A day of the week. */
export type Weekday =
  | 'monday'
  | 'tuesday'
  | 'wednesday'
  | 'thursday'
  | 'friday'
  | 'saturday'
  | 'sunday'
  | (string & {});
