import { queryText } from '../http/query-text.ts';
import { readRecord } from '../http/read-data.ts';
import type { Call } from '../pipeline/call.ts';
import type { RequestOptions } from '../pipeline/operation.ts';
import type { PendingCall } from '../pipeline/pending-call.ts';
import type { Activity, ActivityQuery } from '../wire/activity.ts';

/** What the account used. */
export interface AccountActivity {
  /**
   * Asks what was used, by day, model and endpoint (`GET /activity`): of the last 30 days that are over, UTC. Today is not among them.
   *
   * Only a management key may ask.
   *
   * @param query - one day, key, member or workspace, and whether entries are split by workspace; default: everything
   * @param options - signal, time limit and headers for this call
   * @returns the API's own JSON: the entries are in `data`, which a list keeps
   * @throws PermissionError or AuthenticationError when the key is not a management key; the message says so
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/api-reference/analytics/get-user-activity
   */
  list(query?: ActivityQuery, options?: RequestOptions): PendingCall<Activity>;
}

/**
 * Makes the endpoint about the account's activity.
 *
 * @param call - the function through which every call goes
 * @returns the endpoint
 */
export function accountActivity(call: Call): AccountActivity {
  return {
    list: (query = {}, options) =>
      call({ method: 'GET', path: '/activity', query: queryText({ ...query }), read: readRecord<Activity> }, options),
  };
}
