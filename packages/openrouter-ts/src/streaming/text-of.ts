import { isJsonObject, type JsonObject } from '../util/json.ts';
import { indexOf } from './choice-index.ts';
import { choicesOf } from './choices.ts';

/**
 * Reads the text that a chunk adds to the first choice, which is the one with the index 0 or without any.
 *
 * @param chunk - a chunk of a stream
 * @returns the text, an empty string when it adds none
 */
export function textOf(chunk: JsonObject): string {
  for (const choice of choicesOf(chunk)) {
    if (!isJsonObject(choice) || indexOf(choice) !== 0 || !isJsonObject(choice['delta'])) continue;
    const { content } = choice['delta'];
    return typeof content === 'string' ? content : '';
  }
  return '';
}
