import type { InputModality, OutputModality } from '../wire/architecture.ts';
import type { ProviderPreferences } from '../wire/provider-preferences.ts';
import type { SupportedParameter } from '../wire/supported-parameter.ts';

/** What a model must be like. Everything that is named must hold; what is left out does not matter. */
export interface ModelCriteria {
  /** Words that must all be in the id, the permanent slug or the name; case does not matter. */
  readonly query?: string | undefined;
  /** Who made it: one of these, such as `openai`. */
  readonly author?: string | readonly string[] | undefined;
  /** Whether it must call tools. */
  readonly tools?: boolean | undefined;
  /** Whether it must keep to a JSON schema. */
  readonly structuredOutputs?: boolean | undefined;
  /** Whether it must be able to think first. */
  readonly reasoning?: boolean | undefined;
  /** Request parameters that must all mean something to it. */
  readonly supportedParameters?: readonly SupportedParameter[] | undefined;
  /** What it must take, all of it. */
  readonly inputModalities?: readonly InputModality[] | undefined;
  /** What it must give, all of it. Default: text. An empty list means whatever it gives. */
  readonly outputModalities?: readonly OutputModality[] | undefined;
  /** The smallest context, in tokens. */
  readonly minContext?: number | undefined;
  /** The least that its longest answer may have, in tokens. */
  readonly minMaxOutput?: number | undefined;
  /** The highest price of the prompt, in dollars for a million tokens. A price that is not known is too high. */
  readonly maxPromptPrice?: number | string | undefined;
  /** The highest price of the answer, in dollars for a million tokens. A price that is not known is too high. */
  readonly maxCompletionPrice?: number | string | undefined;
  /** True for models that cost nothing, by their prices and not by their names; false for all others. */
  readonly free?: boolean | undefined;
  /** Whether models whose day has come are meant too. Default false. */
  readonly includeExpired?: boolean | undefined;
  /** It must still be there on this day, `YYYY-MM-DD`. */
  readonly availableOn?: string | undefined;
  /**
   * Which providers may serve it, in the API's own words: what a chat request takes as `provider`. Each preference is a condition here,
   * `preferred_min_throughput` and `preferred_max_latency` too; a figure that is not known does not meet it, and the API tells figures only to
   * those who have a key. `order` and `sort` sort the endpoints, and with `allow_fallbacks: false` those that are not in `order` are out.
   * For `data_collection: 'deny'` only endpoints that keep nothing count, since of the others the API does not tell.
   */
  readonly provider?: ProviderPreferences | undefined;
  /**
   * Whether to look at each endpoint even if `provider` does not make it necessary. What the listing says of a model is the best of its
   * endpoints; with this, there must be one that meets all conditions alone. It takes a request for each model that is left, so the default is false.
   */
  readonly endpoints?: boolean | undefined;
  /** What comes first: the cheapest (prompt and answer together), the largest context, the newest. Default: the API's own order. */
  readonly sort?: ModelOrder | undefined;
  /** How many to give at most. Default: all. */
  readonly limit?: number | undefined;
}

/** What comes first. */
export type ModelOrder = 'price' | 'context' | 'newest';
