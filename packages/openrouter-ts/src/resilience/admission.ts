import { isRateLimitError } from '../errors/is-api-error.ts';
import { whenSettled } from '../http/outcome.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import { modelOf } from '../pipeline/model-of.ts';
import type { Clock } from '../util/clock.ts';
import type { AdmissionQueue } from './admission-queue.ts';
import type { RateLimits } from './rate-limits.ts';

/**
 * Sends no faster than the limits allow that are known, or that refusals have taught, and lets no more than so many requests be under way at once.
 * Until there is such a limit nobody waits. A stream is under way until it has settled.
 *
 * @param limits - what all calls of the client share
 * @param queue - where they wait
 * @param clock - the clock that counts
 * @returns the policy
 */
export function admission(limits: RateLimits, queue: AdmissionQueue, clock: Clock): Middleware {
  return async function waitingForAdmission(request, next) {
    const model = modelOf(request);
    let sentAt = clock.now();
    const turn = queue.admit(model, request, sentAt);
    if (turn !== undefined) {
      await turn;
      sentAt = clock.now();
    }
    try {
      const outcome = await next(request);
      limits.taken(outcome.response, model, clock.now());
      queue.letGo();
      if (queue.isLimited)
        whenSettled(outcome, () => {
          queue.giveBack();
        });
      return outcome;
    } catch (error) {
      if (isRateLimitError(error)) limits.refused(error, model, sentAt);
      queue.giveBack();
      throw error;
    }
  };
}
