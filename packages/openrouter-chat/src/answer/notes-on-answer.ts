import type { ChatCompletion, ResponseWarning } from 'openrouter-ts';
import { exitCode } from '../exit-code.ts';
import type { Failure } from '../failure/failure.ts';
import { messageOf } from './receive-answer.ts';

/**
 * Finds what a reader must know about an answer that is not as whole as it looks.
 *
 * @param completion - the answer
 * @param warnings - what the client found odd
 * @returns sentences, as a rule none
 */
export function notesOnAnswer(completion: ChatCompletion, warnings: readonly ResponseWarning[]): readonly string[] {
  const reason = completion.choices[0]?.finish_reason;
  return [
    ...(reason === 'length' ? ['Cut off: the answer had reached the longest that the model may say.'] : []),
    ...(reason === 'content_filter' ? ["Cut off by the provider's content filter."] : []),
    ...(warnings.includes('finish-missing')
      ? ['The model did not say why it stopped; this may not be the whole answer.']
      : []),
  ];
}

/**
 * Finds out why a good answer holds no text.
 *
 * @param completion - the answer
 * @returns the failure in words, or undefined when there is text
 */
export function explainNoText(completion: ChatCompletion): Failure | undefined {
  const message = messageOf(completion);
  if ((message?.content ?? '') !== '') return undefined;
  const refusal = message?.refusal ?? '';
  if (refusal !== '') {
    return {
      what: 'The model refused.',
      why: refusal,
      advice: ['Say it in other words, or ask another model.'],
      exitCode: exitCode.inputRejected,
    };
  }
  const images = message?.images?.length ?? 0;
  if (images > 0) {
    const what = `The answer is ${images === 1 ? 'an image' : `${images} images`}, which orc cannot show.`;
    return { what, advice: ['Ask a model that answers with text.'], exitCode: exitCode.upstreamFailed };
  }
  return {
    what: 'The model returned nothing.',
    why: completion.choices[0]?.finish_reason === 'length' ? 'All it may say was spent on thinking.' : undefined,
    advice: ['It may have been asleep: try again.'],
    exitCode: exitCode.upstreamFailed,
  };
}
