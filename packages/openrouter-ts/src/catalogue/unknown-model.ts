import { ConfigError } from '../errors/config-error.ts';
import type { Model } from '../wire/model.ts';
import { suggestIds } from './suggest-ids.ts';

/**
 * Says that the catalogue does not have a model.
 *
 * @param id - the id as it was given
 * @param models - the catalogue
 * @returns the error, with what the id may have been meant to be
 */
export function unknownModel(id: string, models: readonly Model[]): ConfigError {
  return new ConfigError(unknownModelMessage(id, models));
}

/**
 * Says in words that the catalogue does not have a model.
 *
 * @param id - the id as it was given
 * @param models - the catalogue
 * @returns what is wrong, and what the id may have been meant to be
 */
export function unknownModelMessage(id: string, models: readonly Model[]): string {
  const suggestions = suggestIds(id, models);
  const advice =
    suggestions.length === 0 ? 'models.list tells all of them.' : `Did you mean ${suggestions.join(' or ')}?`;
  return `The catalogue has no model "${id}". ${advice}`;
}
