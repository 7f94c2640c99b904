import type { TransportRequest } from '../http/transport.ts';
import { followSignal } from '../util/follow-signal.ts';

/** The part of a request that ends it. */
export type Abortable = Pick<TransportRequest, 'signal' | 'onAbort'>;

/**
 * Asks a request to tell when it is to end, in the cheaper of the two ways if it offers that.
 *
 * @param outgoing - the request
 * @param listener - told once, with the reason; at once if the request has ended
 * @returns a function that takes that back
 */
export function listenForAbort(outgoing: Abortable, listener: (reason: unknown) => void): () => void {
  return outgoing.onAbort === undefined ? followSignal(outgoing.signal, listener) : outgoing.onAbort(listener);
}
