import type { ApiError } from 'openrouter-ts';
import { exitCode } from '../exit-code.ts';
import type { Failure, FailurePlace } from './failure.ts';
import { reasonOf } from './reason-of.ts';

/**
 * Tells whether somebody minded what was said, whatever the status.
 *
 * @param error - the refusal
 * @returns true for a moderator, a guardrail or a content policy
 */
export function isModeration({ errorType, body }: ApiError): boolean {
  const { reasons, flagged_input: flagged, patterns } = body?.metadata ?? {};
  const isPolicy = errorType === 'content_policy_violation' || errorType === 'refusal';
  return isPolicy || reasons !== undefined || flagged !== undefined || patterns !== undefined;
}

/**
 * Explains a question that cannot be asked like this: too long, blocked, or malformed.
 *
 * @param error - the refusal
 * @param place - where it came
 * @returns the words
 */
export function explainRejectedInput(error: ApiError, place: FailurePlace): Failure {
  const why = reasonOf(error);
  if (isModeration(error)) return { ...moderated(error), why, exitCode: exitCode.inputRejected };
  const isTooLong = error.errorType === 'context_length_exceeded' || /maximum context length/i.test(why);
  if (!isTooLong)
    return { what: 'OpenRouter rejected the request.', why, advice: [], exitCode: exitCode.inputRejected };
  const isChat = place.command === 'chat';
  return {
    what: `This is too long for ${place.model}.`,
    why,
    advice: [
      isChat
        ? 'Start over with /new, or choose a model with a larger context: /model ID'
        : 'Send less, or choose a model with a larger context: -m ID',
    ],
    exitCode: exitCode.inputRejected,
  };
}

function moderated({ providerName, body }: ApiError): Pick<Failure, 'what' | 'advice'> {
  const { reasons = [], flagged_input: flagged } = body?.metadata ?? {};
  const who = providerName === undefined ? '' : ` by ${providerName}`;
  const grounds = reasons.length === 0 ? '' : `: ${reasons.join(', ')}`;
  const quote = flagged === undefined ? [] : [`It minded: “${flagged}”`];
  return { what: `Blocked${who}${grounds}.`, advice: [...quote, 'Say it in other words, or ask another model.'] };
}
