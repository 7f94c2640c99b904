import type { ChatRequest } from '../wire/chat-request.ts';
import type { RequestContent } from './request-content.ts';

/** Members of a request that a model reads beside its messages. */
const others = ['prompt', 'tools', 'response_format', 'prediction', 'plugins'];

/** Members of a message that is nothing but text. */
const plain: ReadonlySet<string> = new Set(['role', 'content', 'name']);

/**
 * Takes what a model reads out of a request that is nothing but messages of text, which most are, without writing it as JSON first.
 *
 * @param request - the request
 * @returns the text, or undefined for any other request
 */
export function plainContent(request: ChatRequest): RequestContent | undefined {
  const { messages } = request;
  if (!Array.isArray(messages) || others.some((name) => request[name] !== undefined)) return undefined;
  let text = '';
  for (const message of request.messages) {
    const { content } = message;
    if (typeof content !== 'string' || !Object.keys(message).every((name) => plain.has(name))) return undefined;
    text += content;
  }
  return { text, media: [] };
}
