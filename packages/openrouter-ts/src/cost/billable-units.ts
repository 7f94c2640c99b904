import { isJsonObject } from '../util/json.ts';
import type { Usage } from '../wire/usage.ts';
import type { PriceKey } from './price-key.ts';

/** How many of each priced thing an answer took. No token is in two of them. */
export type BillableUnits = Readonly<Record<PriceKey, number>>;

/**
 * Takes the counts of an answer apart, so that each token is billed once: those read from the cache, written to it, of sound and of pictures
 * come out of the prompt, and thoughts, pictures and sound out of the answer. Where the parts are more than the whole, as Gemini has it when
 * it reads what it has just written, no plain tokens are left.
 *
 * @param usage - the counts
 * @param promptImages - how many pictures the prompt had, which the counts do not tell
 * @returns undefined when the counts of prompt and answer are missing
 */
export function billableUnits(usage: Usage, promptImages: number): BillableUnits | undefined {
  if (!isCount(usage.prompt_tokens) || !isCount(usage.completion_tokens)) return undefined;
  const tools = usage.server_tool_use_details ?? usage.server_tool_use;
  return {
    ...promptUnits(usage),
    ...completionUnits(usage),
    request: 1,
    image: count(promptImages),
    web_search: count(tools?.web_search_requests),
  };
}

type PromptUnits = Pick<
  BillableUnits,
  | 'prompt'
  | 'image_token'
  | 'audio'
  | 'input_audio_cache'
  | 'input_cache_read'
  | 'input_cache_write'
  | 'input_cache_write_1h'
>;

function promptUnits(usage: Usage): PromptUnits {
  const details = usage.prompt_tokens_details;
  const cached = count(details?.cached_tokens);
  const written = count(details?.cache_write_tokens);
  const cachedAudio = Math.min(cached, count(usage.cost_details?.input_audio_cache_read_tokens));
  const forAnHour = Math.min(written, hourLongWrites(usage));
  const audio = Math.max(0, count(details?.audio_tokens) - cachedAudio);
  const images = count(details?.image_tokens);
  return {
    prompt: Math.max(0, usage.prompt_tokens - cached - written - audio - images),
    image_token: images,
    audio,
    input_audio_cache: cachedAudio,
    input_cache_read: cached - cachedAudio,
    input_cache_write: written - forAnHour,
    input_cache_write_1h: forAnHour,
  };
}

type CompletionUnits = Pick<BillableUnits, 'completion' | 'internal_reasoning' | 'image_output' | 'audio_output'>;

function completionUnits(usage: Usage): CompletionUnits {
  const details = usage.completion_tokens_details;
  const image = Math.min(usage.completion_tokens, count(details?.image_tokens));
  const audio = Math.min(usage.completion_tokens - image, count(details?.audio_tokens));
  // Some providers tell more thoughts than tokens in all; what is billed are the tokens in all.
  const reasoning = Math.min(usage.completion_tokens - image - audio, count(details?.reasoning_tokens));
  return {
    completion: usage.completion_tokens - image - audio - reasoning,
    internal_reasoning: reasoning,
    image_output: image,
    audio_output: audio,
  };
}

/** Anthropic's own shape, which comes through where its messages do. */
function hourLongWrites(usage: Usage): number {
  const creation = usage['cache_creation'];
  return isJsonObject(creation) ? count(creation['ephemeral_1h_input_tokens']) : 0;
}

function count(value: unknown): number {
  return isCount(value) ? value : 0;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
