import { TimeoutError, type Timer } from '../errors/timeout-error.ts';
import { isRetryableTimer, type TimedRequest } from '../http/is-retryable-timer.ts';
import { operationName } from '../http/read-context.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import type { Clock } from '../util/clock.ts';
import { AttemptWatch, type AttemptTimer } from './attempt-watch.ts';
import type { TimeoutOptions } from './timeout-options.ts';

const limitNames = {
  connect: 'connectMs',
  headers: 'headersMs',
  'first-content': 'firstContentMs',
  'idle-bytes': 'idleBytesMs',
  'idle-data': 'idleDataMs',
} as const satisfies Readonly<Record<AttemptTimer, keyof TimeoutOptions>>;

const advice: Readonly<Record<Timer, string>> = {
  connect: 'Check the network, or raise timeouts.connectMs.',
  headers: 'Stream long answers, or raise timeouts.headersMs.',
  'first-content': 'Ask a faster model, or raise timeouts.firstContentMs.',
  'idle-bytes': 'Check the network, or raise timeouts.idleBytesMs.',
  'idle-data': 'Ask a faster model, or raise timeouts.idleDataMs.',
  total: 'Ask a faster model, or raise timeoutMs.',
};

/**
 * Describes a wait that was too long.
 *
 * @param timer - which wait
 * @param timeoutMs - how long it was allowed to be
 * @param request - what was waited for
 * @returns the error; what it may have cost is filled in where the attempt is known
 */
export function timeoutError(timer: Timer, timeoutMs: number, request: TimedRequest): TimeoutError {
  return new TimeoutError(
    `${operationName(request)} timed out: ${timer} took longer than ${timeoutMs} ms. ${advice[timer]}`,
    { timer, timeoutMs, retryable: isRetryableTimer(timer, request) },
  );
}

/**
 * Ends an attempt that waits too long for its connection, its headers, its first output, its next byte or its next event.
 *
 * @param limits - how long each wait may be, for a request
 * @param clock - the clock that counts
 * @returns the policy
 */
export function timeouts(limits: (request: { readonly stream: boolean }) => TimeoutOptions, clock: Clock): Middleware {
  return function limitingWaits(request, next) {
    const allowed = limits(request);
    const watch = new AttemptWatch({
      limits: allowed,
      stream: request.stream,
      clock,
      errorFor: (timer) => timeoutError(timer, allowed[limitNames[timer]], request),
      also: request.progress,
    });
    return next({ ...request, progress: watch });
  };
}
