import { OnDemand } from '../http/on-demand.ts';
import type { ModelResource } from '../resources/models.ts';
import type { ModelId } from '../wire/model-id.ts';
import type { FallbackOptions } from './fallback-options.ts';
import type { FoundModels } from './found-models.ts';
import type { ModelCriteria } from './model-criteria.ts';
import type { OpenStore } from './open-store.ts';
import type { SearchOptions } from './search-options.ts';

/** What searches in what is remembered of models. */
export const searchPart: OnDemand<typeof import('./search.ts')> = new OnDemand('search', () => import('./search.ts'));

/** What the API tells of models, and what can be concluded from it. */
export interface Models extends ModelResource {
  /**
   * Finds the models that are as they must be, from what the client remembers of the API's listings (`catalogue.ttlMs`).
   *
   * It takes one request at most, unless the criteria are about providers: then one for each model that meets all others.
   *
   * @param criteria - what they must be like; everything that is named must hold
   * @param options - the signal
   * @returns the models, best first, each with those of its endpoints that meet the criteria where these were looked at
   * @throws ConfigError for criteria that cannot work
   * @throws the errors of every call when the API cannot be asked and nothing remembered is young enough to stand in
   */
  find(criteria?: ModelCriteria, options?: SearchOptions): Promise<FoundModels>;

  /**
   * Chooses models that can stand in for one: they take and give the same, have at least its context, and cost no more. For a model that costs
   * nothing only such models are chosen, unless `allowPaid` says otherwise. Those of other authors and providers come first, since they do not fail
   * together with it, then those whose price is closest. The same listings give the same choice.
   *
   * @param id - the model to stand in for
   * @param options - how many, what else they must be like, and the signal
   * @returns the models, best first; fewer than asked for when there are no more
   * @throws ConfigError when the catalogue has no such model, with what its id may have been meant to be, or when a price is needed that is not known
   * @throws the same errors as {@link Models.find}
   */
  chooseFallbacks(id: ModelId, options?: FallbackOptions & SearchOptions): Promise<FoundModels>;

  /**
   * Says what a misspelled id may have been meant to be.
   *
   * @param id - the id as it was typed
   * @param options - the signal
   * @returns up to three ids of the catalogue, the likeliest first; none when nothing is like it
   * @throws the same errors as {@link Models.find}
   */
  suggest(id: string, options?: SearchOptions): Promise<readonly string[]>;
}

/**
 * Makes what a client knows of models. What thinks is loaded when it is asked for.
 *
 * @param resource - the endpoints about models
 * @param open - opens what the client remembers of them
 * @returns the endpoints about models, and the searches
 */
export function models(resource: ModelResource, open: OpenStore): Models {
  return {
    ...resource,
    find: async (criteria, options) => (await searchPart.load(options?.signal)).find(open, criteria, options),
    chooseFallbacks: async (id, options) => (await searchPart.load(options?.signal)).choose(open, id, options),
    suggest: async (id, options) => (await searchPart.load(options?.signal)).suggest(open, id, options),
  };
}
