/** A JSON object whose contents nobody has looked at yet. */
export interface JsonObject {
  readonly [key: string]: unknown;
}

/**
 * Tells whether a value is an object as JSON knows it: not null and not an array.
 *
 * @param value - anything, typically what `JSON.parse` gave
 * @returns true when properties may be read from it
 */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
