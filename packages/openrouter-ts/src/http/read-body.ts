import { decode } from './decode.ts';
import type { ReadContext } from './read-context.ts';
import { readFailure } from './read-failure.ts';
import type { TransportResponse } from './transport.ts';

/**
 * Reads a whole body as text.
 *
 * @param response - the response
 * @param context - the attempt; its `progress` hears of every byte
 * @returns the body, with a byte order mark removed
 * @throws LimitExceededError when the body is larger than `eventBytes` or `answerBytes`, since it is held in one piece; the connection is closed
 * @throws the reason of the attempt's end when that comes first
 */
export async function readBody(response: TransportResponse, context: ReadContext): Promise<string> {
  const { request, limits, scope, decodeUtf8 } = context;
  const { progress } = request;
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
    if (size > limits[limited]) return readFailure(response, context, ({ tooLarge }) => tooLarge(limited, context));
    pieces.push(next.value);
  }
}
