import type { Outcome, ResponseDetails } from '../http/outcome.ts';

/** An answer with what the API's own JSON does not hold. */
export interface WithResponse<Value> {
  /** The API's own JSON, or the stream. */
  readonly data: Value;
  /** Status, headers, generation id, attempts and warnings. */
  readonly response: ResponseDetails;
}

/** A call under way: a promise of the answer, which can also tell what came beside it. */
export interface PendingCall<Value> extends Promise<Value> {
  /**
   * Waits for the same answer, with what came beside it.
   *
   * @returns the answer and the details of the response
   * @throws the same errors as the call itself
   */
  withResponse(): Promise<WithResponse<Value>>;
}

/**
 * Makes the promise that callers get of an outcome.
 *
 * @param outcome - the outcome to come
 * @returns a promise of its value, with {@link PendingCall.withResponse}
 */
export function pendingCall<Value>(outcome: Promise<Pick<Outcome<Value>, 'value' | 'response'>>): PendingCall<Value> {
  const value = outcome.then(({ value: answer }) => answer);
  return Object.assign(value, {
    withResponse: () => {
      // Whoever takes this promise hears of a failure through it; the other one has no reader.
      value.catch(() => undefined);
      return outcome.then(({ value: data, response }) => ({ data, response }));
    },
  });
}
