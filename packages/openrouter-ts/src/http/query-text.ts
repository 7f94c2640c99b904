import type { QueryParameter } from '../wire/model-query.ts';

/**
 * Writes query parameters down.
 *
 * @param query - by name; a list becomes one value with commas
 * @returns what comes after the path: `?` and the parameters, or nothing when none is set
 */
export function queryText(query: Readonly<Record<string, QueryParameter>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) parameters.append(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
