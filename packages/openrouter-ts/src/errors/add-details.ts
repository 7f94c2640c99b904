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
    if (value === undefined) continue;
    Object.defineProperty(error, name, { value, configurable: true, enumerable: name !== 'partial', writable: true });
  }
  return error;
}
