import { addDetails } from '../errors/add-details.ts';
import type { Attempt } from '../errors/attempt.ts';
import { isOpenRouterError } from '../errors/open-router-error.ts';
import { exchange, type ExchangeOptions } from '../http/exchange.ts';
import { userHeaders } from '../http/headers.ts';
import { whenSettled, type Outcome } from '../http/outcome.ts';
import { AbortScope } from '../util/abort-scope.ts';
import { checkSettings } from './check-settings.ts';
import type { Reader } from '../http/read-context.ts';
import { compose, type Handler, type Middleware } from './middleware.ts';
import type { Asking, Operation, RequestOptions } from './operation.ts';
import { pendingCall, type PendingCall } from './pending-call.ts';

/** Makes one call of the API. */
export type Call = <Value>(operation: Operation<Value>, options?: RequestOptions) => PendingCall<Value>;

/** Makes calls whose answers are all read in the same way. */
export type PreparedCall<Value> = (asking: Asking, options?: RequestOptions) => PendingCall<Value>;

/** Prepares calls: putting the policies together is done once for all of them. */
export type PrepareCall = <Value>(read: Reader<Value>) => PreparedCall<Value>;

/**
 * Makes the functions through which every call of a client goes.
 *
 * @param policies - the pipeline, the outermost policy first
 * @param options - what every exchange shares
 * @returns what prepares calls
 */
export function prepareCalls(policies: readonly Middleware[], options: ExchangeOptions): PrepareCall {
  return function prepare<Value>(read: Reader<Value>): PreparedCall<Value> {
    const handler = compose<Value>(policies, (request) => exchange(request, read, options));
    return (asking, requestOptions = {}) => pendingCall(run(asking, requestOptions, handler));
  };
}

/**
 * Makes the function for calls that are too rare to be prepared.
 *
 * @param prepare - prepares calls
 * @returns the function
 */
export function createCall(prepare: PrepareCall): Call {
  return (operation, options) => prepare(operation.read)(operation, options);
}

async function run<Value>(
  { method, path, query, body, stream = false, check }: Asking,
  requestOptions: RequestOptions,
  handler: Handler<Value>,
): Promise<Outcome<Value>> {
  const { signal, headers } = requestOptions;
  signal?.throwIfAborted();
  checkSettings(requestOptions);
  check?.();
  const scope = new AbortScope(signal);
  const attempts: Attempt[] = [];
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
    whenSettled(outcome, () => {
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
