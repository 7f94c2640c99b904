import { isOpenRouterError } from '../errors/open-router-error.ts';
import type { ModelResource } from '../resources/models.ts';
import type { Clock } from '../util/clock.ts';
import { isJsonObject } from '../util/json.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { ModelQuery } from '../wire/model-query.ts';
import type { Model } from '../wire/model.ts';
import { findListed } from './find-listed.ts';
import { type Remembered, SharedCache, type SharedCacheOptions } from './shared-cache.ts';

/** A model, and who serves it. */
export interface KnownModel {
  /** The model as it is listed. */
  readonly model: Model;
  /** Who serves it; none when the API knows nobody who does. */
  readonly endpoints: readonly Endpoint[];
}

/** What the client remembers of models: the listing, who serves which, and which endpoints keep nothing. */
export class ModelStore {
  readonly #resource: ModelResource;
  readonly #options: SharedCacheOptions;
  readonly #all: SharedCache<readonly Model[]>;
  readonly #distillable: SharedCache<readonly Model[]>;
  readonly #zdr: SharedCache<readonly Endpoint[]>;
  readonly #endpoints = new Map<string, SharedCache<readonly Endpoint[]>>();

  /**
   * @param resource - asks the API
   * @param options - how long an answer is good for, by which clock
   */
  constructor(resource: ModelResource, options: SharedCacheOptions) {
    this.#resource = resource;
    this.#options = options;
    this.#all = new SharedCache((signal) => this.#list({}, signal), options);
    this.#distillable = new SharedCache((signal) => this.#list({ distillable: true }, signal), options);
    this.#zdr = new SharedCache(
      async (signal) => (await resource.zdrEndpoints({ signal })).data.filter(isUsableEndpoint),
      options,
    );
  }

  /** Counts the age of answers, and says what day it is. */
  get clock(): Clock {
    return this.#options.clock;
  }

  /**
   * Gives all models, whatever they put out. Entries without the members by which models are judged are left out.
   *
   * @param signal - ends this wait
   * @returns the models in the API's own order
   */
  models(signal?: AbortSignal): Promise<Remembered<readonly Model[]>> {
    return this.#all.get(signal);
  }

  /**
   * Gives the models whose makers allow training on their output: the API tells it only by leaving out the others.
   *
   * @param signal - ends this wait
   * @returns the models
   */
  distillableModels(signal?: AbortSignal): Promise<Remembered<readonly Model[]>> {
    return this.#distillable.get(signal);
  }

  /**
   * Gives the endpoints, of all models, that keep nothing of what they are sent.
   *
   * @param signal - ends this wait
   * @returns the endpoints
   */
  zdrEndpoints(signal?: AbortSignal): Promise<Remembered<readonly Endpoint[]>> {
    return this.#zdr.get(signal);
  }

  /**
   * Gives the endpoints of a model.
   *
   * @param id - the model's id
   * @param signal - ends this wait
   * @returns the endpoints; none when the API lists the model but knows nobody who serves it, as for routers
   */
  endpoints(id: string, signal?: AbortSignal): Promise<Remembered<readonly Endpoint[]>> {
    const known = this.#endpoints.get(id);
    if (known !== undefined) return known.get(signal);
    const cache = new SharedCache((shared) => this.#served(id, shared), this.#options);
    this.#endpoints.set(id, cache);
    return cache.get(signal);
  }

  /**
   * Says what is known of a model without asking the API.
   *
   * @param id - an id or a permanent slug, perhaps with variants that are not listed
   * @returns the model and its endpoints; undefined when either is not remembered, or is too old, or when no such model is listed
   */
  recall(id: string): KnownModel | undefined {
    const listed = this.#all.recall();
    const model = listed && findListed(listed, id);
    const endpoints = model && this.#endpoints.get(model.id)?.recall();
    return endpoints && { model, endpoints };
  }

  async #list(query: ModelQuery, signal: AbortSignal): Promise<readonly Model[]> {
    const models: Model[] = [];
    for await (const model of this.#resource.list({ ...query, output_modalities: 'all' }, { signal })) {
      if (isUsableModel(model)) models.push(model);
    }
    return models;
  }

  async #served(id: string, signal: AbortSignal): Promise<readonly Endpoint[]> {
    try {
      const { endpoints } = await this.#resource.endpoints(id, { signal });
      return Array.isArray(endpoints) ? endpoints.filter(isUsableEndpoint) : [];
    } catch (error) {
      if (isOpenRouterError(error) && error.kind === 'not-found') return [];
      throw error;
    }
  }
}

function isUsableModel(model: unknown): model is Model {
  if (!isJsonObject(model) || typeof model['id'] !== 'string') return false;
  const { architecture, pricing, top_provider: topProvider, supported_parameters: parameters } = model;
  return (
    isJsonObject(architecture) &&
    Array.isArray(architecture['input_modalities']) &&
    Array.isArray(architecture['output_modalities']) &&
    [pricing, topProvider].every(isJsonObject) &&
    Array.isArray(parameters)
  );
}

function isUsableEndpoint(endpoint: unknown): endpoint is Endpoint {
  return (
    isJsonObject(endpoint) &&
    typeof endpoint['provider_name'] === 'string' &&
    isJsonObject(endpoint['pricing']) &&
    Array.isArray(endpoint['supported_parameters'])
  );
}
