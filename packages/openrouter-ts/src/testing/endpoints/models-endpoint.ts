import { endpointsOf } from '../catalogue/endpoint-listing.ts';
import { listingOf } from '../catalogue/model-listing.ts';
import { selectModels } from '../catalogue/select-models.ts';
import { canonicalSlug, findModel } from '../catalogue/simulated-model.ts';
import type { SimulatedModel } from '../catalogue/simulated-model.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { failure } from '../responses/failure.ts';
import { json, rawBody } from '../responses/script.ts';
import { feedOf } from '../responses/feed-of.ts';
import { bearerKey } from './bearer-key.ts';

const cached = { 'cache-control': 'public, max-age=300, stale-while-revalidate=3600, stale-if-error=3600' };

/**
 * `GET /models` and its like: the catalogue, in pages once `offset` or `limit` is asked for.
 *
 * @see https://openrouter.ai/docs/guides/overview/models
 * @param exchange - the request
 * @param output - what the models of this listing give; default: what `output_modalities` asks for
 * @returns the response
 */
export function modelsEndpoint(exchange: Exchange, output?: string): SimulatedResponse {
  const { path, query } = exchange.request;
  const { models } = exchange.settings;
  const asked = output === undefined ? query : { ...query, output_modalities: output };
  const all = selectModels(models, asked, exchange.clock.epochMs());
  if (query['use_rss'] === 'true')
    return rawBody(feedOf(all, query['use_rss_chat_links'] === 'true'), { contentType: 'application/rss+xml' });
  const paged = query['offset'] !== undefined || query['limit'] !== undefined;
  const offset = Number(query['offset'] ?? 0);
  const limit = Math.min(1_000, Number(query['limit'] ?? 500));
  const more = paged && offset + limit < all.length;
  const next = new URLSearchParams({ offset: String(offset + limit), limit: String(limit) });
  for (const [name, value] of Object.entries(query)) if (!next.has(name)) next.set(name, value);
  const body = {
    data: paged ? all.slice(offset, offset + limit) : all,
    total_count: all.length,
    links: { next: more ? `${path}?${next.toString()}` : null },
  };
  return json(body, { headers: cached });
}

/**
 * `GET /models/count`: how many models there are.
 *
 * @param exchange - the request
 * @returns the response
 */
export function countEndpoint(exchange: Exchange): SimulatedResponse {
  const { output_modalities: outputs = 'text' } = exchange.request.query;
  const { length } = selectModels(exchange.settings.models, { output_modalities: outputs }, 0);
  return json({ data: { count: length } });
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
  const model = lookUp(models, id);
  return model === undefined ? notFound : json({ data: listingOf(model, models) });
}

/**
 * `GET /models/{author}/{slug}/endpoints`: who serves a model.
 *
 * @param exchange - the request
 * @param id - the model's id or canonical slug
 * @returns the response
 */
export function modelEndpointsEndpoint(exchange: Exchange, id: string): SimulatedResponse {
  const model = lookUp(exchange.settings.models, id);
  return model === undefined ? notFound : json({ data: endpointsOf(model, bearerKey(exchange.request) !== undefined) });
}

const notFound = failure(404, { message: 'Model not found', userId: null });

/** A router is a model of its own here: only a chat goes to what it chooses. */
function lookUp(models: readonly SimulatedModel[], id: string): SimulatedModel | undefined {
  const listed = models.find((model) => model.id === id || canonicalSlug(model) === id);
  return listed?.routesTo === undefined ? findModel(models, id) : listed;
}
