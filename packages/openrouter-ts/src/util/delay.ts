import type { AbortScope } from './abort-scope.ts';
import type { Clock } from './clock.ts';

/** What a wait depends on. */
export interface DelayOptions {
  readonly clock: Clock;
  /** Ends the wait at once when it ends. */
  readonly scope: AbortScope;
}

/**
 * Waits, unless the scope ends first. The wait keeps the process alive.
 *
 * @param ms - how long, in milliseconds
 * @param options - the clock that counts and the scope that may end the wait early
 * @returns a promise that resolves when the time is over
 * @throws the scope's reason, at once when it ends
 */
export function delay(ms: number, { clock, scope }: DelayOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    scope.throwIfAborted();
    const cancelTimer = clock.setTimer(
      () => {
        forget();
        resolve();
      },
      ms,
      true,
    );
    const forget = scope.onAbort((reason) => {
      cancelTimer();
      reject(reason);
    });
  });
}
