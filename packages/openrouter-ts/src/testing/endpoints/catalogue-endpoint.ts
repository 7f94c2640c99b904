import { providersOf, zdrEndpointsOf } from '../catalogue/endpoint-listing.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { json } from '../responses/script.ts';
import { bearerKey } from './bearer-key.ts';
import { imageModelEndpointsEndpoint, imageModelsEndpoint, videoModelsEndpoint } from './media-models-endpoint.ts';
import { countEndpoint, modelEndpoint, modelEndpointsEndpoint, modelsEndpoint } from './models-endpoint.ts';

/**
 * What anyone may ask, with a key or without: about models and those who serve them.
 *
 * @param exchange - the request
 * @param operation - method and path, such as `GET /models`
 * @returns the response, or undefined when this is another operation
 */
export function catalogueEndpoint(exchange: Exchange, operation: string): SimulatedResponse | undefined {
  const { models } = exchange.settings;
  switch (operation) {
    case 'GET /models':
      return modelsEndpoint(exchange);
    case 'GET /models/count':
      return countEndpoint(exchange);
    case 'GET /embeddings/models':
      return modelsEndpoint(exchange, 'embeddings');
    case 'GET /images/models':
      return imageModelsEndpoint(exchange);
    case 'GET /videos/models':
      return videoModelsEndpoint(exchange);
    case 'GET /providers':
      return json({ data: providersOf(models) });
    case 'GET /endpoints/zdr':
      return json({ data: zdrEndpointsOf(models, bearerKey(exchange.request) !== undefined) });
    default:
      return aboutOneModel(exchange, operation);
  }
}

const patterns = [
  [/^GET \/model\/([^/]+\/[^/]+)$/, modelEndpoint],
  [/^GET \/models\/([^/]+\/[^/]+)\/endpoints$/, modelEndpointsEndpoint],
  [/^GET \/images\/models\/([^/]+\/[^/]+)\/endpoints$/, imageModelEndpointsEndpoint],
] as const;

function aboutOneModel(exchange: Exchange, operation: string): SimulatedResponse | undefined {
  for (const [pattern, endpoint] of patterns) {
    const [, id] = pattern.exec(operation) ?? [];
    if (id !== undefined) return endpoint(exchange, decodeURIComponent(id));
  }
  return undefined;
}
