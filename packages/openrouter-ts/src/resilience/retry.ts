import { addDetails } from '../errors/add-details.ts';
import { isOpenRouterError } from '../errors/open-router-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { OnDemand } from '../http/on-demand.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import type { Course } from './course.ts';
import type { RetryOptions } from './retry-options.ts';

/** What decides after a failure, and tries again: no call that succeeds needs it. */
export const retriesPart: OnDemand<typeof import('./course.ts')> = new OnDemand('retries', () => import('./course.ts'));

/**
 * Tries a call again when its failure says that it may succeed: never earlier than the server asked, not beyond the deadline, and within the budget that
 * all calls share. Whatever the caller has seen of an answer is never asked for again. Where nothing can decide about it, since that cannot be loaded,
 * the call ends as its first attempt did.
 *
 * @param options - how often and how
 * @returns the policy
 */
export function retry(options: RetryOptions): Middleware {
  const { budget } = options;
  return function retrying(request, next) {
    return next(request).then(
      (outcome) => {
        if (outcome.response.warnings.includes('empty'))
          return courseOf(request, options).then((course) => {
            request.scope.throwIfAborted();
            return course?.lookAgain(outcome, next) ?? outcome;
          });
        budget.earn();
        return outcome;
      },
      (error: unknown) =>
        courseOf(request, options).then((course) => course?.goOn(error, next) ?? giveUp(error, request)),
    );
  };
}

/** How a call goes on, or nothing where that cannot be loaded. */
function courseOf(request: ApiRequest, options: RetryOptions): Promise<Course | undefined> {
  return retriesPart.load(request.scope).then(
    ({ Course: Loaded }) => new Loaded(request, options),
    () => undefined,
  );
}

function giveUp(error: unknown, { scope }: ApiRequest): never {
  scope.throwIfAborted();
  throw isOpenRouterError(error) && error.retryable ? addDetails(error, { retryStopped: 'load' }) : error;
}
