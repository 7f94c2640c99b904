import type { Attempt } from '../errors/attempt.ts';
import { addDetails } from '../errors/add-details.ts';
import { isOpenRouterError } from '../errors/open-router-error.ts';
import type { Outcome } from '../http/outcome.ts';
import type { Clock } from '../util/clock.ts';
import type { Middleware } from './middleware.ts';
import { modelOf } from './model-of.ts';

/**
 * Notes every attempt of a call, so that its result and its error can tell the trail.
 *
 * @param clock - the clock that counts
 * @returns the policy; it stands directly around the exchange
 */
export function recordAttempts(clock: Clock): Middleware {
  return function notingTheAttempt(request, next) {
    const { attempts, events } = request;
    const model = modelOf(request);
    const startedAt = clock.epochMs();
    const start = clock.now();
    events?.({ type: 'attempt', attempt: attempts.length + 1, model });
    return next(request).then(
      (outcome) => {
        const { status, generationId } = outcome.response;
        const durationMs = clock.now() - start;
        const begun = { number: attempts.length + 1, model, startedAt, durationMs, status, generationId };
        attempts.push(begun);
        if (request.stream) noteTheEnd(outcome, begun, attempts);
        return outcome;
      },
      (error: unknown) => {
        const durationMs = clock.now() - start;
        attempts.push({ number: attempts.length + 1, model, startedAt, durationMs, ...failureOf(error) });
        if (isOpenRouterError(error)) addDetails(error, { attempts });
        throw error;
      },
    );
  };
}

/** A stream may fail after it had begun well. */
function noteTheEnd({ settled }: Outcome<unknown>, begun: Attempt, attempts: Attempt[]): void {
  void settled.then(({ error, generationId }) => {
    const ended = error === undefined ? undefined : { ...failureOf(error), status: begun.status };
    attempts[attempts.indexOf(begun)] = { ...begun, ...ended, generationId: generationId ?? begun.generationId };
  });
}

function failureOf(error: unknown): Partial<Attempt> {
  if (!isOpenRouterError(error)) return { failure: 'aborted' };
  const { kind, phase, billing, generationId } = error;
  return {
    failure: kind,
    phase,
    billing,
    generationId,
    status: 'status' in error && typeof error.status === 'number' ? error.status : undefined,
  };
}
