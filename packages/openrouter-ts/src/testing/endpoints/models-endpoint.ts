import { endpointsOf, listingOf } from '../catalogue/model-listing.ts';
import { canonicalSlug, findModel } from '../catalogue/simulated-model.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { failure } from '../responses/failure.ts';
import { json } from '../responses/script.ts';

const cached = { 'cache-control': 'public, max-age=300, stale-while-revalidate=3600, stale-if-error=3600' };

/**
 * `GET /models`: the catalogue, in pages once `offset` or `limit` is asked for. Models that give no text are left out unless
 * `output_modalities` asks for them.
 *
 * @see https://openrouter.ai/docs/guides/overview/models
 * @param exchange - the request
 * @returns the response
 */
export function modelsEndpoint(exchange: Exchange): SimulatedResponse {
  const { query } = exchange.request;
  const { models } = exchange.settings;
  const outputs = (query['output_modalities'] ?? 'text').split(',');
  const wanted = models.filter((model) =>
    (model.outputModalities ?? ['text']).some((output) => outputs.includes(output)),
  );
  const all = outputs.includes('all') ? models : wanted;
  const paged = query['offset'] !== undefined || query['limit'] !== undefined;
  const offset = Number(query['offset'] ?? 0);
  const limit = Math.min(1_000, Number(query['limit'] ?? 500));
  const page = paged ? all.slice(offset, offset + limit) : all;
  const more = paged && offset + limit < all.length;
  const body = {
    data: page.map((model) => listingOf(model, models)),
    total_count: all.length,
    links: { next: more ? `/api/v1/models?offset=${offset + limit}&limit=${limit}` : null },
  };
  return json(body, { headers: cached });
}

/**
 * `GET /model/{author}/{slug}`: one model; an alias answers for its target.
 *
 * @param exchange - the request
 * @param id - the model's id or canonical slug
 * @returns the response
 */
export function modelEndpoint(exchange: Exchange, id: string): SimulatedResponse {
  const { models } = exchange.settings;
  const listed = models.find((model) => model.id === id || canonicalSlug(model) === id);
  const model = listed?.routesTo === undefined ? findModel(models, id) : listed;
  return model === undefined
    ? failure(404, { message: 'Model not found', userId: null })
    : json({ data: listingOf(model, models) });
}

/**
 * `GET /models/{author}/{slug}/endpoints`: who serves a model.
 *
 * @param exchange - the request
 * @param id - the model's id or canonical slug
 * @returns the response
 */
export function modelEndpointsEndpoint(exchange: Exchange, id: string): SimulatedResponse {
  const model = findModel(exchange.settings.models, id);
  return model === undefined
    ? failure(404, { message: 'Model not found', userId: null })
    : json({ data: endpointsOf(model) });
}
