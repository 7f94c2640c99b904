/**
 * Whether the model must, may or must not call a tool, or which one it must call. Not every endpoint supports every form;
 * `supports_tool_choice` of an endpoint tells.
 *
 * @see https://openrouter.ai/docs/api-reference/parameters
 */
export type ToolChoice = 'none' | 'auto' | 'required' | NamedToolChoice | ServerToolChoice;

/** The model must call this function. */
export interface NamedToolChoice {
  /** The kind of choice. */
  readonly type: 'function';
  /** Which function. */
  readonly function: NamedFunction;
}

/** A function by its name. */
export interface NamedFunction {
  /** Its name among the tools of the request. */
  readonly name: string;
}

/** The model must call this tool of OpenRouter's. */
export interface ServerToolChoice {
  /** Which tool. */
  readonly type: `openrouter:${string}` | 'web_search' | `web_search_${string}`;
}
