import { operationName } from '../http/read-context.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import type { Clock } from '../util/clock.ts';
import { timeoutError } from './timeouts.ts';

/**
 * Bounds the whole call: every attempt, every wait between them, and a stream until its end.
 *
 * @param totalMs - how long the call may take, in milliseconds; `Infinity` for no bound
 * @param clock - the clock that counts
 * @returns the policy
 */
export function deadline(totalMs: (request: { readonly timeoutMs?: number | undefined }) => number, clock: Clock): Middleware {
  return async function boundingTheCall(request, next) {
    const allowed = totalMs(request);
    if (allowed === Infinity) return next(request);
    const cancelTimer = clock.setTimer(() => {
      request.scope.abort(timeoutError('total', allowed, operationName(request)));
    }, allowed);
    try {
      const outcome = await next({ ...request, deadlineAt: clock.now() + allowed });
      void outcome.settled.then(cancelTimer);
      return outcome;
    } catch (error) {
      cancelTimer();
      throw error;
    }
  };
}
