import { ConfigError } from '../errors/config-error.ts';

/**
 * Checks a choice between words.
 *
 * @param name - what the caller calls it
 * @param value - what the caller passed; `undefined` stands for the default
 * @param known - the words that there are
 * @throws ConfigError when it is none of them
 */
export function checkOneOf<Word extends string>(name: string, value: Word | undefined, known: readonly Word[]): void {
  if (value !== undefined && !known.includes(value))
    throw new ConfigError(`${name} must be one of ${known.join(', ')}.`);
}
