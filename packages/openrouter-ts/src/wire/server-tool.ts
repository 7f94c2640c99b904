import type { JsonObject } from '../util/json.ts';
import type { AdvisorTool, FusionTool, SubagentTool } from './agent-tool.ts';
import type { BashTool } from './bash-tool.ts';
import type { WebSearchParameters } from './web-search.ts';

/**
 * A tool that OpenRouter runs itself while the model answers. A workspace can forbid them (status 403).
 *
 * @see https://openrouter.ai/docs/guides/features/server-tools
 */
export type ServerTool =
  | WebSearchTool
  | WebSearchShorthandTool
  | WebFetchTool
  | DatetimeTool
  | ImageGenerationTool
  | FilesTool
  | SearchModelsTool
  | BashTool
  | AdvisorTool
  | SubagentTool
  | FusionTool
  | OtherServerTool;

/** Searches the web. */
export interface WebSearchTool {
  /** The kind of tool. */
  readonly type: 'openrouter:web_search';
  /** How a search is made. */
  readonly parameters?: WebSearchParameters | undefined;
}

/** OpenAI's spelling of a {@link WebSearchTool}; OpenRouter turns it into one. */
export interface WebSearchShorthandTool extends WebSearchParameters {
  /** The kind of tool. */
  readonly type: 'web_search' | 'web_search_preview' | 'web_search_preview_2025_03_11' | 'web_search_2025_08_26';
  /** The same parameters once more, as the tool itself takes them. */
  readonly parameters?: WebSearchParameters | undefined;
}

/** Fetches a page or a PDF. */
export interface WebFetchTool {
  /** The kind of tool. */
  readonly type: 'openrouter:web_fetch';
  /** What may be fetched, by whom, and how much of it. */
  readonly parameters?: WebFetchParameters | undefined;
}

/** What may be fetched, by whom, and how much of it. */
export interface WebFetchParameters {
  /** `auto` (the default) is the provider's own if it has one, otherwise Exa. Firecrawl needs a key of your own. */
  readonly engine?: 'auto' | 'native' | 'openrouter' | 'exa' | 'parallel' | 'firecrawl' | (string & {}) | undefined;
  /** Fetch from nowhere else. */
  readonly allowed_domains?: readonly string[] | undefined;
  /** Fetch from everywhere else. */
  readonly blocked_domains?: readonly string[] | undefined;
  /** Longer pages are cut. */
  readonly max_content_tokens?: number | undefined;
  /** Fetches a request. Further calls are answered with an error that the model sees. */
  readonly max_uses?: number | undefined;
}

/** Tells the date and the time. */
export interface DatetimeTool {
  /** The kind of tool. */
  readonly type: 'openrouter:datetime';
  /** Whose date and time. */
  readonly parameters?: DatetimeParameters | undefined;
}

/** Whose date and time. */
export interface DatetimeParameters {
  /** An IANA name such as `Europe/Berlin`. Default UTC. */
  readonly timezone?: string | undefined;
}

/** Makes pictures. */
export interface ImageGenerationTool {
  /** The kind of tool. */
  readonly type: 'openrouter:image_generation';
  /** Which model makes the picture, and how. */
  readonly parameters?: ImageGenerationParameters | undefined;
}

/** Which model makes the picture, and whatever `image_config` takes besides. */
export interface ImageGenerationParameters {
  /** Default `openai/gpt-5-image`. */
  readonly model?: string | undefined;
  readonly [key: string]: unknown;
}

/** Reads and writes the files of the key's workspace. */
export interface FilesTool {
  /** The kind of tool. */
  readonly type: 'openrouter:files';
  /** There are none so far. */
  readonly parameters?: JsonObject | undefined;
}

/** Searches OpenRouter's catalogue of models. */
export interface SearchModelsTool {
  /** The kind of tool. */
  readonly type: 'openrouter:experimental__search_models';
  /** How many models a search tells of. */
  readonly parameters?: SearchModelsParameters | undefined;
}

/** How many models a search tells of. */
export interface SearchModelsParameters {
  /** Default 5, at most 20. */
  readonly max_results?: number | undefined;
}

/** A tool of OpenRouter's that is newer than this library. */
export interface OtherServerTool {
  /** The kind of tool. */
  readonly type: `openrouter:${string}`;
  /** Whatever it takes. */
  readonly parameters?: JsonObject | undefined;
  readonly [key: string]: unknown;
}
