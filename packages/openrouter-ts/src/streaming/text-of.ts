import { isJsonObject, type JsonObject } from '../util/json.ts';
import { choicesOf } from './read-chunk.ts';

/**
 * Reads the text that a chunk adds to the first choice.
 *
 * @param chunk - a chunk of a stream
 * @returns the text, an empty string when it adds none
 */
export function textOf(chunk: JsonObject): string {
  const [choice] = choicesOf(chunk);
  if (!isJsonObject(choice) || !isJsonObject(choice['delta'])) return '';
  const { content } = choice['delta'];
  return typeof content === 'string' ? content : '';
}
