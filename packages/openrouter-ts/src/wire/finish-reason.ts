/**
 * Why the model stopped, in OpenRouter's words; `native_finish_reason` has the provider's own. Some providers say `stop` where there are
 * tool calls: whether there are any is told by the calls themselves. `error` means that the answer broke off.
 *
 * @see https://openrouter.ai/docs/api-reference/overview
 */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'error' | (string & {});
