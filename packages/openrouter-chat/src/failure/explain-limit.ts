import type { RateLimitError, RateLimitScope } from 'openrouter-ts';
import { exitCode } from '../exit-code.ts';
import type { Failure, FailurePlace } from './failure.ts';
import { reasonOf } from './reason-of.ts';

/**
 * Explains whose limit was hit, and when it is worth trying again.
 *
 * @param error - the refusal
 * @param place - where it came
 * @returns the words
 */
export function explainLimit(error: RateLimitError, place: FailurePlace): Failure {
  const another = place.command === 'chat' ? 'Or another model: /model ID' : 'Or another model: orc -m ID';
  return {
    what: whatOf(error.scope, error.providerName, place.model),
    why: reasonOf(error),
    advice: [whenOf(error), ...(error.scope === 'account-day' ? [moreOf] : [another])],
    exitCode: exitCode.rateLimited,
  };
}

const moreOf = 'Having bought 10 dollars of credits raises the limit of the day; paid models have none.';

function whatOf(scope: RateLimitScope, provider: string | undefined, model: string): string {
  switch (scope) {
    case 'account-day':
      return "Today's free requests are used up.";
    case 'account-minute':
      return 'Too many free requests in this minute.';
    case 'model-day':
      return `${model} is used up for today.`;
    case 'model-minute':
      return `Too many requests to ${model} in this minute.`;
    case 'provider':
      return `${provider ?? 'Every provider'} is busy with ${model}.`;
    case 'edge':
      return 'Too many requests: the network in front of OpenRouter refused.';
    default:
      return 'Too many requests.';
  }
}

function whenOf({ retryAfterMs }: RateLimitError): string {
  if (retryAfterMs === undefined) return 'Try again in a minute.';
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  if (seconds < 120) return `Try again in ${seconds} s.`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120
    ? `Try again in about ${minutes} minutes.`
    : `Try again in about ${Math.round(minutes / 60)} hours.`;
}
