import type { ErrorDetails, OpenRouterError } from './open-router-error.ts';

/**
 * Fills in what only an outer layer knows of a failure (the generation id, what had arrived, the trail of attempts).
 *
 * @param error - the failure, which keeps its identity and its stack
 * @param details - what to add; a field that is `undefined` leaves the error's own
 * @returns the same error
 */
export function addDetails<Failure extends OpenRouterError>(
  error: Failure,
  details: Omit<ErrorDetails, 'cause'>,
): Failure {
  for (const [name, value] of Object.entries(details)) {
    // The error has the field already; what it is like beside its value, hidden or not, stays as it is.
    if (value !== undefined) Object.defineProperty(error, name, { value });
  }
  return error;
}
