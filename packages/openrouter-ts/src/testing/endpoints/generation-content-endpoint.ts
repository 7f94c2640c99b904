import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { failure } from '../responses/failure.ts';
import { json } from '../responses/script.ts';

/**
 * `GET /generation/content`: what was asked and answered, if the account stores it.
 *
 * @see https://openrouter.ai/docs/api-reference/generations/get-generation-content
 * @param exchange - the request
 * @returns the response
 */
export function generationContentEndpoint(exchange: Exchange): SimulatedResponse {
  const data = exchange.ledger.contentOf(exchange.request.query['id'] ?? '', exchange.settings.generationLag);
  const headers = { 'cache-control': 'private, no-store' };
  return data === undefined ? failure(404, { headers, userId: null }) : json({ data }, { headers });
}
