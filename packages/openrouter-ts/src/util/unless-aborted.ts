import { AbortScope } from './abort-scope.ts';

/**
 * Waits for work that cannot be ended, unless somebody ends the wait first.
 *
 * @param work - goes on all the same
 * @param ending - ends the wait at once
 * @returns what the work resolves with
 * @throws what the work rejects with, or the reason of the end
 */
export function unlessAborted<Value>(work: Promise<Value>, ending: AbortScope | AbortSignal): Promise<Value> {
  const scope = new AbortScope(ending);
  return new Promise((resolve, reject) => {
    scope.onAbort(reject);
    work
      .finally(() => {
        scope.release();
      })
      .then(resolve, reject);
  });
}
