import type { ChatRequest } from '../wire/chat-request.ts';
import type { RequestContent, RequestMedia } from './request-content.ts';

/** What providers write before and around a request themselves. The most that was recorded for a plain one is 580 tokens. */
const tokensPerRequest = 1_024;

/** Roles and separators. */
const tokensPerMessage = 64;

/** What providers write around the description of a tool. The most that was recorded for one is 700 tokens. */
const tokensPerTool = 1_024;

/** The largest picture at the highest detail: 48,169 tokens for the small models of OpenAI that count pictures dearly. */
const tokensPerImage = 50_000;

/** An eighth of a token for each character of base64, when a second of the worst sound, of 750 bytes, is 32 tokens. */
const charactersPerAudioToken = 8;

/** Films that are compressed well have a token for every 30 bytes. Very short ones are charged by whole seconds and frames. */
const charactersPerVideoToken = 4;
const tokensPerVideo = 4_096;

/** A page can be small and a file of text can be compressed: so each character is counted as several tokens. */
const tokensPerFileCharacter = 4;
const tokensPerFile = 4_096;

/** Most prompts are, and their bytes need no counting. */
const beyondAscii = /[\u0080-\uFFFF]/;

/**
 * More tokens than the prompt of a request has. A token stands for at least one byte of what it was made of, so the bytes of all text are more
 * than its tokens; to them come generous allowances for what is written around it and for what is not text. Results of searches are not in it.
 *
 * @param request - the request
 * @param content - what is in it
 * @returns the bound; infinity when something lies elsewhere and nobody knows how long it is
 */
export function promptBound({ messages, tools }: ChatRequest, { text, media }: RequestContent): number {
  const around = tokensPerRequest + count(messages) * tokensPerMessage + count(tools) * tokensPerTool;
  return media.reduce((sum, each) => sum + mediaBound(each), around + bytesOf(text));
}

function mediaBound({ type, source }: RequestMedia): number {
  if (type === 'image') return tokensPerImage;
  if (source === '' || /^https?:/i.test(source)) return Number.POSITIVE_INFINITY;
  if (type === 'audio') return source.length / charactersPerAudioToken;
  if (type === 'video') return tokensPerVideo + source.length / charactersPerVideoToken;
  return tokensPerFile + source.length * tokensPerFileCharacter;
}

/** Some tokenizers write text out in the compatibility form first, which makes 33 bytes of the 3 of one Arabic sign. */
function bytesOf(text: string): number {
  if (!beyondAscii.test(text)) return text.length;
  return Math.max(utf8Length(text), utf8Length(text.normalize('NFKC')));
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Callers without types may send something else; the API refuses it then. */
function count(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}
