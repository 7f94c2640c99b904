import { isJsonObject } from '../util/json.ts';

/** The members of a delta that are output when they hold anything. */
const outputs = ['content', 'reasoning', 'reasoning_content', 'tool_calls', 'reasoning_details', 'images', 'audio', 'refusal', 'annotations'];

/**
 * Tells whether a choice of a chunk holds output. The role and empty strings, which every chunk repeats, are none.
 *
 * @param choice - one of the chunk's choices
 * @returns true for text, reasoning, a tool call, an image, audio, a refusal, an annotation, or the reason to stop
 */
export function hasOutput(choice: unknown): boolean {
  if (!isJsonObject(choice)) return false;
  if (typeof choice['finish_reason'] === 'string') return true;
  const delta = choice['delta'];
  return isJsonObject(delta) && outputs.some((name) => !isEmpty(delta[name]));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value) && value.length === 0;
}
