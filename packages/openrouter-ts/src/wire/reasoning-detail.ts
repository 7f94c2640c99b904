/**
 * One block of the model's thinking. It goes back into the conversation whole, unchanged and in order: providers check signatures,
 * and refuse a tool loop whose blocks were touched. Blocks of a type that is not listed here are kept like the others.
 *
 * @see https://openrouter.ai/docs/guides/best-practices/reasoning-tokens
 */
export interface ReasoningDetail {
  /** What the block holds. */
  readonly type: ReasoningDetailType;
  /** The provider's own id; it may occur twice. */
  readonly id?: string | null | undefined;
  /** Whose kind of thinking it is. */
  readonly format?: ReasoningFormat | null | undefined;
  /** In a stream, pieces of the same type and index belong to one block. */
  readonly index?: number | undefined;
  /** Of `reasoning.text`: the thought. */
  readonly text?: string | null | undefined;
  /** Of `reasoning.text`: the provider's seal. In a stream it may come alone, after the text. */
  readonly signature?: string | null | undefined;
  /** Of `reasoning.summary`. */
  readonly summary?: string | undefined;
  /** Of `reasoning.encrypted`: what only the provider can read. */
  readonly data?: string | undefined;
  /** Of `reasoning.server_tool_call`: which tool of OpenRouter's ran. */
  readonly tool_name?: string | undefined;
  /** Of `reasoning.server_tool_call`. */
  readonly tool_call_id?: string | null | undefined;
  /** Of `reasoning.server_tool_call`: JSON as text. */
  readonly arguments?: string | undefined;
  /** Of `reasoning.server_tool_call`. */
  readonly result?: string | undefined;
  readonly [key: string]: unknown;
}

/** What a {@link ReasoningDetail} holds. */
export type ReasoningDetailType =
  | 'reasoning.text'
  | 'reasoning.summary'
  | 'reasoning.encrypted'
  | 'reasoning.server_tool_call'
  | (string & {});

/** Whose kind of thinking it is. A block means something only to a provider of the same format. */
export type ReasoningFormat =
  | 'unknown'
  | 'openai-responses-v1'
  | 'azure-openai-responses-v1'
  | 'bedrock-openai-responses-v1'
  | 'bedrock-xai-responses-v1'
  | 'xai-responses-v1'
  | 'meta-responses-v1'
  | 'anthropic-claude-v1'
  | 'google-gemini-v1'
  | (string & {});
