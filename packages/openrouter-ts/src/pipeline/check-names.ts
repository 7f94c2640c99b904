import { ConfigError } from '../errors/config-error.ts';

/**
 * Checks the names of options: one that is misspelt would be none.
 *
 * @param options - as the caller passed them
 * @param known - the options that there are
 * @param of - what they belong to, such as `budget.`
 * @throws ConfigError for an option that does not exist
 */
export function checkNames(options: object, known: object, of = ''): void {
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(known, name))
      throw new ConfigError(`There is no option ${of}${name}. The options are ${Object.keys(known).join(', ')}.`);
  }
}
