import type { ApiRequest } from '../http/api-request.ts';
import type { ChatRequest } from '../wire/chat-request.ts';

/**
 * Tells whether what is sent asks for a chat answer.
 *
 * @param body - the body of a request
 * @returns true when it has messages, or a prompt of the older kind
 */
export function isChatRequest(body: ApiRequest['body']): body is ApiRequest['body'] & ChatRequest {
  return Array.isArray(body?.['messages']) || typeof body?.['prompt'] === 'string';
}
