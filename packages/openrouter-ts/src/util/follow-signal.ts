interface Group {
  readonly followers: Set<() => void>;
  readonly tell: () => void;
}

const groups = new WeakMap<AbortSignal, Group>();

/**
 * Listens to a signal once. The caller must take that back when the work is over: a signal may live much longer than a call.
 *
 * All who follow one signal share one listener on it. Node warns of a leak where a signal has more than ten.
 *
 * @param signal - the signal; if it has aborted already, the listener is told at once
 * @param listener - told of the abort, with its reason; it must not throw
 * @returns a function that takes the request back
 */
export function followSignal(signal: AbortSignal, listener: (reason: unknown) => void): () => void {
  const follow = (): void => {
    listener(signal.reason);
  };
  if (signal.aborted) {
    follow();
    return () => undefined;
  }
  const group = groups.get(signal) ?? createGroup(signal);
  group.followers.add(follow);
  return () => {
    if (!group.followers.delete(follow) || group.followers.size > 0) return;
    signal.removeEventListener('abort', group.tell);
    groups.delete(signal);
  };
}

function createGroup(signal: AbortSignal): Group {
  const followers = new Set<() => void>();
  const tell = (): void => {
    for (const follow of followers) follow();
  };
  const group = { followers, tell };
  signal.addEventListener('abort', tell, { once: true });
  groups.set(signal, group);
  return group;
}
