import type { Middleware } from '../pipeline/middleware.ts';
import type { Clock } from '../util/clock.ts';
import { timeoutError } from './timeouts.ts';

/**
 * Bounds the whole call: every attempt, every wait between them, and a stream until its end.
 *
 * @param defaultMs - how long a call may take that does not say so itself, in milliseconds; `Infinity` for no bound
 * @param clock - the clock that counts
 * @returns the policy
 */
export function deadline(defaultMs: number, clock: Clock): Middleware {
  return function boundingTheCall(request, next) {
    const { scope, settings } = request;
    const { timeoutMs = defaultMs } = settings;
    if (timeoutMs === Infinity) return next(request);
    scope.defer(
      clock.setTimer(() => {
        scope.abort(timeoutError('total', timeoutMs, request));
      }, timeoutMs),
    );
    return next({ ...request, deadlineAt: clock.now() + timeoutMs });
  };
}
