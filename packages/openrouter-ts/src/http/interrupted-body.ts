import { StreamInterruptedError } from '../errors/stream-interrupted-error.ts';
import type { BrokenExchange } from './loss-reader.ts';
import { operationName } from './read-context.ts';

/**
 * Describes an answer whose connection broke.
 *
 * @param context - the attempt
 * @param cause - what the transport threw
 * @returns the error
 */
export function interruptedBody({ request, generationId }: BrokenExchange, cause?: unknown): StreamInterruptedError {
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
