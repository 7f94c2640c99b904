import { isJsonObject, type JsonObject } from '../util/json.ts';

/**
 * Finds the failure of one choice of an answer or of a chunk.
 *
 * @param choice - the choice
 * @returns its `error`, or what its finish reason says in the place of one; `undefined` for a good choice
 */
export function choiceError(choice: JsonObject): unknown {
  if (isError(choice['error'])) return choice['error'];
  const native = choice['native_finish_reason'];
  if (choice['finish_reason'] !== 'error' && native !== 'network_error' && native !== 'error') return undefined;
  return {
    message: `The provider failed (finish reason ${JSON.stringify(native ?? choice['finish_reason'])}).`,
    code: 502,
  };
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

/**
 * Reads which choice a choice of a chunk belongs to.
 *
 * @param choice - the choice
 * @returns its index, 0 when it names none
 */
export function indexOf({ index }: JsonObject): number {
  return typeof index === 'number' ? index : 0;
}

/**
 * Tells whether a member named `error` is one.
 *
 * @param value - the member
 * @returns true for an object, and for words
 */
export function isError(value: unknown): boolean {
  return isJsonObject(value) || (typeof value === 'string' && value !== '');
}
