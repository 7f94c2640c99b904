import type { AutoRouterPlugin, FusionPlugin, ParetoRouterPlugin, SwitchyardRouterPlugin } from './router-plugin.ts';
import type { UserLocation, WebSearchEngine, WebSearchMode, XSearchOptions } from './web-search.ts';

/**
 * Something that OpenRouter does to the request or the answer on the way. `enabled: false` turns off what the account has turned on.
 *
 * @see https://openrouter.ai/docs/guides/features/plugins
 */
export type Plugin =
  | WebPlugin
  | WebFetchPlugin
  | FileParserPlugin
  | ResponseHealingPlugin
  | ContextCompressionPlugin
  | ModerationPlugin
  | AutoRouterPlugin
  | ParetoRouterPlugin
  | FusionPlugin
  | SwitchyardRouterPlugin
  | OtherPlugin;

/**
 * Searches the web once before the model answers. The server tool `openrouter:web_search` has taken its place.
 *
 * @see https://openrouter.ai/docs/guides/features/plugins/web-search
 */
export interface WebPlugin {
  /** The kind of plugin. */
  readonly id: 'web';
  /** `false` turns it off. Default true. */
  readonly enabled?: boolean | undefined;
  /** Who searches. Default: the provider's own search if it has one, otherwise Exa. */
  readonly engine?: WebSearchEngine | undefined;
  /** How deep the engine searches. */
  readonly mode?: WebSearchMode | undefined;
  /** Default 5. */
  readonly max_results?: number | undefined;
  /** How often the provider's own search may run. */
  readonly max_uses?: number | undefined;
  /** The sentence that introduces the results to the model. */
  readonly search_prompt?: string | undefined;
  /** Such as `example.com`, `*.example.com` or `example.com/blog`. */
  readonly include_domains?: readonly string[] | undefined;
  /** Search everywhere else. */
  readonly exclude_domains?: readonly string[] | undefined;
  /** Roughly where the user is. */
  readonly user_location?: UserLocation | null | undefined;
  /** Also search X, with these filters; an empty object sets none. */
  readonly x_search?: XSearchOptions | undefined;
}

/** Fetches pages that the conversation names. */
export interface WebFetchPlugin {
  /** The kind of plugin. */
  readonly id: 'web-fetch';
  /** `false` turns it off. Default true. */
  readonly enabled?: boolean | undefined;
  /** Fetch from nowhere else. */
  readonly allowed_domains?: readonly string[] | undefined;
  /** Fetch from everywhere else. */
  readonly blocked_domains?: readonly string[] | undefined;
  /** Longer pages are cut. */
  readonly max_content_tokens?: number | undefined;
  /** Fetches a request. */
  readonly max_uses?: number | undefined;
}

/**
 * Says how documents are read.
 *
 * @see https://openrouter.ai/docs/guides/overview/multimodal/pdfs
 */
export interface FileParserPlugin {
  /** The kind of plugin. */
  readonly id: 'file-parser';
  /** `false` turns it off. Default true. */
  readonly enabled?: boolean | undefined;
  /** How PDFs are read. */
  readonly pdf?: PdfOptions | undefined;
}

/** Who reads PDFs. */
export interface PdfOptions {
  /** `mistral-ocr` is billed by the page, `cloudflare-ai` (once `pdf-text`) is free. Default: the model itself if it can, otherwise `mistral-ocr`. */
  readonly engine?: 'native' | 'mistral-ocr' | 'cloudflare-ai' | 'pdf-text' | (string & {}) | undefined;
}

/**
 * Repairs broken JSON in answers that are not streamed and whose `response_format` asks for JSON.
 *
 * @see https://openrouter.ai/docs/guides/features/plugins/response-healing
 */
export interface ResponseHealingPlugin {
  /** The kind of plugin. */
  readonly id: 'response-healing';
  /** `false` turns it off. Default true. */
  readonly enabled?: boolean | undefined;
}

/**
 * Leaves out the middle of a prompt that is too long. It is on by default for endpoints with a context of 8,192 tokens or less.
 *
 * @see https://openrouter.ai/docs/guides/features/message-transforms
 */
export interface ContextCompressionPlugin {
  /** The kind of plugin. */
  readonly id: 'context-compression';
  /** `false` turns it off. Default true. */
  readonly enabled?: boolean | undefined;
  /** What is left out. There is only one way so far. */
  readonly engine?: 'middle-out' | (string & {}) | undefined;
}

/** Has the prompt moderated before a model sees it. */
export interface ModerationPlugin {
  /** The kind of plugin. */
  readonly id: 'moderation';
  /** `false` turns it off. Default true. */
  readonly enabled?: boolean | undefined;
}

/** A plugin that is newer than this library. */
export interface OtherPlugin {
  /** The kind of plugin. */
  readonly id: string & {};
  /** `false` turns it off. Default true. */
  readonly enabled?: boolean | undefined;
  readonly [key: string]: unknown;
}
