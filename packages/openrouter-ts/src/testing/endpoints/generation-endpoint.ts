import type { Generation } from '../../wire/generation.ts';
import type { SimulatedGeneration } from '../billing/generation-ledger.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { failure } from '../responses/failure.ts';
import { json } from '../responses/script.ts';

/**
 * `GET /generation`: what an answer cost. As in reality it is not known at once: the first asks are answered with 404.
 *
 * @see https://openrouter.ai/docs/api-reference/overview
 * @param exchange - the request
 * @returns the response
 */
export function generationEndpoint(exchange: Exchange): SimulatedResponse {
  const id = exchange.request.query['id'] ?? '';
  const headers = { 'cache-control': 'private, no-store' };
  const generation = exchange.ledger.ask(id, exchange.settings.generationLag);
  return generation === undefined
    ? failure(404, { message: `Generation ${id} not found`, headers, userId: null })
    : json({ data: recordOf(generation) }, { headers });
}

function recordOf(generation: SimulatedGeneration): Generation {
  const { tokens, costUsd, durationMs } = generation;
  return {
    ...unused,
    id: generation.id,
    model: generation.model,
    provider_name: generation.provider,
    api_type: 'completions',
    streamed: generation.streamed,
    cancelled: generation.cancelled,
    finish_reason: generation.finishReason,
    native_finish_reason: generation.nativeFinishReason,
    created_at: new Date(generation.createdMs).toISOString(),
    latency: durationMs,
    generation_time: durationMs,
    tokens_prompt: tokens.prompt,
    tokens_completion: tokens.completion,
    native_tokens_prompt: tokens.prompt,
    native_tokens_completion: tokens.completion,
    native_tokens_completion_images: tokens.image,
    native_tokens_reasoning: tokens.reasoning,
    native_tokens_cached: tokens.cached,
    usage: costUsd,
    total_cost: costUsd,
    provider_responses: [{ provider_name: generation.provider, status: 200, latency: durationMs, is_byok: false }],
  };
}

/** What the record has and the simulator has nothing to say about. */
const unused = {
  moderation_latency: null,
  num_media_prompt: null,
  num_media_completion: null,
  num_input_audio_prompt: null,
  num_search_results: null,
  num_fetches: null,
  upstream_inference_cost: 0,
  cache_discount: null,
  is_byok: false,
  router: null,
  preset_id: null,
  session_id: null,
  request_id: null,
  response_cache_source_id: null,
  service_tier: null,
  data_region: 'global',
  web_search_engine: null,
  upstream_id: null,
  origin: '',
  http_referer: null,
  user_agent: null,
  external_user: null,
  app_id: null,
  workspace_id: null,
};
