import { isJsonObject, type JsonObject } from '../util/json.ts';
import type { ChatChunk } from '../wire/chat-chunk.ts';

/** What the data of one event turned out to be. */
export type ReadChunk =
  | { readonly type: 'chunk'; readonly chunk: ChatChunk; readonly finished: boolean }
  | { readonly type: 'error'; readonly error: unknown; readonly chunk: ChatChunk }
  | { readonly type: 'invalid' };

const invalid: ReadChunk = { type: 'invalid' };

/**
 * Reads the data of one event, and finds the failure in it in all the shapes that were seen on the wire: `error` beside the choices, without choices,
 * or inside a choice, and a finish reason that says so (`error`, or the native `network_error` behind a `stop`).
 *
 * @param data - the data of the event
 * @returns the chunk, the error in it, or that it is not a chunk
 */
export function readChunk(data: string): ReadChunk {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return invalid;
  }
  if (!isChunk(value)) return invalid;
  if (isError(value['error'])) return { type: 'error', error: value['error'], chunk: value };
  let finished = false;
  for (const choice of choicesOf(value)) {
    if (!isJsonObject(choice)) continue;
    const error = choiceError(choice);
    if (error !== undefined) return { type: 'error', error, chunk: value };
    finished ||= isFinished(choice);
  }
  return { type: 'chunk', chunk: value, finished };
}

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

function isError(value: unknown): boolean {
  return isJsonObject(value) || (typeof value === 'string' && value !== '');
}

/** Nothing is demanded of a chunk but that it is an object: its members are read with care wherever they are read. */
function isChunk(value: unknown): value is JsonObject & ChatChunk {
  return isJsonObject(value);
}
