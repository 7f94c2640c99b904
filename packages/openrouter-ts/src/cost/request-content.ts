import { isJsonObject, type JsonObject } from '../util/json.ts';
import type { ChatRequest } from '../wire/chat-request.ts';

/** Something that a request shows its model beside text. */
export interface RequestMedia {
  /** What it is. */
  readonly type: 'image' | 'audio' | 'video' | 'file';
  /** Its base64, with or without `data:` before it, or else where it is. Empty when that is not told. */
  readonly source: string;
  /** How closely the model is to look at a picture. */
  readonly detail?: unknown;
}

/** What a model reads of a request. */
export interface RequestContent {
  /** Everything that it may read as text, as JSON: messages, tools and the form of the answer. */
  readonly text: string;
  /** Everything else, in the order in which it comes. */
  readonly media: readonly RequestMedia[];
}

/**
 * Takes a request apart into what is text and what is not, in one walk over it.
 *
 * @param request - the request
 * @returns both
 */
export function requestContent(request: ChatRequest): RequestContent {
  const { messages, prompt, tools, response_format, prediction, plugins } = request;
  const media: RequestMedia[] = [];
  const read = (_key: string, value: unknown): unknown => {
    const found = isJsonObject(value) ? mediaIn(value) : undefined;
    if (found === undefined) return value;
    media.push(found);
    return undefined;
  };
  const text = JSON.stringify({ messages, prompt, tools, response_format, prediction, plugins }, read);
  return { text, media };
}

/**
 * Reads a piece of a request that is not text. What merely has such a name, as a property in the schema of a tool may, is none.
 *
 * @param part - a part of a message, or any other object
 * @returns undefined when it is text, or something else
 */
export function mediaIn(part: JsonObject): RequestMedia | undefined {
  const image = stringIn(part['image_url'], 'url');
  if (image !== undefined) return { type: 'image', source: image, detail: memberOf(part['image_url'], 'detail') };
  const video = stringIn(part['video_url'], 'url');
  if (video !== undefined) return { type: 'video', source: video };
  const audio = stringIn(part['input_audio'], 'data');
  if (audio !== undefined) return { type: 'audio', source: audio };
  // The text of a file that was parsed for an earlier answer comes with a hash, and is read as text.
  if (part['type'] !== 'file' || memberOf(part['file'], 'hash') !== undefined) return undefined;
  return { type: 'file', source: stringIn(part['file'], 'file_data') ?? '' };
}

function stringIn(object: unknown, name: string): string | undefined {
  const value = memberOf(object, name);
  return typeof value === 'string' ? value : undefined;
}

function memberOf(object: unknown, name: string): unknown {
  return isJsonObject(object) ? object[name] : undefined;
}
