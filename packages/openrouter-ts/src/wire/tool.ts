import type { JsonObject } from '../util/json.ts';
import type { CacheControl } from './cache-control.ts';
import type { ServerTool } from './server-tool.ts';

/**
 * Something that the model may call: a function of yours, or a tool that OpenRouter runs itself. Tools are sent again with every
 * request.
 */
export type Tool = FunctionTool | ServerTool;

/**
 * A function of yours. The model asks for the call; making it is up to you.
 *
 * @see https://openrouter.ai/docs/guides/features/tool-calling
 */
export interface FunctionTool {
  /** The kind of tool. */
  readonly type: 'function';
  /** What the model is told about it. */
  readonly function: FunctionDefinition;
  /** Caches the tools up to here. */
  readonly cache_control?: CacheControl | undefined;
}

/** What the model is told about a function. */
export interface FunctionDefinition {
  /** At most 64 characters of `A-Z a-z 0-9 _ -`. */
  readonly name: string;
  /** When to call it and what it does, for the model to read. */
  readonly description?: string | undefined;
  /** The arguments as a JSON Schema object. */
  readonly parameters?: JsonObject | undefined;
  /**
   * Holds the model to the schema, where the provider can. Claude needs the header `x-anthropic-beta: structured-outputs-2025-11-13`
   * for it.
   */
  readonly strict?: boolean | null | undefined;
}
