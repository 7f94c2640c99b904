import type { Attempt } from '../errors/attempt.ts';
import type { Usage } from '../wire/usage.ts';

/** What a caller may want to know of an answer beside the API's own JSON. */
export interface ResponseDetails {
  /** The HTTP status. */
  readonly status: number;
  /** The response headers, lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The id under which OpenRouter knows the answer; for a stream it may be known only when the first chunk is here. */
  readonly generationId: string | undefined;
  /** Every request the call made, the successful one last. */
  readonly attempts: readonly Attempt[];
  /** What is odd about an answer that is good all the same. A stream may add to it until it ends. */
  readonly warnings: readonly ResponseWarning[];
}

/**
 * What is odd about an answer:
 *
 * - `usage-missing`: the stream ended without usage, so its cost is not known yet
 * - `finish-missing`: the stream was closed in good order, but the model never said why it stopped
 * - `empty`: there is no output in it
 */
export type ResponseWarning = 'usage-missing' | 'finish-missing' | 'empty';

/** How an exchange ended, once nothing more will arrive. */
export interface Settlement {
  /** The tokens and the cost, if the answer told them. */
  readonly usage?: Usage | undefined;
  /** The model that answered. */
  readonly model?: string | undefined;
  /** The provider that answered. */
  readonly provider?: string | undefined;
  /** The id under which OpenRouter knows the answer. */
  readonly generationId?: string | undefined;
  /** Why it failed, or why it was given up, after it had begun well. */
  readonly error?: unknown;
}

/** What a handler gives back: a value that is ready now, and the promise of its end. */
export interface Outcome<Value> {
  readonly value: Value;
  readonly response: ResponseDetails;
  /**
   * Never rejects. Resolves when nothing more will arrive and the connection is given back or closed:
   * at once for JSON, at the last chunk for a stream, and also for a stream that nobody reads.
   */
  readonly settled: Promise<Settlement>;
  /** The same, where it was known from the beginning. */
  readonly settlement?: Settlement | undefined;
}

/**
 * Hears how an exchange ended: at once where that is known, and so without a promise for an answer that is not streamed.
 *
 * @param outcome - the outcome
 * @param listener - told once
 */
export function whenSettled({ settled, settlement }: Outcome<unknown>, listener: (end: Settlement) => void): void {
  if (settlement === undefined) void settled.then(listener);
  else listener(settlement);
}
