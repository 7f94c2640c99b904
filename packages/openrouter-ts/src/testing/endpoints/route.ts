import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { failure } from '../responses/failure.ts';
import { htmlPage } from '../responses/odd-bodies.ts';
import { activityEndpoint } from './activity-endpoint.ts';
import { bearerKey, isManagementKey } from './bearer-key.ts';
import { catalogueEndpoint } from './catalogue-endpoint.ts';
import { chatEndpoint } from './chat-endpoint.ts';
import { creditsEndpoint } from './credits-endpoint.ts';
import { generationContentEndpoint } from './generation-content-endpoint.ts';
import { generationEndpoint } from './generation-endpoint.ts';
import { keyEndpoint } from './key-endpoint.ts';
import { modelsEndpoint } from './models-endpoint.ts';

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
    catalogueEndpoint(exchange, operation) ??
    closedEndpoint(exchange, operation) ??
    htmlPage({ status: 404, title: '404: not found' })
  );
}

/** What needs a key. */
function closedEndpoint(exchange: Exchange, operation: string): SimulatedResponse | undefined {
  switch (operation) {
    case 'POST /chat/completions':
      return keyRefusal(exchange) ?? managementKeyRefusal(exchange) ?? chatEndpoint(exchange);
    case 'GET /key':
      return keyRefusal(exchange) ?? keyEndpoint(exchange);
    case 'GET /models/user':
      return keyRefusal(exchange) ?? modelsEndpoint(exchange);
    case 'GET /generation':
      return keyRefusal(exchange) ?? generationEndpoint(exchange);
    case 'GET /generation/content':
      return keyRefusal(exchange) ?? generationContentEndpoint(exchange);
    case 'GET /credits':
      return keyRefusal(exchange) ?? ordinaryKeyRefusal(exchange) ?? creditsEndpoint(exchange);
    case 'GET /activity':
      return keyRefusal(exchange) ?? ordinaryKeyRefusal(exchange) ?? activityEndpoint(exchange);
    default:
      return undefined;
  }
}

function keyRefusal(exchange: Exchange): SimulatedResponse | undefined {
  const key = bearerKey(exchange.request);
  if (key === undefined) return failure(401);
  const { apiKeys } = exchange.settings;
  const known = apiKeys === undefined || apiKeys.includes(key) || isManagementKey(exchange);
  return known ? undefined : failure(401, { message: 'User not found.' });
}

function ordinaryKeyRefusal(exchange: Exchange): SimulatedResponse | undefined {
  return isManagementKey(exchange) ? undefined : failure(403, { userId: null });
}

function managementKeyRefusal(exchange: Exchange): SimulatedResponse | undefined {
  const message = 'Management keys cannot be used to call models';
  return isManagementKey(exchange) ? failure(403, { message }) : undefined;
}
