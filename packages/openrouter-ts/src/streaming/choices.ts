import { isError } from '../http/is-error.ts';
import type { JsonObject } from '../util/json.ts';

/**
 * Tells whether a choice of an answer or of a chunk failed.
 *
 * @param choice - the choice
 * @returns true when it has an `error`, or a finish reason that says so
 */
export function hasFailed(choice: JsonObject): boolean {
  const native = choice['native_finish_reason'];
  return (
    isError(choice['error']) || choice['finish_reason'] === 'error' || native === 'network_error' || native === 'error'
  );
}

/**
 * Tells whether a choice says why the model stopped. Some providers say so with an empty string in every chunk until they know.
 *
 * @param choice - the choice
 * @returns true when it has a finish reason
 */
export function isFinished(choice: JsonObject): boolean {
  const reason = choice['finish_reason'];
  return typeof reason === 'string' && reason !== '';
}

/**
 * Reads the choices of an answer or of a chunk.
 *
 * @param body - the answer or the chunk
 * @returns the choices, none when there is no list of them
 */
export function choicesOf(body: JsonObject): readonly unknown[] {
  const { choices } = body;
  return Array.isArray(choices) ? choices : [];
}
