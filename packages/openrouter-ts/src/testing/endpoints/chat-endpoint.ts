import { readChatRequest } from '../answers/read-chat-request.ts';
import type { ChatRequestFacts } from '../answers/read-chat-request.ts';
import { findModel } from '../catalogue/simulated-model.ts';
import type { SimulatedModel } from '../catalogue/simulated-model.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { failure } from '../responses/failure.ts';
import { reply } from '../responses/reply.ts';
import { triggered } from '../triggers.ts';
import { limitRefusal } from './limit-refusal.ts';

/**
 * `POST /chat/completions`: refuses what the API would refuse, and answers the rest.
 *
 * @param exchange - the request
 * @returns the response
 */
export function chatEndpoint(exchange: Exchange): SimulatedResponse {
  const { request, settings } = exchange;
  if (request.json === undefined) return failure(400, { message: 'The request body is not valid JSON', userId: null });
  const facts = readChatRequest(request.json);
  if (!facts.hasInput) return failure(400, { message: 'Input required: specify "prompt" or "messages"' });
  const ids = facts.modelIds.length > 0 ? facts.modelIds : settings.models.slice(0, 1).map((model) => model.id);
  const models = ids.map((id) => findModel(settings.models, id));
  const [model] = models;
  const unknown = ids.find((_, index) => models[index] === undefined);
  if (unknown !== undefined) return failure(400, { message: `${unknown} is not a valid model ID` });
  if (model === undefined) return failure(400, { message: 'No models provided' });
  return refusal(exchange, facts, model) ?? triggered(exchange, facts) ?? reply({ model: model.id });
}

function refusal(exchange: Exchange, facts: ChatRequestFacts, model: SimulatedModel): SimulatedResponse | undefined {
  const outputs: readonly string[] = model.outputModalities ?? ['text'];
  if (!facts.modalities.every((modality) => outputs.includes(modality))) {
    const wanted = facts.modalities.join(', ');
    return failure(404, { message: `No endpoints found that support the requested output modalities: ${wanted}` });
  }
  return limitRefusal(exchange, facts, model);
}
