/**
 * Listens to a signal once. The caller must take that back when the work is over: a signal may live much longer than a call.
 *
 * @param signal - the signal; if it has aborted already, the listener is told at once
 * @param listener - told of the abort, with its reason
 * @returns a function that takes the request back
 */
export function followSignal(signal: AbortSignal, listener: (reason: unknown) => void): () => void {
  const follow = (): void => {
    listener(signal.reason);
  };
  if (signal.aborted) follow();
  else signal.addEventListener('abort', follow, { once: true });
  return () => {
    signal.removeEventListener('abort', follow);
  };
}
