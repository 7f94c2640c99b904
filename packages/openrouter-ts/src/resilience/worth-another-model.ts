import { ApiError } from '../errors/api-error.ts';
import type { OpenRouterError } from '../errors/open-router-error.ts';
import { ResponseFormatError } from '../errors/response-format-error.ts';
import { RateLimitError, type RateLimitScope } from '../errors/status-errors.ts';
import { StreamError } from '../errors/stream-interrupted-error.ts';
import { TimeoutError, type Timer } from '../errors/timeout-error.ts';
import { isFreeModel } from './is-free-model.ts';

/** What each limit is about; another model has its own, except where the account or the network refused. */
const limitsOfOneModel: readonly RateLimitScope[] = ['model-day', 'model-minute', 'provider', 'unknown'];

const limitsOfFreeModels: readonly RateLimitScope[] = ['account-day', 'account-minute'];

/** Waits for a model; the others are waits for the connection, and for the whole call. */
const waitsForAModel: readonly Timer[] = ['headers', 'first-content', 'idle-bytes', 'idle-data'];

/** Words of 400 answers that are about the model, not about the request. */
const aboutTheModel = /context.?length|context window|not a valid model|model.?not.?found|no models provided/i;

/**
 * Tells whether another model may answer where one failed. A wrong key, an empty account, a broken connection or a request that no model can serve fail everywhere.
 *
 * @param error - how the first model failed
 * @param next - the model that would be asked
 * @returns whether it is worth a request
 */
export function worthAnotherModel(error: OpenRouterError, next: string): boolean {
  if (error instanceof RateLimitError) {
    return limitsOfOneModel.includes(error.scope) || (limitsOfFreeModels.includes(error.scope) && !isFreeModel(next));
  }
  if (error instanceof ApiError) return worthAfterStatus(error);
  if (error instanceof TimeoutError) return waitsForAModel.includes(error.timer);
  if (error instanceof ResponseFormatError) return error.failure === 'empty';
  return error instanceof StreamError;
}

function worthAfterStatus({ status, errorType = '', message }: ApiError): boolean {
  if (status === 400) return aboutTheModel.test(`${errorType} ${message}`);
  // What the key may spend is the same for every model; what moderation, a guardrail or a region refuses is not.
  if (status === 403) return !/key limit|management key|budget/i.test(message);
  return status === 404 || status === 408 || status >= 500;
}
