import type { Endpoint } from '../wire/endpoint.ts';
import type { Model } from '../wire/model.ts';
import { checkCriteria } from './check-criteria.ts';
import { comparePrices } from './compare-prices.ts';
import { endpointFilter, needsEndpoints, needsZdr } from './endpoint-filter.ts';
import type { FoundModel, FoundModels } from './found-models.ts';
import type { ModelCriteria, ModelOrder } from './model-criteria.ts';
import { modelFilter } from './model-filter.ts';
import type { ModelStore } from './model-store.ts';
import { orderEndpoints } from './order-endpoints.ts';
import type { Remembered } from './shared-cache.ts';

/** So many models are asked about at a time. */
const atOnce = 8;

const orders: Readonly<Record<ModelOrder, (left: Model, right: Model) => number>> = {
  price: (left, right) => comparePrices(left.pricing, right.pricing),
  context: (left, right) => (right.context_length ?? 0) - (left.context_length ?? 0),
  newest: (left, right) => right.created - left.created,
};

/**
 * Finds the models that are as they must be.
 *
 * @param store - what is known of models
 * @param criteria - what they must be like
 * @param signal - ends the search
 * @returns the models, best first
 * @throws ConfigError for criteria that cannot work
 * @throws the same as {@link searchModels}
 */
export async function findModels(
  store: ModelStore,
  criteria: ModelCriteria,
  signal?: AbortSignal,
): Promise<FoundModels> {
  checkCriteria(criteria);
  const { sort } = criteria;
  return searchModels(
    store,
    criteria,
    (models) => (sort === undefined ? models : [...models].sort(orders[sort])),
    signal,
  );
}

/**
 * Searches the models. The listing decides first; who serves a model is only asked for those that are left, best first, and only until there are
 * enough.
 *
 * @param store - what is known of models
 * @param criteria - what they must be like; they have been checked
 * @param arrange - brings those that the listing leaves into order, and may leave out more
 * @param signal - ends the search
 * @returns the models, best first
 * @throws what the API failed with, unless an older answer stands in; the signal's reason when that aborts
 */
export async function searchModels(
  store: ModelStore,
  criteria: ModelCriteria,
  arrange: (models: readonly Model[]) => readonly Model[],
  signal?: AbortSignal,
): Promise<FoundModels> {
  const seen = new Sources();
  const listed = seen.note(await store.models(signal));
  const today = new Date(store.clock.epochMs()).toISOString().slice(0, 10);
  const left = await narrow(listed.filter(modelFilter(criteria, today)), criteria, store, seen, signal);
  const candidates = arrange(left);
  const matches = needsEndpoints(criteria)
    ? await lookAtEndpoints(candidates, criteria, store, seen, signal)
    : candidates.slice(0, criteria.limit).map((model) => ({ model, endpoints: undefined }));
  return { matches, askedAt: seen.askedAt, stale: seen.stale };
}

/** Leaves out what one more listing rules out, before each model is asked about. */
async function narrow(
  models: readonly Model[],
  { provider = {} }: ModelCriteria,
  store: ModelStore,
  seen: Sources,
  signal: AbortSignal | undefined,
): Promise<readonly Model[]> {
  if (provider.enforce_distillable_text !== true) return models;
  const distillable = new Set(seen.note(await store.distillableModels(signal)).map(({ id }) => id));
  return models.filter(({ id }) => distillable.has(id));
}

async function lookAtEndpoints(
  models: readonly Model[],
  criteria: ModelCriteria,
  store: ModelStore,
  seen: Sources,
  signal: AbortSignal | undefined,
): Promise<readonly FoundModel[]> {
  const { provider = {}, limit = Infinity } = criteria;
  const zdr = needsZdr(provider) ? seen.note(await store.zdrEndpoints(signal)) : undefined;
  const names = new Set(zdr?.map(nameOf));
  const served = new Set(zdr?.map((endpoint) => endpoint.model_id));
  const isGood = endpointFilter(criteria, (endpoint) => names.has(nameOf(endpoint)));
  const candidates = models.filter(
    ({ id, canonical_slug: slug, alias_target: target }) =>
      // An alias has the endpoints of what it stands for, and those go by another name.
      zdr === undefined || target !== undefined || served.has(id) || served.has(slug),
  );
  const matches: FoundModel[] = [];
  for (let at = 0; at < candidates.length && matches.length < limit; at += atOnce) {
    const looked = candidates.slice(at, at + atOnce).map(async (model) => {
      const endpoints = seen.note(await store.endpoints(model.id, signal)).filter(isGood);
      return { model, endpoints: orderEndpoints(endpoints, provider) };
    });
    matches.push(...(await Promise.all(looked)).filter(({ endpoints }) => endpoints.length > 0));
  }
  return matches.slice(0, limit);
}

/**
 * Names an endpoint so that it can be found in another listing. Its tag alone would not do, since a model and its `:free` variant can share one.
 *
 * @param endpoint - the endpoint
 * @returns the same name for the same endpoint in every listing
 */
export function nameOf({ model_id: model, tag, provider_name: provider, name }: Endpoint): string {
  return JSON.stringify([model, tag ?? provider, name]);
}

/** How old the answers are that a search rests on. */
class Sources {
  askedAt: number = Number.POSITIVE_INFINITY;
  stale = false;

  note<Value>(source: Remembered<Value>): Value {
    this.askedAt = Math.min(this.askedAt, source.askedAt);
    this.stale ||= source.stale;
    return source.value;
  }
}
