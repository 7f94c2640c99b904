import { AbortScope } from '../util/abort-scope.ts';
import type { Clock } from '../util/clock.ts';
import { decode } from './decode.ts';
import type { TransportResponse } from './transport.ts';

/** An error answer is worth waiting for, but not long: its status is known already. */
const patienceMs = 5_000;

/** How much of an error's body to wait for, and whose time it is. */
export interface ErrorBodyOptions {
  /** What is beyond this many bytes is not read. */
  readonly errorBytes: number;
  readonly clock: Clock;
  readonly scope: AbortScope;
}

/**
 * Reads the body of an error answer as far as it comes: a body that stalls, breaks off or never ends is taken as it is then.
 *
 * @param response - the error answer
 * @param options - the size limit, the clock, and the scope that may end the wait
 * @returns the text that came; it never throws
 */
export async function readErrorBody(
  response: TransportResponse,
  { errorBytes, clock, scope }: ErrorBodyOptions,
): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const body = response.body[Symbol.asyncIterator]();
  const patience = new AbortScope(scope);
  const over = new Promise<never>((_resolve, reject) => {
    patience.onAbort(reject);
  });
  const cancelTimer = clock.setTimer(() => {
    patience.abort(undefined);
  }, patienceMs);
  try {
    while (size < errorBytes) {
      const next = await Promise.race([body.next(), over]);
      if (next.done === true) break;
      const piece = next.value.subarray(0, errorBytes - size);
      pieces.push(piece);
      size += piece.length;
    }
  } catch {
    // A body that breaks off, or is not waited for any longer, still has its status, and the part that came.
  } finally {
    cancelTimer();
    // Waiting for the end of a body that stalls would be the same wait again.
    body.return?.().catch(() => undefined);
  }
  return decode(pieces, size);
}
