import { readList } from '../http/read-list.ts';
import type { Call } from '../pipeline/call.ts';
import type { RequestOptions } from '../pipeline/operation.ts';
import type { PendingCall } from '../pipeline/pending-call.ts';
import type { ItemList } from '../wire/item-list.ts';
import type { Provider } from '../wire/provider.ts';

/** Those who serve models. */
export interface Providers {
  /**
   * Lists everyone who serves models, with their policies and places (`GET /providers`).
   *
   * @param options - signal, time limit and headers for this call
   * @returns the API's own JSON: the providers are in `data`
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/api-reference/providers/list-providers
   */
  list(options?: RequestOptions): PendingCall<ItemList<Provider>>;
}

/**
 * Makes the endpoint about providers.
 *
 * @param call - the function through which every call goes
 * @returns the endpoint
 */
export function providers(call: Call): Providers {
  return {
    list: (options) => call({ method: 'GET', path: '/providers', read: readList<ItemList<Provider>> }, options),
  };
}
