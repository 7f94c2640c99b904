import { isJsonObject } from '../util/json.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import type { ChatMessage } from '../wire/message.ts';
import { mediaIn, type RequestMedia } from './request-content.ts';

/** Counts the tokens of a text. */
export type TokenCounter = (text: string) => number;

/** What the length of a prompt depends on. */
export interface PromptFeatures {
  /** How many messages there are. */
  readonly messages: number;
  /** Tokens of what the messages say, calls of tools and their results included. */
  readonly text: number;
  /** How many tools of one's own there are. */
  readonly tools: number;
  /** Tokens of the descriptions of tools, as JSON. */
  readonly toolText: number;
  /** Tokens of the schema that the answer must follow, as JSON. */
  readonly format: number;
  /** What is no text. */
  readonly media: readonly RequestMedia[];
}

/**
 * Counts what the length of a prompt depends on.
 *
 * @param request - the request
 * @param count - counts the tokens of a text
 * @returns the counts
 */
export function promptFeatures(request: ChatRequest, count: TokenCounter): PromptFeatures {
  const { messages, prompt, tools, response_format: format } = request;
  const media: RequestMedia[] = [];
  const list: readonly ChatMessage[] = Array.isArray(messages) ? messages : [];
  const said = list.reduce((sum, message) => sum + messageTokens(message, count, media), 0);
  const functions = (tools ?? []).flatMap((tool) => ('function' in tool ? [tool.function] : []));
  return {
    messages: list.length,
    text: said + (typeof prompt === 'string' ? count(prompt) : 0),
    tools: functions.length,
    toolText: functions.reduce<number>((sum, tool) => sum + count(JSON.stringify(tool)), 0),
    format: format?.type === 'json_schema' ? count(JSON.stringify(format)) : 0,
    media,
  };
}

function messageTokens(message: ChatMessage, count: TokenCounter, media: RequestMedia[]): number {
  const tokens = contentTokens(message.content, count, media);
  if (message.role !== 'assistant') return tokens;
  const calls = (message.tool_calls ?? []).map(({ function: called }) => count(`${called.name}${called.arguments}`));
  const thought = count(message.reasoning ?? message.reasoning_content ?? '');
  return calls.reduce((sum, each) => sum + each, tokens + thought);
}

/** Callers without types send what they like here: the API decides whether it is good. */
function contentTokens(content: unknown, count: TokenCounter, media: RequestMedia[]): number {
  if (typeof content === 'string') return count(content);
  let tokens = 0;
  for (const part of Array.isArray(content) ? content : []) {
    const found = isJsonObject(part) ? mediaIn(part) : undefined;
    if (found !== undefined) media.push(found);
    else if (isJsonObject(part) && typeof part['text'] === 'string') tokens += count(part['text']);
  }
  return tokens;
}
