import { readData } from '../http/read-data.ts';
import type { Call } from '../pipeline/call.ts';
import type { RequestOptions } from '../pipeline/operation.ts';
import type { PendingCall } from '../pipeline/pending-call.ts';
import type { Key } from '../wire/key.ts';

/** The key of this client. */
export interface CurrentKey {
  /**
   * Asks what the key may do, what it has spent, and what is left of its limits (`GET /key`). It costs nothing.
   *
   * @param options - signal, time limit and headers for this call
   * @returns the API's own JSON, taken out of its `data`: limits and spending in dollars, periods in UTC, free requests of today
   * @throws AuthenticationError when the key is not accepted
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/api-reference/limits
   */
  get(options?: RequestOptions): PendingCall<Key>;
}

/**
 * Makes the endpoint about the client's own key.
 *
 * @param call - the function through which every call goes
 * @returns the endpoint
 */
export function currentKey(call: Call): CurrentKey {
  return {
    get: (options) => call({ method: 'GET', path: '/key', read: readData<Key> }, options),
  };
}
