import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { failure } from '../responses/failure.ts';
import { htmlPage } from '../responses/odd-bodies.ts';
import { chatEndpoint } from './chat-endpoint.ts';
import { generationEndpoint } from './generation-endpoint.ts';
import { keyEndpoint } from './key-endpoint.ts';
import { modelEndpoint, modelEndpointsEndpoint, modelsEndpoint } from './models-endpoint.ts';

/** Where the API begins. Everything else is the website. */
const base = '/api/v1';

/**
 * Finds what the API does with a request that no test has scripted. What the simulator does not know is answered like a wrong address:
 * with a web page.
 *
 * @param exchange - the request
 * @returns the response
 */
export function route(exchange: Exchange): SimulatedResponse {
  const { method, path } = exchange.request;
  const operation = path.startsWith(`${base}/`) ? `${method} ${path.slice(base.length)}` : '';
  return (
    openEndpoint(exchange, operation) ??
    closedEndpoint(exchange, operation) ??
    htmlPage({ status: 404, title: '404: not found' })
  );
}

/** What anyone may ask. */
function openEndpoint(exchange: Exchange, operation: string): SimulatedResponse | undefined {
  if (operation === 'GET /models') return modelsEndpoint(exchange);
  const [, one] = /^GET \/model\/(.+)$/.exec(operation) ?? [];
  if (one !== undefined) return modelEndpoint(exchange, decodeURIComponent(one));
  const [, served] = /^GET \/models\/(.+)\/endpoints$/.exec(operation) ?? [];
  return served === undefined ? undefined : modelEndpointsEndpoint(exchange, decodeURIComponent(served));
}

/** What needs a key. */
function closedEndpoint(exchange: Exchange, operation: string): SimulatedResponse | undefined {
  switch (operation) {
    case 'POST /chat/completions':
      return keyRefusal(exchange) ?? chatEndpoint(exchange);
    case 'GET /key':
      return keyRefusal(exchange) ?? keyEndpoint(exchange);
    case 'GET /generation':
      return keyRefusal(exchange) ?? generationEndpoint(exchange);
    case 'GET /credits':
      return keyRefusal(exchange) ?? failure(403, { userId: null });
    default:
      return undefined;
  }
}

function keyRefusal(exchange: Exchange): SimulatedResponse | undefined {
  const [, key] = /^Bearer +(\S+)$/i.exec(exchange.request.headers['authorization'] ?? '') ?? [];
  if (key === undefined) return failure(401);
  const { apiKeys } = exchange.settings;
  return apiKeys === undefined || apiKeys.includes(key) ? undefined : failure(401, { message: 'User not found.' });
}
