import { LimitExceededError } from '../errors/limit-exceeded-error.ts';
import type { ReadContext, SizeLimits } from './read-context.ts';

/**
 * Describes an answer that is larger than allowed, and closes its connection.
 *
 * @param option - which limit it is beyond
 * @param context - the attempt
 * @returns the error
 */
export function tooLarge(
  option: keyof SizeLimits,
  { limits, generationId, scope }: Pick<ReadContext, 'limits' | 'generationId' | 'scope'>,
): LimitExceededError {
  const limit = limits[option];
  const error = new LimitExceededError(
    `The answer is larger than ${limit} bytes. Raise limits.${option} if that is expected.`,
    { limit, phase: 'streaming', billing: 'possible', generationId },
  );
  scope.abort(error);
  return error;
}
