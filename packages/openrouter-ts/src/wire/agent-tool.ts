import type { JsonObject } from '../util/json.ts';
import type { CacheControl } from './cache-control.ts';
import type { ReasoningEffort } from './reasoning.ts';

/**
 * Asks a stronger model for advice in the middle of an answer. Several with different names may be offered.
 *
 * @see https://openrouter.ai/docs/guides/features/server-tools/advisor
 */
export interface AdvisorTool {
  /** The kind of tool. */
  readonly type: 'openrouter:advisor';
  /** Who advises, and what it gets to know. */
  readonly parameters?: AdvisorParameters | undefined;
}

/** Who advises, and what it gets to know. */
export interface AdvisorParameters extends AgentParameters {
  /** Shows the adviser the whole conversation; otherwise it sees only the question. Default false. */
  readonly forward_transcript?: boolean | undefined;
  /** Only the Responses API streams the advice. */
  readonly stream?: boolean | undefined;
}

/**
 * Hands a task to a smaller model in the middle of an answer.
 *
 * @see https://openrouter.ai/docs/guides/features/server-tools/subagent
 */
export interface SubagentTool {
  /** The kind of tool. */
  readonly type: 'openrouter:subagent';
  /** Who does the task, with which tools. */
  readonly parameters?: SubagentParameters | undefined;
}

/** Who does the task, with which tools. */
export interface SubagentParameters extends AgentParameters {
  /** Tools of OpenRouter's only: it cannot run your functions. */
  readonly tools?: readonly NestedTool[] | undefined;
  /** Rounds of tool calls, 1 to 25. */
  readonly max_tool_calls?: number | undefined;
  /** Experimental, Responses API only. */
  readonly inherit_functions?: boolean | undefined;
  /** Experimental, Responses API only. */
  readonly inherited_function_names?: readonly string[] | undefined;
}

/** What advisers and subagents have in common. */
export interface AgentParameters {
  /** Tells several apart: 1 to 64 letters, digits, spaces, underscores and dashes. */
  readonly name?: string | undefined;
  /** Any model of OpenRouter's. Default: the model of the request, or the one that the calling model names. */
  readonly model?: string | undefined;
  /** Its system prompt. Default: none. */
  readonly instructions?: string | undefined;
  /** Its longest answer in tokens, thinking included. Default: the provider's own. */
  readonly max_completion_tokens?: number | undefined;
  /** 0 to 2. Default: the provider's own. */
  readonly temperature?: number | undefined;
  /** How hard it thinks. */
  readonly reasoning?: InnerReasoning | undefined;
}

/** How hard the models that a tool calls may think. */
export interface InnerReasoning {
  /** How hard. Not together with a budget. */
  readonly effort?: ReasoningEffort | undefined;
  /** A budget in tokens. */
  readonly max_tokens?: number | undefined;
}

/**
 * Asks a panel of models the same question and sums their answers up.
 *
 * @see https://openrouter.ai/docs/guides/features/server-tools/fusion
 */
export interface FusionTool {
  /** The kind of tool. */
  readonly type: 'openrouter:fusion';
  /** Who sits on the panel, and who sums up. */
  readonly parameters?: FusionParameters | undefined;
}

/** Who sits on the panel, and who sums up. */
export interface FusionParameters {
  /** The panel, 1 to 8 models. */
  readonly analysis_models?: readonly string[] | undefined;
  /** The model that sums up. Default: the model of the request. */
  readonly model?: string | undefined;
  /** The panel's tools, at most 8. Default: web search and web fetch. An empty list takes them away. */
  readonly tools?: readonly NestedTool[] | undefined;
  /** Rounds of tool calls for each, 1 to 16. Default 4. */
  readonly max_tool_calls?: number | undefined;
  /** The longest answer of each in tokens, thinking included. */
  readonly max_completion_tokens?: number | undefined;
  /** Of the panel, 0 to 2; the model that sums up always has 0. */
  readonly temperature?: number | undefined;
  /** How hard each of them thinks. */
  readonly reasoning?: InnerReasoning | undefined;
  /** Keeps the prompt in the cache for all of them. */
  readonly cache_control?: CacheControl | undefined;
}

/** A server tool for a model that a tool calls. */
export interface NestedTool {
  /** Such as `openrouter:web_search`. */
  readonly type: string;
  /** The same as for the tool itself. */
  readonly parameters?: JsonObject | undefined;
  readonly [key: string]: unknown;
}
