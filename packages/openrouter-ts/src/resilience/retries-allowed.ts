import { ConnectionError } from '../errors/connection-error.ts';
import { isApiError, isRateLimitError } from '../errors/is-api-error.ts';
import type { OpenRouterError } from '../errors/open-router-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { ApiRequest } from '../http/api-request.ts';

/**
 * What to do after a failure that leaves it open whether the model ran (the request was sent, and nothing came back): another try may be billed a second time.
 *
 * - `never`: the call fails
 * - `once`: one more try after a lost connection, and after a stream that did not begin in time
 * - `always`: like any other failure, and also after a whole answer that did not come in time
 */
export type RetryAmbiguous = 'never' | 'once' | 'always';

/** Statuses that rarely change with a second look, and hardly ever with a third. */
const onceStatuses: readonly number[] = [400, 409, 504];

/**
 * Says how often a call may be tried again because of failures like this one. How often it may be tried at all is another matter.
 *
 * @param error - the failure, whose own verdict decides first
 * @param request - what failed
 * @param ambiguous - what to do where the model may have run
 * @returns 0, 1 or `Infinity`
 */
export function retriesAllowed(
  error: OpenRouterError,
  request: Pick<ApiRequest, 'method'>,
  ambiguous: RetryAmbiguous,
): number {
  if (isAmbiguous(error, request)) {
    if (ambiguous === 'always') return Infinity;
    return ambiguous === 'once' && error.retryable ? 1 : 0;
  }
  if (!error.retryable) return 0;
  return rarelyGoesAway(error) ? 1 : Infinity;
}

/** What only reads can be done twice. */
function isAmbiguous(error: OpenRouterError, { method }: Pick<ApiRequest, 'method'>): boolean {
  if (method === 'GET' || error.phase !== 'sent') return false;
  return error instanceof TimeoutError
    ? error.timer === 'headers'
    : error instanceof ConnectionError && error.retryable;
}

function rarelyGoesAway(error: OpenRouterError): boolean {
  if (isRateLimitError(error)) return error.scope === 'provider';
  if (isApiError(error)) return onceStatuses.includes(error.status);
  // A name that does not exist is a typing error, or this machine is offline.
  if (error instanceof ConnectionError) return error.code === 'ENOTFOUND';
  return error.kind === 'response-format' || error.kind === 'stream-provider';
}
