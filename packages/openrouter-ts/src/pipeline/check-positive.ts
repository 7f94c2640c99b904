import { ConfigError } from '../errors/config-error.ts';

/**
 * Checks a time or a size.
 *
 * @param name - what the caller calls it
 * @param value - what the caller passed; `undefined` stands for the default
 * @throws ConfigError when it is not a number above zero (`Infinity` is one)
 */
export function checkPositive(name: string, value: unknown): void {
  if (value === undefined || (typeof value === 'number' && value > 0)) return;
  const what = typeof value === 'number' ? value : `of type ${typeof value}`;
  throw new ConfigError(`${name} must be a number above zero, or Infinity for no limit, but it is ${what}.`);
}
