import type { ApiRequest } from '../http/api-request.ts';

/**
 * Tells whether a request may cost something: whatever this client posts runs a model, and reading what the API knows is free.
 *
 * @param request - the request
 * @returns true for what runs a model
 */
export function isBilled({ method }: Pick<ApiRequest, 'method'>): boolean {
  return method === 'POST';
}
