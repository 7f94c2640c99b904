import { addDetails } from '../errors/add-details.ts';
import type { Attempt } from '../errors/attempt.ts';
import { isOpenRouterError } from '../errors/open-router-error.ts';
import { exchange, type ExchangeOptions } from '../http/exchange.ts';
import { userHeaders } from '../http/headers.ts';
import type { Outcome } from '../http/outcome.ts';
import { AbortScope } from '../util/abort-scope.ts';
import { checkSettings } from './check-settings.ts';
import { compose, type Middleware } from './middleware.ts';
import type { Operation, RequestOptions } from './operation.ts';
import { pendingCall, type PendingCall } from './pending-call.ts';

/** Makes one call of the API. */
export type Call = <Value>(operation: Operation<Value>, options?: RequestOptions) => PendingCall<Value>;

/**
 * Makes the function through which every call of a client goes.
 *
 * @param policies - the pipeline, the outermost policy first
 * @param options - what every exchange shares
 * @returns the function
 */
export function createCall(policies: readonly Middleware[], options: ExchangeOptions): Call {
  return function call<Value>(operation: Operation<Value>, requestOptions: RequestOptions = {}): PendingCall<Value> {
    return pendingCall(run(operation, requestOptions, policies, options));
  };
}

async function run<Value>(
  operation: Operation<Value>,
  requestOptions: RequestOptions,
  policies: readonly Middleware[],
  options: ExchangeOptions,
): Promise<Outcome<Value>> {
  const { method, path, query, body, stream = false, check, read } = operation;
  const { signal, headers } = requestOptions;
  signal?.throwIfAborted();
  checkSettings(requestOptions);
  check?.();
  const scope = new AbortScope(signal);
  const attempts: Attempt[] = [];
  const handler = compose<Value>(policies, (request) => exchange(request, read, options));
  try {
    const outcome = await handler({
      method,
      path,
      query,
      body,
      headers: headers && userHeaders(headers),
      stream,
      settings: requestOptions,
      deadlineAt: undefined,
      scope,
      attempts,
      progress: undefined,
      reached: { phase: 'unsent', generationId: undefined },
      reservation: undefined,
      events: undefined,
    });
    void outcome.settled.then(() => {
      scope.release();
    });
    return outcome;
  } catch (error) {
    scope.release();
    // What ends a call between two attempts knows of none.
    if (isOpenRouterError(error) && error.attempts.length === 0) addDetails(error, { attempts });
    throw error;
  }
}
