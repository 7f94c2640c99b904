import { addDetails } from '../errors/add-details.ts';
import type { Attempt } from '../errors/attempt.ts';
import { isOpenRouterError, type OpenRouterError } from '../errors/open-router-error.ts';
import type { Outcome } from '../http/outcome.ts';
import type { PendingCall } from '../pipeline/pending-call.ts';
import { AbortScope } from '../util/abort-scope.ts';
import type { Clock } from '../util/clock.ts';
import { delay } from '../util/delay.ts';

/** How a record is waited for. */
export interface WaitForRecordOptions {
  /** For how long, in milliseconds. */
  readonly waitMs: number;
  /** Counts the pauses. */
  readonly clock: Clock;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
}

const firstPauseMs = 500;
const longestPauseMs = 10_000;

/**
 * Asks for a record until it is there. Only that it is not there is waited for: every other failure is the caller's at once.
 *
 * @param ask - asks once
 * @param options - how long to wait, and by which clock
 * @returns the outcome of the ask that found it; its attempts are those of all asks
 * @throws the NotFoundError of the last ask when the time is over
 * @throws whatever else an ask throws, or the signal's reason
 */
export async function waitForRecord<Value>(
  ask: () => PendingCall<Value>,
  { waitMs, clock, signal }: WaitForRecordOptions,
): Promise<Outcome<Value>> {
  const until = clock.now() + waitMs;
  const attempts: Attempt[] = [];
  const scope = new AbortScope(signal);
  try {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const outcome = await askOnce(ask, attempts);
      if ('response' in outcome) return outcome;
      const leftMs = until - clock.now();
      if (leftMs <= 0) throw outcome.notFound;
      await delay(Math.min(pauseMs, leftMs), { clock, scope });
    }
  } finally {
    scope.release();
  }
}

/** Gives the outcome, or the failure that says that the record is not there. */
async function askOnce<Value>(
  ask: () => PendingCall<Value>,
  attempts: Attempt[],
): Promise<Outcome<Value> | { readonly notFound: OpenRouterError }> {
  try {
    const { data: value, response } = await ask().withResponse();
    note(response.attempts, attempts);
    return { value, response: { ...response, attempts }, settled: Promise.resolve({}) };
  } catch (error) {
    if (!isOpenRouterError(error)) throw error;
    note(error.attempts, attempts);
    addDetails(error, { attempts });
    if (error.kind !== 'not-found') throw error;
    return { notFound: error };
  }
}

function note(made: readonly Attempt[], attempts: Attempt[]): void {
  for (const attempt of made) attempts.push({ ...attempt, number: attempts.length + 1 });
}
