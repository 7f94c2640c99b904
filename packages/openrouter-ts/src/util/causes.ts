import { isJsonObject, type JsonObject } from './json.ts';

/**
 * Unwraps an error: runtimes put a failure into the `cause` of another, and several into an `AggregateError`, of which the first counts.
 *
 * @param error - what was caught, from whichever realm
 * @returns the error and what it stands for, outermost first, six at most since a cause may lead in a circle; empty for what is not an object
 */
export function causes(error: unknown): readonly JsonObject[] {
  const found: JsonObject[] = [];
  for (let next = error; isJsonObject(next) && found.length < 6;) {
    found.push(next);
    next = Array.isArray(next['errors']) ? next['errors'][0] : next['cause'];
  }
  return found;
}
