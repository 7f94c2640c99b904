import { isJsonObject } from '../util/json.ts';
import type { FailedAnswer } from './failed-answer.ts';
import { rateLimitScope } from './rate-limit-scope.ts';

const transient = new Set([408, 409, 429, 500, 502, 503, 504, 520, 521, 522, 523, 525, 526, 529]);

/**
 * Gives an error answer its verdict. The server's own word outranks its status: first `error.availability.retryable`,
 * then the header `x-should-retry`.
 *
 * @param status - the failure's own status
 * @param answer - the answer it was read from
 * @returns whether the same request may succeed later
 */
export function isRetryable(status: number, answer: Pick<FailedAnswer, 'error' | 'headers' | 'stream'>): boolean {
  const error = isJsonObject(answer.error) ? answer.error : {};
  const availability = error['availability'];
  if (isJsonObject(availability) && typeof availability['retryable'] === 'boolean') return availability['retryable'];
  const shouldRetry = answer.headers['x-should-retry'];
  if (shouldRetry === 'true' || shouldRetry === 'false') return shouldRetry === 'true';
  if (status === 429) return !['account-day', 'model-day'].includes(rateLimitScope(answer.error));
  // An edge that waited 100 seconds for a whole answer would wait as long again; a stream begins at once.
  if (status === 524) return answer.stream;
  // Seen for models that exist, and gone with the next request.
  if (status === 400) return error['message'] === 'No models provided';
  return transient.has(status);
}
