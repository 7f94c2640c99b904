import { choiceError } from '../http/choice-error.ts';
import { isError } from '../http/is-error.ts';
import { isJsonObject, type JsonObject } from '../util/json.ts';
import type { ChatChunk } from '../wire/chat-chunk.ts';
import { choicesOf, hasFailed, isFinished } from './choices.ts';

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
    if (hasFailed(choice)) return { type: 'error', error: choiceError(choice), chunk: value };
    finished ||= isFinished(choice);
  }
  return { type: 'chunk', chunk: value, finished };
}

/** Nothing is demanded of a chunk but that it is an object: its members are read with care wherever they are read. */
function isChunk(value: unknown): value is JsonObject & ChatChunk {
  return isJsonObject(value);
}
