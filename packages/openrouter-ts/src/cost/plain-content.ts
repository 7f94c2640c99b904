import type { ChatRequest } from '../wire/chat-request.ts';
import type { ChatMessage } from '../wire/message.ts';
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
  if (others.some((name) => request[name] !== undefined)) return undefined;
  const text = plainText(request);
  return text === undefined ? undefined : { text, media: [] };
}

/**
 * Takes the text out of messages that are nothing but text.
 *
 * @param request - what has the messages; callers without types may have sent something else
 * @returns the text, or undefined for any other messages
 */
export function plainText(request: Pick<ChatRequest, 'messages'>): string | undefined {
  const { messages } = request;
  if (!Array.isArray(messages)) return undefined;
  let text = '';
  for (const message of request.messages) {
    const { content } = message;
    if (typeof content !== 'string' || !isPlain(message)) return undefined;
    text += content;
  }
  return text;
}

function isPlain(message: ChatMessage): boolean {
  return Object.keys(message).every(isPlainMember);
}

function isPlainMember(name: string): boolean {
  return plain.has(name);
}
