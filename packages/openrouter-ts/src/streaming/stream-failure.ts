import { StreamProtocolError, StreamProviderError, StreamTruncatedError } from '../errors/stream-error.ts';
import { StreamInterruptedError } from '../errors/stream-interrupted-error.ts';
import type { OpenRouterError } from '../errors/open-router-error.ts';
import type { Phase } from '../errors/phase.ts';
import { errorMessage } from '../http/error-message.ts';
import { errorStatus } from '../http/error-status.ts';
import { operationName, type ReadContext } from '../http/read-context.ts';
import { errorFields, toApiError } from '../http/to-api-error.ts';
import type { TransportResponse } from '../http/transport.ts';

/** Where in the stream something failed. */
export interface StreamPlace {
  readonly response: TransportResponse;
  readonly context: ReadContext;
  readonly phase: Phase;
  readonly generationId: string | undefined;
}

/**
 * Raises an error that the server put into the stream. Before the first output it is an ordinary failure of the call; after it, a failure of the stream.
 *
 * @param error - the error as it came
 * @param place - where it came
 * @returns the typed error
 */
export function errorInStream(
  error: unknown,
  { response, context, phase, generationId }: StreamPlace,
): OpenRouterError {
  if (phase === 'answered') {
    return toApiError({
      operation: operationName(context.request),
      httpStatus: response.status,
      headers: response.headers,
      error,
      phase,
      generationId,
      now: context.clock.epochMs(),
      stream: true,
    });
  }
  return new StreamProviderError(
    `The answer broke off: ${errorMessage(error)}. What had arrived is in the error's \`partial\`.`,
    {
      ...errorFields(error),
      status: errorStatus(error),
      phase,
      billing: 'insured',
      generationId,
    },
  );
}

/**
 * Describes a stream that ended too early.
 *
 * @param place - where it ended
 * @returns the typed error; it is worth another try only while no output had arrived
 */
export function truncated({ phase, generationId }: StreamPlace): OpenRouterError {
  const what = phase === 'answered' ? 'before any output' : 'before the model had finished';
  return new StreamTruncatedError(`The stream ended ${what}: neither a finish reason nor [DONE] came.`, {
    retryable: phase === 'answered',
    // OpenRouter bills nothing for an answer in which nothing came.
    billing: phase === 'answered' ? 'insured' : 'possible',
    phase,
    generationId,
  });
}

/**
 * Describes a stream whose connection broke.
 *
 * @param cause - what the transport threw
 * @param place - where it broke
 * @returns the typed error; it is worth another try only while no output had arrived
 */
export function interrupted(cause: unknown, { phase, generationId }: StreamPlace): OpenRouterError {
  const what = phase === 'answered' ? 'before any output' : 'in the middle of the answer';
  return new StreamInterruptedError(`The connection broke ${what}.`, {
    cause,
    retryable: phase === 'answered',
    billing: 'possible',
    phase,
    generationId,
  });
}

/**
 * Describes an event that is not a chunk. Its text stays out of the message: it is the user's.
 *
 * @param place - where it came
 * @returns the typed error
 */
export function notAChunk({ phase, generationId }: StreamPlace): OpenRouterError {
  return new StreamProtocolError('The stream held an event that is not a JSON object.', {
    phase,
    billing: 'possible',
    generationId,
  });
}
