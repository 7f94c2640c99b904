import type { ModelId } from '../wire/model-id.ts';
import { chooseFallbacks } from './choose-fallbacks.ts';
import type { FallbackOptions } from './fallback-options.ts';
import { findModels } from './find-models.ts';
import type { FoundModels } from './found-models.ts';
import type { ModelCriteria } from './model-criteria.ts';
import type { OpenStore } from './open-store.ts';
import type { SearchOptions } from './search-options.ts';
import { suggestIds } from './suggest-ids.ts';

/**
 * Finds the models that are as they must be.
 *
 * @param open - opens what the client remembers of models
 * @param criteria - what they must be like
 * @param options - the signal
 * @returns the models, best first
 */
export async function find(
  open: OpenStore,
  criteria: ModelCriteria = {},
  { signal }: SearchOptions = {},
): Promise<FoundModels> {
  return findModels(await open(signal), criteria, signal);
}

/**
 * Chooses models that can stand in for one.
 *
 * @param open - opens what the client remembers of models
 * @param id - the model to stand in for
 * @param options - how many, what else they must be like, and the signal
 * @returns the models, best first
 */
export async function choose(
  open: OpenStore,
  id: ModelId,
  { signal, ...wishes }: FallbackOptions & SearchOptions = {},
): Promise<FoundModels> {
  return chooseFallbacks(await open(signal), id, wishes, signal);
}

/**
 * Says what a misspelled id may have been meant to be.
 *
 * @param open - opens what the client remembers of models
 * @param id - the id as it was typed
 * @param options - the signal
 * @returns up to three ids of the catalogue
 */
export async function suggest(open: OpenStore, id: string, { signal }: SearchOptions = {}): Promise<readonly string[]> {
  const store = await open(signal);
  return suggestIds(id, (await store.models(signal)).value);
}
