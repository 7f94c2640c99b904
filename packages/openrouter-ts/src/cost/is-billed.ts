import type { ApiRequest } from '../http/api-request.ts';

/** What runs a model. */
const inference = /^\/(?:chat\/completions|completions|responses|messages|embeddings|rerank|images|videos|audio)/;

/**
 * Tells whether a request may cost something: reading what the API knows is free.
 *
 * @param request - the request
 * @returns true for what runs a model
 */
export function isBilled({ method, path }: Pick<ApiRequest, 'method' | 'path'>): boolean {
  // Most requests are of this one path, and need no pattern.
  return method === 'POST' && (path === '/chat/completions' || inference.test(path));
}
