import type { NestedTool } from './agent-tool.ts';

/**
 * Settings of `openrouter/auto` (`auto-router`) or `openrouter/auto-beta` (`auto-beta-router`). Each reads only the plugin with its own
 * id and silently ignores the other.
 *
 * @see https://openrouter.ai/docs/guides/routing/routers/auto-router
 */
export interface AutoRouterPlugin {
  /** Which of the two routers it is for. */
  readonly id: 'auto-router' | 'auto-beta-router';
  /** `false` turns it off. Default true. */
  readonly enabled?: boolean | undefined;
  /** Patterns such as `anthropic/*`. */
  readonly allowed_models?: readonly string[] | undefined;
  /** Applied after `allowed_models`. */
  readonly excluded_models?: readonly string[] | undefined;
  /** Which fifth of the models by price: `low` is the cheapest. */
  readonly cost_tier?: 'low' | 'medium' | 'high' | 'xhigh' | 'max' | (string & {}) | undefined;
  /** Stays with the model that the last assistant message names. Default false. Not for `auto-beta-router`. */
  readonly pin_model?: boolean | undefined;
  /**
   * 0 (quality) to 10 (cost).
   *
   * @deprecated `cost_tier` has taken its place and wins over it.
   */
  readonly cost_quality_tradeoff?: number | undefined;
}

/**
 * Settings of `openrouter/pareto-code`.
 *
 * @see https://openrouter.ai/docs/guides/routing/routers/pareto-router
 */
export interface ParetoRouterPlugin {
  /** The kind of plugin. */
  readonly id: 'pareto-router';
  /** `false` turns it off. Default true. */
  readonly enabled?: boolean | undefined;
  /** 0 to 1. Default: the best. */
  readonly min_coding_score?: number | undefined;
  /** The highest input price in dollars for a million tokens. It replaces `min_coding_score`. */
  readonly max_price?: number | undefined;
  /** The list price, or what is really paid on average. */
  readonly price_source?: 'prompt' | 'weighted_avg' | (string & {}) | undefined;
}

/**
 * Settings of `openrouter/fusion` and of the tool `openrouter:fusion`.
 *
 * @see https://openrouter.ai/docs/guides/features/plugins/fusion
 */
export interface FusionPlugin {
  /** The kind of plugin. */
  readonly id: 'fusion';
  /** `false` turns it off. Default true. */
  readonly enabled?: boolean | undefined;
  /** A panel that OpenRouter has put together. */
  readonly preset?: 'general-high' | 'general-budget' | 'general-fast' | (string & {}) | undefined;
  /** The panel, 1 to 8 models. */
  readonly analysis_models?: readonly string[] | undefined;
  /** The model that sums up. Default: the first of the panel. */
  readonly model?: string | undefined;
  /** Rounds of tool calls for each, 1 to 16. Default 4. */
  readonly max_tool_calls?: number | undefined;
  /** The panel's tools, at most 8. */
  readonly tools?: readonly NestedTool[] | undefined;
}

/**
 * How the Switchyard router chooses.
 *
 * @see https://openrouter.ai/docs/guides/routing/routers/switchyard-router
 */
export interface SwitchyardRouterPlugin {
  /** The kind of plugin. */
  readonly id: 'switchyard-router';
  /** `false` turns it off. Default true. */
  readonly enabled?: boolean | undefined;
  /** By a judge's rating of the task (`capability`), by how the tools have fared (`stage`), by chance (`random`), … */
  readonly algorithm?:
    | 'capability'
    | 'stage'
    | 'auto'
    | 'random'
    | 'composite'
    | 'passthrough'
    | (string & {})
    | undefined;
}
