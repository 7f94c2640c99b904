import { joinBytes } from '../util/join-bytes.ts';
import type { DecodeUtf8 } from './read-context.ts';

const decoder = new TextDecoder();

/**
 * Joins pieces of a body into text.
 *
 * @param pieces - the bytes in order
 * @param size - how many bytes they have together
 * @param decodeUtf8 - the platform's fastest way, if it has one
 * @returns the text, with a byte order mark removed and invalid UTF-8 replaced
 */
export function decode(pieces: readonly Uint8Array[], size: number, decodeUtf8?: DecodeUtf8): string {
  const [first] = pieces;
  const whole = first?.length === size ? first : joinBytes(pieces, size);
  if (decodeUtf8 === undefined) return decoder.decode(whole);
  const text = decodeUtf8(whole, 0, size);
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
