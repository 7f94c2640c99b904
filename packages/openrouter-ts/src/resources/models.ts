import { ConfigError } from '../errors/config-error.ts';
import { paginate } from '../http/paginate.ts';
import { queryText } from '../http/query-text.ts';
import { readData, readRecord } from '../http/read-data.ts';
import { readText } from '../http/read-text.ts';
import { readList } from '../http/read-list.ts';
import type { Call } from '../pipeline/call.ts';
import type { Operation, RequestOptions } from '../pipeline/operation.ts';
import type { PendingCall } from '../pipeline/pending-call.ts';
import type { Endpoint, ModelEndpoints } from '../wire/endpoint.ts';
import type { ImageModel, ImageModelEndpoints } from '../wire/image-model.ts';
import type { ItemList } from '../wire/item-list.ts';
import type { ModelCount } from '../wire/model-count.ts';
import type { ModelId } from '../wire/model-id.ts';
import type { ModelList } from '../wire/model-list.ts';
import type { ModelFeedQuery, ModelQuery, OutputQuery, PageQuery } from '../wire/model-query.ts';
import type { Model } from '../wire/model.ts';
import type { VideoModel } from '../wire/video-model.ts';
import { modelPath } from './model-path.ts';

/** A list under way: as a promise it is its first page, in a `for await` every model of all its pages. */
export type ModelListCall = PendingCall<ModelList> & AsyncIterable<Model>;

/** What the API tells of models. Each call asks the API anew; what is asked often can be answered from memory by `find`. */
export interface ModelResource {
  /**
   * Lists models (`GET /models`). Models that give no text are hidden unless `output_modalities` asks for them.
   *
   * Without `offset` and `limit` the list comes whole. To name one of them is to ask for pages of 500, or of `limit`: the promise is then the
   * first page, and `for await` follows `links.next` to the last.
   *
   * @param query - the API's own parameters; lists may be arrays, and parameters that are not documented pass through
   * @param options - signal, time limit and headers for this call, and for each page
   * @returns the API's own JSON, or all models of all pages
   * @throws ConfigError for `use_rss`: that is {@link ModelResource.feed}
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/api-reference/models/get-models
   */
  list(query?: ModelQuery, options?: RequestOptions): ModelListCall;

  /**
   * Lists the models that the settings of the key's account leave: providers, privacy, guardrails (`GET /models/user`).
   *
   * @param query - the page and the kinds of output
   * @param options - signal, time limit and headers for this call, and for each page
   * @returns the same as {@link ModelResource.list}
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/api-reference/models/list-models-user
   */
  user(query?: PageQuery & OutputQuery, options?: RequestOptions): ModelListCall;

  /**
   * Lists the models that embed (`GET /embeddings/models`).
   *
   * @param query - the page
   * @param options - signal, time limit and headers for this call, and for each page
   * @returns the same as {@link ModelResource.list}
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/api-reference/embeddings/list-embeddings-models
   */
  embeddings(query?: PageQuery, options?: RequestOptions): ModelListCall;

  /**
   * Lists models as an RSS feed (`GET /models?use_rss=true`).
   *
   * @param query - which models, and where the entries lead
   * @param options - signal, time limit and headers for this call
   * @returns the XML
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/api-reference/models/get-models
   */
  feed(query?: ModelFeedQuery, options?: RequestOptions): PendingCall<string>;

  /**
   * Counts models (`GET /models/count`).
   *
   * @param query - the kinds of output; default: text
   * @param options - signal, time limit and headers for this call
   * @returns the API's own JSON, taken out of its `data`
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/api-reference/models/list-models-count
   */
  count(query?: OutputQuery, options?: RequestOptions): PendingCall<ModelCount>;

  /**
   * Asks for one model (`GET /model/{author}/{slug}`). Aliases lead to the model they stand for.
   *
   * @param id - the id, perhaps with a variant such as `:free`, or the permanent slug
   * @param options - signal, time limit and headers for this call
   * @returns the API's own JSON, taken out of its `data`
   * @throws ConfigError when the id is not spelled as one
   * @throws NotFoundError when there is no such model
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/api-reference/models/get-model
   */
  get(id: ModelId, options?: RequestOptions): PendingCall<Model>;

  /**
   * Asks who serves a model, at what price and how well (`GET /models/{author}/{slug}/endpoints`).
   *
   * @param id - the id, perhaps with a variant such as `:free`, or the permanent slug
   * @param options - signal, time limit and headers for this call
   * @returns the API's own JSON, taken out of its `data`
   * @throws ConfigError when the id is not spelled as one
   * @throws NotFoundError when there is no such model
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/api-reference/endpoints/list-endpoints
   */
  endpoints(id: ModelId, options?: RequestOptions): PendingCall<ModelEndpoints>;

  /**
   * Lists the endpoints, of all models, that keep nothing of what they are sent (`GET /endpoints/zdr`).
   *
   * @param options - signal, time limit and headers for this call
   * @returns the API's own JSON: the endpoints are in `data`
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/api-reference/endpoints/list-endpoints-zdr
   */
  zdrEndpoints(options?: RequestOptions): PendingCall<ItemList<Endpoint>>;

  /**
   * Lists the models that draw, with what their requests may say (`GET /images/models`).
   *
   * @param options - signal, time limit and headers for this call
   * @returns the API's own JSON: the models are in `data`
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/guides/overview/multimodal/image-generation
   */
  images(options?: RequestOptions): PendingCall<ItemList<ImageModel>>;

  /**
   * Asks who serves a model that draws, and at what price (`GET /images/models/{author}/{slug}/endpoints`).
   *
   * @param id - the id
   * @param options - signal, time limit and headers for this call
   * @returns the API's own JSON
   * @throws ConfigError when the id is not spelled as one
   * @throws NotFoundError when there is no such model
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/guides/overview/multimodal/image-generation
   */
  imageEndpoints(id: ModelId, options?: RequestOptions): PendingCall<ImageModelEndpoints>;

  /**
   * Lists the models that film, with what their requests may say (`GET /videos/models`).
   *
   * @param options - signal, time limit and headers for this call
   * @returns the API's own JSON: the models are in `data`
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/guides/overview/multimodal/video-generation
   */
  videos(options?: RequestOptions): PendingCall<ItemList<VideoModel>>;
}

/**
 * Makes the endpoints about models.
 *
 * @param call - the function through which every call goes
 * @returns the endpoints
 */
export function modelResource(call: Call): ModelResource {
  function pages(path: string, query: ModelQuery = {}, options?: RequestOptions): ModelListCall {
    const ask = (page?: ModelQuery): PendingCall<ModelList> =>
      call(
        {
          ...get(path, { ...query, ...page }),
          check: () => {
            refuseRss(query);
          },
          read: readList<ModelList>,
        },
        options,
      );
    const first = ask();
    return Object.assign(first, { [Symbol.asyncIterator]: () => paginate(first, ask) });
  }
  return {
    list: (query, options) => pages('/models', query, options),
    user: (query, options) => pages('/models/user', query, options),
    embeddings: (query, options) => pages('/embeddings/models', query, options),
    feed: (query, options) => call({ ...get('/models', { ...query, use_rss: true }), read: readText }, options),
    count: (query, options) => call({ ...get('/models/count', query), read: readData<ModelCount> }, options),
    get: (id, options) => call(about('/model/', id, '', readData<Model>), options),
    endpoints: (id, options) => call(about('/models/', id, '/endpoints', readData<ModelEndpoints>), options),
    zdrEndpoints: (options) => call({ ...get('/endpoints/zdr'), read: readList<ItemList<Endpoint>> }, options),
    images: (options) => call({ ...get('/images/models'), read: readList<ItemList<ImageModel>> }, options),
    imageEndpoints: (id, options) =>
      call(about('/images/models/', id, '/endpoints', readRecord<ImageModelEndpoints>), options),
    videos: (options) => call({ ...get('/videos/models'), read: readList<ItemList<VideoModel>> }, options),
  };
}

function get(path: string, query?: ModelFeedQuery): Pick<Operation<never>, 'method' | 'path' | 'query'> {
  return { method: 'GET', path, query: query && queryText({ ...query }) };
}

/** The path is made where the call begins, so that a misspelled id rejects the call as everything else does. */
function about<Value>(before: string, id: string, after: string, read: Operation<Value>['read']): Operation<Value> {
  return {
    method: 'GET',
    get path() {
      return modelPath(before, id, after);
    },
    read,
  };
}

function refuseRss({ use_rss: rss }: ModelQuery): void {
  if (rss != null) throw new ConfigError('`use_rss` is not a parameter here: models.feed gives the RSS feed.');
}
