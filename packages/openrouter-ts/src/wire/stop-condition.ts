/**
 * When OpenRouter stops calling its own tools: when any one of the conditions is met. The calls that are pending then still run,
 * and the model answers once more without tools.
 *
 * @see https://openrouter.ai/docs/guides/features/server-tools
 */
export type StopCondition = StepCountIs | HasToolCall | MaxTokensUsed | MaxCost | FinishReasonIs;

/** After this many rounds. */
export interface StepCountIs {
  /** The kind of condition. */
  readonly type: 'step_count_is';
  /** How many rounds. */
  readonly step_count: number;
}

/** After a tool of this name was called. */
export interface HasToolCall {
  /** The kind of condition. */
  readonly type: 'has_tool_call';
  /** Which tool. */
  readonly tool_name: string;
}

/** Once all rounds together used more tokens than this. */
export interface MaxTokensUsed {
  /** The kind of condition. */
  readonly type: 'max_tokens_used';
  /** How many tokens. */
  readonly max_tokens: number;
}

/** Once all rounds together cost more than this many dollars. */
export interface MaxCost {
  /** The kind of condition. */
  readonly type: 'max_cost';
  /** How much. */
  readonly max_cost_in_dollars: number;
}

/** When the model stops for this reason, such as `length`. */
export interface FinishReasonIs {
  /** The kind of condition. */
  readonly type: 'finish_reason_is';
  /** Which reason. */
  readonly reason: string;
}
