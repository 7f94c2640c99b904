import type { InputModality, OutputModality } from './architecture.ts';
import type { SupportedParameter } from './supported-parameter.ts';

/** What one query parameter can be: a list is sent with commas between its items; null and undefined are left out. */
export type QueryParameter = string | number | boolean | readonly string[] | null | undefined;

/** Which part of a list is asked for. To name one of the two is to ask for pages; without both the list comes whole. */
export interface PageQuery {
  /** How many entries to skip. Default 0. */
  readonly offset?: number | null | undefined;
  /** How many entries a page has, 1 to 1,000. Default 500. */
  readonly limit?: number | null | undefined;
  readonly [key: string]: QueryParameter;
}

/** Which models are meant by their output. */
export interface OutputQuery {
  /** What they can give, or `all`. Default `text`: models that only draw, speak, embed or rank are hidden. */
  readonly output_modalities?: OutputModality | 'all' | readonly OutputModality[] | null | undefined;
  readonly [key: string]: QueryParameter;
}

/**
 * Which models `GET /models` lists, in which order, and how many at a time.
 *
 * @see https://openrouter.ai/docs/api-reference/models/get-models
 */
export interface ModelQuery extends PageQuery, OutputQuery {
  /** What they are used for. */
  readonly category?: ModelCategory | null | undefined;
  /** All of these parameters must mean something to them. */
  readonly supported_parameters?: SupportedParameter | readonly SupportedParameter[] | null | undefined;
  /** What they can be given. */
  readonly input_modalities?: InputModality | readonly InputModality[] | null | undefined;
  /** What comes first. */
  readonly sort?: ModelSort | null | undefined;
  /** Words to look for in names and slugs. */
  readonly q?: string | null | undefined;
  /** The smallest context, in tokens. */
  readonly context?: number | null | undefined;
  /** The lowest price of the prompt, in dollars for a million tokens. */
  readonly min_price?: number | null | undefined;
  /** The highest price of the prompt, in dollars for a million tokens. */
  readonly max_price?: number | null | undefined;
  /** The lowest price of the answer, in dollars for a million tokens. */
  readonly min_output_price?: number | null | undefined;
  /** The highest price of the answer, in dollars for a million tokens. */
  readonly max_output_price?: number | null | undefined;
  /** The family, such as `GPT` or `Claude`. */
  readonly arch?: string | null | undefined;
  /** Who made them. */
  readonly model_authors?: string | readonly string[] | null | undefined;
  /** Who serves them, by the provider's name. */
  readonly providers?: string | readonly string[] | null | undefined;
  /** Whether their makers allow training on their output. */
  readonly distillable?: boolean | null | undefined;
  /** Only models that somebody serves without keeping anything. */
  readonly zdr?: true | null | undefined;
  /** Only models that are served in this region. */
  readonly region?: 'eu' | 'us' | (string & {}) | null | undefined;
  /** Days since they were made, at least. */
  readonly min_age_days?: number | null | undefined;
  /** Days since they were made, at most. */
  readonly max_age_days?: number | null | undefined;
  /** By Artificial Analysis. */
  readonly min_intelligence_index?: number | null | undefined;
  /** By Artificial Analysis. */
  readonly max_intelligence_index?: number | null | undefined;
  /** By Artificial Analysis. */
  readonly min_coding_index?: number | null | undefined;
  /** By Artificial Analysis. */
  readonly max_coding_index?: number | null | undefined;
  /** By Artificial Analysis. */
  readonly min_agentic_index?: number | null | undefined;
  /** By Artificial Analysis. */
  readonly max_agentic_index?: number | null | undefined;
  /** The fraction of requests with tools that ended in a call of one, 0 to 1. */
  readonly min_tool_success_rate?: number | null | undefined;
  /** The fraction of requests with tools that ended in a call of one, 0 to 1. */
  readonly max_tool_success_rate?: number | null | undefined;
}

/** Which models an RSS feed tells of. */
export interface ModelFeedQuery extends ModelQuery {
  /** Whether the entries lead to a chat with the model in the place of its page. */
  readonly use_rss_chat_links?: boolean | null | undefined;
}

/** What models are used for. */
export type ModelCategory =
  | 'programming'
  | 'roleplay'
  | 'marketing'
  | 'marketing/seo'
  | 'technology'
  | 'science'
  | 'translation'
  | 'legal'
  | 'finance'
  | 'health'
  | 'trivia'
  | 'academia'
  | (string & {});

/** The orders that the API knows. */
export type ModelSort =
  | 'most-popular'
  | 'newest'
  | 'top-weekly'
  | 'pricing-low-to-high'
  | 'pricing-high-to-low'
  | 'context-high-to-low'
  | 'throughput-high-to-low'
  | 'latency-low-to-high'
  | 'intelligence-high-to-low'
  | 'coding-high-to-low'
  | 'agentic-high-to-low'
  | 'design-arena-elo-high-to-low'
  | (string & {});
