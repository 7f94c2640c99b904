import { isJsonObject } from '../util/json.ts';
import { isFinished } from './choices.ts';

/** The members of a delta or of a message that are output when they hold anything. */
const outputs = [
  'content',
  'reasoning',
  'reasoning_content',
  'tool_calls',
  'reasoning_details',
  'images',
  'audio',
  'refusal',
  'annotations',
];

/**
 * Tells whether a choice holds output. The role and empty strings, which every chunk repeats, are none.
 *
 * @param choice - one of the choices of a chunk or of an answer
 * @returns true for text, reasoning, a tool call, an image, audio, a refusal, an annotation, or the reason to stop
 */
export function hasOutput(choice: unknown): boolean {
  if (!isJsonObject(choice)) return false;
  if (isFinished(choice)) return true;
  const said = choice['delta'] ?? choice['message'];
  return isJsonObject(said) && outputs.some((name) => !isEmpty(said[name]));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value) && value.length === 0;
}
