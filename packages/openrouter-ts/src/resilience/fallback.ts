import { addDetails } from '../errors/add-details.ts';
import { ApiError } from '../errors/api-error.ts';
import { isOpenRouterError, type OpenRouterError } from '../errors/open-router-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Outcome } from '../http/outcome.ts';
import type { Handler, Middleware } from '../pipeline/middleware.ts';
import { modelOf } from '../pipeline/model-of.ts';
import type { Cooldowns } from './cooldown.ts';
import type { RetryBudget } from './retry-budget.ts';
import { standIns } from './stand-ins.ts';
import { worthAnotherModel } from './worth-another-model.ts';

/** What stands in for a model that cannot answer. */
export interface FallbackOptions {
  /** The models to ask, in this order, of a call that does not name its own. */
  readonly models: readonly string[];
  /** Whether a model that costs money may stand in for a free one. */
  readonly allowPaid: boolean;
  /** The models that failed a moment ago; all calls of the client share it. */
  readonly cooldowns: Cooldowns;
  /** What all calls of the client may spend on being tried again: asking another model while everything is down is no better. */
  readonly retryBudget: RetryBudget;
}

/**
 * Asks another model when one cannot answer, for failures where that can help. The request's own `models`, which the server tries by itself, come first;
 * they are not sent with the models that stand in. All of it is under one deadline.
 *
 * @param options - the chain and its rules
 * @returns the policy
 */
export function fallback(options: FallbackOptions): Middleware {
  return function askingAnotherModel(request, next) {
    const model = modelOf(request);
    const { fallbackModels = options.models } = request.settings;
    if (model === undefined || fallbackModels.length === 0) return next(request);
    return alongTheChain(request, model, chainFor(model, fallbackModels, request, options), next, options);
  };
}

/** Whom to ask, and whom then. */
interface Chain {
  readonly model: string;
  readonly others: readonly string[];
}

/** Models that failed a moment ago come last. */
function chainFor(
  model: string,
  others: readonly string[],
  { settings }: ApiRequest,
  { allowPaid, cooldowns }: FallbackOptions,
): Chain {
  const all = [model, ...standIns(model, others, settings.allowPaidFallback ?? allowPaid)];
  const resting = all.filter((each) => cooldowns.isResting(each));
  const first = all.find((each) => !resting.includes(each)) ?? model;
  const rest = all.filter((each) => each !== first);
  return {
    model: first,
    others: [...rest.filter((each) => !resting.includes(each)), ...rest.filter((each) => resting.includes(each))],
  };
}

async function alongTheChain<Value>(
  request: ApiRequest,
  asked: string,
  chain: Chain,
  next: Handler<Value>,
  { cooldowns, retryBudget }: FallbackOptions,
): Promise<Outcome<Value>> {
  let { model, others } = chain;
  let from = asked;
  let error: OpenRouterError | undefined;
  let charged = false;
  for (;;) {
    if (model !== from) request.events?.({ type: 'fallback', from, to: model, by: 'client', error });
    from = model;
    try {
      const outcome = await next(model === asked ? request : requestFor(model, request));
      if (charged) retryBudget.refund();
      return outcome;
    } catch (failure) {
      if (!isOpenRouterError(failure) || request.scope.aborted) throw failure;
      if (failure instanceof ApiError) cooldowns.note(model, failure);
      const worth = others.findIndex((other) => worthAnotherModel(failure, other));
      const following = others[worth];
      if (following === undefined) throw failure;
      charged = isOutage(failure);
      if (charged && !retryBudget.spend()) throw addDetails(failure, { retryStopped: 'budget' });
      model = following;
      others = others.slice(worth + 1);
      error = failure;
    }
  }
}

/** What may have befallen the other models too. A refusal is about the one that was asked. */
function isOutage(error: OpenRouterError): boolean {
  return !(error instanceof ApiError) || error.status >= 500;
}

function requestFor(model: string, request: ApiRequest): ApiRequest {
  return { ...request, body: { ...request.body, model, models: undefined } };
}
