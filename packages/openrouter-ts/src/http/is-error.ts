import { isJsonObject } from '../util/json.ts';

/**
 * Tells whether a member named `error` is one.
 *
 * @param value - the member
 * @returns true for an object, and for words
 */
export function isError(value: unknown): boolean {
  return isJsonObject(value) || (typeof value === 'string' && value !== '');
}
