import {
  AuthenticationError,
  BadRequestError,
  InsufficientCreditsError,
  NotFoundError,
  PayloadTooLargeError,
  PermissionError,
  RateLimitError,
  type ApiError,
} from 'openrouter-ts';
import { exitCode } from '../exit-code.ts';
import { explainLimit } from './explain-limit.ts';
import { explainModel, isAboutModel } from './explain-model.ts';
import { explainRejectedInput, isModeration } from './explain-rejected-input.ts';
import type { Failure, FailurePlace } from './failure.ts';
import { reasonOf } from './reason-of.ts';

/**
 * Explains what OpenRouter answered in the place of a model.
 *
 * @param error - the answer
 * @param place - where it came
 * @returns the words
 */
export function explainApiError(error: ApiError, place: FailurePlace): Failure {
  if (error instanceof AuthenticationError) return explainKey(error);
  if (error instanceof InsufficientCreditsError) return explainCredits(error, place);
  if (error instanceof RateLimitError) return explainLimit(error, place);
  if (error instanceof NotFoundError || isAboutModel(error)) return explainModel(error, place);
  if (isModeration(error)) return explainRejectedInput(error, place);
  if (error instanceof PermissionError) return explainPermission(error);
  if (error instanceof BadRequestError || error instanceof PayloadTooLargeError)
    return explainRejectedInput(error, place);
  return explainServer(error);
}

function explainKey(error: ApiError): Failure {
  return {
    what: 'OpenRouter rejected the key from OPENROUTER_API_KEY.',
    why: reasonOf(error),
    advice: ['It may be revoked, expired or mistyped. A new one: https://openrouter.ai/keys'],
    exitCode: exitCode.keyRejected,
  };
}

function explainCredits(error: ApiError, { command }: FailurePlace): Failure {
  const free = command === 'chat' ? '/model with an id that ends in :free' : 'orc -m with an id that ends in :free';
  return {
    what: 'Not enough credits for this request.',
    why: reasonOf(error),
    advice: ['Add credits: https://openrouter.ai/settings/credits', `Or use a free model: ${free}`],
    exitCode: exitCode.noCredits,
  };
}

function explainPermission(error: ApiError): Failure {
  const why = reasonOf(error);
  if (/key limit exceeded/i.test(why)) {
    const advice = ["Raise or reset the key's limit: https://openrouter.ai/settings/keys"];
    return { what: "This key's spending limit is used up.", why, advice, exitCode: exitCode.noCredits };
  }
  const advice = ["Check the key's permissions: https://openrouter.ai/settings/keys"];
  return { what: 'OpenRouter does not allow this request.', why, advice, exitCode: exitCode.keyRejected };
}

function explainServer(error: ApiError): Failure {
  const from = error.providerName === undefined ? '' : ` from ${error.providerName}`;
  const advice = [error.retryable ? 'This may pass: try again, or try another model.' : 'Try another model.'];
  return {
    what: `OpenRouter error ${error.status}${from}.`,
    why: reasonOf(error),
    advice,
    exitCode: exitCode.upstreamFailed,
  };
}
