import { ConfigError } from '../errors/config-error.ts';
import { checkNames } from '../pipeline/check-names.ts';

/** How long the client remembers what it was told of models. It concerns what thinks about them, such as `models.find`; `models.list` and its like always ask. */
export interface CatalogueOptions {
  /** How long an answer is good for, in milliseconds; 0 asks every time. Default 300,000, which is what the API says of its own listing. */
  readonly ttlMs?: number | undefined;
  /**
   * For how long after that an answer is still given, marked as stale, when a new one cannot be had for a reason that may pass, in milliseconds;
   * 0 is never. Default 3,600,000, which is what the API says of its own listing.
   */
  readonly staleIfErrorMs?: number | undefined;
}

const knownOptions: Readonly<Record<keyof CatalogueOptions, true>> = { ttlMs: true, staleIfErrorMs: true };

/**
 * Finds what is wrong with the options before anything is done with them.
 *
 * @param options - what the constructor was given
 * @throws ConfigError for an option that does not exist, or a time that is not a number of zero or more
 */
export function checkCatalogueOptions(options: CatalogueOptions): void {
  checkNames(options, knownOptions, 'catalogue.');
  for (const [name, value] of Object.entries<unknown>({ ...options })) {
    if (value !== undefined && !(typeof value === 'number' && value >= 0))
      throw new ConfigError(`catalogue.${name} must be a number of zero or more.`);
  }
}
