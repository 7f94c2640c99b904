import { platform } from '#platform';

/**
 * Reads a setting from the environment.
 *
 * @param name - the variable's name
 * @returns its value without white space around it, or `undefined` when nothing is left of it
 */
export function environment(name: string): string | undefined {
  const value = platform.readEnvironment(name)?.trim();
  return value === '' ? undefined : value;
}
