import type { JsonObject } from '../util/json.ts';
import { isError } from './is-error.ts';

/**
 * Finds out why one choice of an answer or of a chunk failed.
 *
 * @param choice - the choice
 * @returns its `error`, or what its finish reason says in the place of one
 */
export function choiceError(choice: JsonObject): unknown {
  if (isError(choice['error'])) return choice['error'];
  const reason = choice['native_finish_reason'] ?? choice['finish_reason'];
  return { message: `The provider failed (finish reason ${JSON.stringify(reason)}).`, code: 502 };
}
