import { readData } from '../http/read-data.ts';
import type { Call } from '../pipeline/call.ts';
import type { RequestOptions } from '../pipeline/operation.ts';
import type { PendingCall } from '../pipeline/pending-call.ts';
import type { Credits } from '../wire/credits.ts';

/** The credits of the account. */
export interface AccountCredits {
  /**
   * Asks what the account has bought and used (`GET /credits`). What is left is the difference.
   *
   * Only a management key may ask; what an ordinary key may still spend of its own limit is told by `key.get()`.
   *
   * @param options - signal, time limit and headers for this call
   * @returns the API's own JSON, taken out of its `data`: two sums in dollars
   * @throws PermissionError or AuthenticationError when the key is not a management key; the message says so
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/api-reference/credits/get-credits
   */
  get(options?: RequestOptions): PendingCall<Credits>;
}

/**
 * Makes the endpoint about the account's credits.
 *
 * @param call - the function through which every call goes
 * @returns the endpoint
 */
export function accountCredits(call: Call): AccountCredits {
  return {
    get: (options) => call({ method: 'GET', path: '/credits', read: readData<Credits> }, options),
  };
}
