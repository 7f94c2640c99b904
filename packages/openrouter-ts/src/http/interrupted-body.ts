import { StreamInterruptedError } from '../errors/stream-interrupted-error.ts';
import { operationName, type ReadContext } from './read-context.ts';

/**
 * Describes an answer whose connection broke.
 *
 * @param context - the attempt
 * @param cause - what the transport threw
 * @returns the error
 */
export function interruptedBody({ request, generationId }: ReadContext, cause?: unknown): StreamInterruptedError {
  return new StreamInterruptedError(
    `The connection broke in the middle of the answer to ${operationName(request)}. It had been generated; its cost can be asked for with the generation id.`,
    {
      cause,
      phase: 'streaming',
      billing: 'certain',
      generationId,
    },
  );
}
