import { StreamProviderError } from '../errors/stream-error.ts';
import type { ChatCompletion } from '../wire/chat-completion.ts';
import type { JsonObject } from '../util/json.ts';
import { choiceError } from './choice-error.ts';
import { errorMessage } from './error-message.ts';
import { errorStatus } from './error-status.ts';
import { errorFields } from './to-api-error.ts';

/**
 * Describes the failure of a provider that died in the middle of an answer that was not streamed.
 *
 * @param choice - the choice that failed
 * @param partial - the answer so far
 * @param generationId - the id of the answer
 * @returns the error
 */
export function failedChoice(
  choice: JsonObject,
  partial: ChatCompletion,
  generationId: string | undefined,
): StreamProviderError {
  const error = partial['error'] ?? choiceError(choice);
  return new StreamProviderError(
    `The provider failed in the middle of its answer: ${errorMessage(error)}. What had arrived is in the error's \`partial\`.`,
    {
      ...errorFields(error),
      status: errorStatus(error),
      retryable: true,
      phase: 'streaming',
      billing: 'insured',
      generationId,
      partial,
    },
  );
}
