/**
 * How a search is made and how much of it the model gets to see.
 *
 * @see https://openrouter.ai/docs/guides/features/server-tools/web-search
 */
export interface WebSearchParameters {
  /** `auto` (the default) is the provider's own search if it has one, otherwise Exa. Firecrawl needs a key of your own. */
  readonly engine?: WebSearchEngine | undefined;
  /** How deep the engine searches. */
  readonly mode?: WebSearchMode | undefined;
  /** Results a search. Default 5, at most 25. */
  readonly max_results?: number | undefined;
  /** Searches a request. Further calls are answered with an error that the model sees. */
  readonly max_uses?: number | undefined;
  /** Results a request, over all searches. The specification says 50 by default, the guide none. */
  readonly max_total_results?: number | undefined;
  /** Characters a result (Exa, Parallel and Perplexity). */
  readonly max_characters?: number | undefined;
  /** How much of each result is read. */
  readonly search_context_size?: SearchContextSize | undefined;
  /** Search nowhere else. Not together with `excluded_domains`. */
  readonly allowed_domains?: readonly string[] | undefined;
  /** Search everywhere else. */
  readonly excluded_domains?: readonly string[] | undefined;
  /** Roughly where the user is. */
  readonly user_location?: UserLocation | null | undefined;
  /** Also search X, with these filters; an empty object sets none (xAI models with native search, billed by post and profile). */
  readonly x_search?: XSearchOptions | undefined;
}

/** Who searches. */
export type WebSearchEngine = 'auto' | 'native' | 'exa' | 'firecrawl' | 'parallel' | 'perplexity' | (string & {});

/** How deep an engine searches. Exa: `instant` to `deep-reasoning`; Parallel: `turbo`, `fast`, `basic`, `advanced`. Others ignore it. */
export type WebSearchMode =
  | 'instant'
  | 'fast'
  | 'auto'
  | 'deep-lite'
  | 'deep'
  | 'deep-reasoning'
  | 'turbo'
  | 'basic'
  | 'advanced'
  | (string & {});

/** How much of each result the model gets to read. */
export type SearchContextSize = 'low' | 'medium' | 'high' | (string & {});

/** Roughly where the user is. */
export interface UserLocation {
  /** There is only one kind so far. */
  readonly type?: 'approximate' | (string & {}) | undefined;
  /** Such as `Berlin`. */
  readonly city?: string | null | undefined;
  /** A state or a province. */
  readonly region?: string | null | undefined;
  /** Two letters, ISO 3166. */
  readonly country?: string | null | undefined;
  /** An IANA name such as `Europe/Berlin`. */
  readonly timezone?: string | null | undefined;
}

/** Filters of a search on X. */
export interface XSearchOptions {
  /** At most 20. Not together with `excluded_x_handles`. */
  readonly allowed_x_handles?: readonly string[] | undefined;
  /** At most 20. */
  readonly excluded_x_handles?: readonly string[] | undefined;
  /** The first day, `YYYY-MM-DD`. */
  readonly from_date?: string | undefined;
  /** The last day, `YYYY-MM-DD`. */
  readonly to_date?: string | undefined;
  /** Look at the pictures in posts. */
  readonly enable_image_understanding?: boolean | undefined;
  /** Watch the films in posts. */
  readonly enable_video_understanding?: boolean | undefined;
}

/** Options of a model's own search: how much it reads, and what else its provider understands. */
export interface WebSearchOptions {
  /** How much of each result is read. */
  readonly search_context_size?: SearchContextSize | undefined;
  /** Roughly where the user is. */
  readonly user_location?: UserLocation | null | undefined;
  readonly [key: string]: unknown;
}
