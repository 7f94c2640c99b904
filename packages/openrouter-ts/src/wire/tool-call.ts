/**
 * A call that the model wants made. Read {@link FunctionCall.arguments} with care: it is what the model wrote, not what the schema
 * promised.
 */
export interface ToolCall {
  /** Names the call in the {@link ToolMessage} that answers it. */
  readonly id: string;
  /** The kind of call. */
  readonly type: 'function' | (string & {});
  /** Which function, with what. */
  readonly function: FunctionCall;
  /** The place among the calls of one answer. */
  readonly index?: number | undefined;
  readonly [key: string]: unknown;
}

/** Which function, with what. */
export interface FunctionCall {
  /** The function to call. The model may invent one. */
  readonly name: string;
  /** JSON as text, exactly as the model wrote it. Send it back byte for byte: a prompt cache sees the difference. */
  readonly arguments: string;
  readonly [key: string]: unknown;
}
