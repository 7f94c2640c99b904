import { LimitExceededError } from '../errors/limit-exceeded-error.ts';
import type { AbortScope } from '../util/abort-scope.ts';
import type { DecodeUtf8, ReadContext } from './read-context.ts';
import type { TransportResponse } from './transport.ts';

const decoder = new TextDecoder();

/**
 * Reads a whole body as text.
 *
 * @param response - the response
 * @param context - the attempt; its `progress` hears of every byte
 * @returns the body, with a byte order mark removed
 * @throws LimitExceededError when the body is larger than `eventBytes` or `answerBytes`, since it is held in one piece; the connection is closed
 * @throws the reason of the attempt's end when that comes first
 */
export async function readBody(
  response: TransportResponse,
  { request: { progress }, limits, scope, generationId, decodeUtf8 }: ReadContext,
): Promise<string> {
  const body = response.body[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let size = 0;
  const limited = limits.answerBytes < limits.eventBytes ? 'answerBytes' : 'eventBytes';
  for (;;) {
    progress?.waiting?.();
    const next = await body.next();
    scope.throwIfAborted();
    if (next.done === true) return decode(pieces, size, decodeUtf8);
    progress?.bytes?.();
    size += next.value.length;
    if (size > limits[limited]) throw tooLarge(limited, limits[limited], generationId, scope);
    pieces.push(next.value);
  }
}

function tooLarge(
  option: string,
  limit: number,
  generationId: string | undefined,
  scope: AbortScope,
): LimitExceededError {
  const error = new LimitExceededError(
    `The answer is larger than ${limit} bytes. Raise limits.${option} if that is expected.`,
    {
      limit,
      phase: 'streaming',
      billing: 'possible',
      generationId,
    },
  );
  scope.abort(error);
  return error;
}

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
  const whole = first?.length === size ? first : join(pieces, size);
  if (decodeUtf8 === undefined) return decoder.decode(whole);
  const text = decodeUtf8(whole, 0, size);
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function join(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
