import { LimitExceededError } from '../errors/limit-exceeded-error.ts';
import type { ReadContext } from './read-context.ts';
import type { TransportResponse } from './transport.ts';

const decoder = new TextDecoder();

/**
 * Reads a whole body as text.
 *
 * @param response - the response
 * @param context - the attempt; its `progress` hears of every byte
 * @returns the body, with a byte order mark removed
 * @throws LimitExceededError when the body is larger than `answerBytes`; the connection is closed
 */
export async function readBody(response: TransportResponse, { request, limits, scope, generationId }: ReadContext): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  request.progress?.waiting?.();
  for await (const piece of response.body) {
    request.progress?.bytes?.();
    size += piece.length;
    if (size > limits.answerBytes) {
      const error = new LimitExceededError(`The answer is larger than ${limits.answerBytes} bytes. Raise limits.answerBytes if that is expected.`, {
        limit: limits.answerBytes,
        phase: 'streaming',
        billing: 'possible',
        generationId,
      });
      scope.abort(error);
      throw error;
    }
    pieces.push(piece);
    request.progress?.waiting?.();
  }
  return decode(pieces, size);
}

/**
 * Joins pieces of a body into text.
 *
 * @param pieces - the bytes in order
 * @param size - how many bytes they have together
 * @returns the text, with a byte order mark removed and invalid UTF-8 replaced
 */
export function decode(pieces: readonly Uint8Array[], size: number): string {
  const [first] = pieces;
  if (first === undefined) return '';
  if (pieces.length === 1) return decoder.decode(first);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return decoder.decode(whole);
}
