import type { ApiRequest } from '../http/api-request.ts';

/**
 * Finds the model that a request asks for.
 *
 * @param request - the request
 * @returns the model's id, or `undefined` where the request names none
 */
export function modelOf({ body }: Pick<ApiRequest, 'body'>): string | undefined {
  const model = body?.['model'];
  return typeof model === 'string' ? model : undefined;
}
