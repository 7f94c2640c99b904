import type { Endpoint, ModelEndpoints } from '../../wire/endpoint.ts';
import type { Provider } from '../../wire/provider.ts';
import { architectureOf, completionOf, createdOf, describe, lengthOf, parametersOf } from './model-listing.ts';
import type { SimulatedEndpoint } from './simulated-endpoint.ts';
import { canonicalSlug } from './simulated-model.ts';
import type { SimulatedModel } from './simulated-model.ts';

/**
 * Who serves a model.
 *
 * @param model - a model of the catalogue
 * @returns its endpoints; a router and an alias have none of their own
 */
export function servedBy(model: SimulatedModel): readonly SimulatedEndpoint[] {
  if (model.routesTo !== undefined || model.aliasOf !== undefined) return [];
  return model.endpoints ?? [{ provider: model.provider ?? 'Simulated' }];
}

/**
 * The slug of an endpoint.
 *
 * @param endpoint - an endpoint of the catalogue
 * @returns for example `google-vertex/us-east5`
 */
export function tagOf({ tag, provider }: SimulatedEndpoint): string {
  return tag ?? provider.toLowerCase().replaceAll(' ', '-');
}

/**
 * A model's endpoints as `GET /models/{author}/{slug}/endpoints` lists them.
 *
 * @param model - a model of the catalogue
 * @param hasKey - whether a key came with the request: without one nobody is told how fast endpoints are
 * @returns the body's `data`
 */
export function endpointsOf(model: SimulatedModel, hasKey: boolean): ModelEndpoints {
  const { id, name = id } = model;
  return {
    id,
    name,
    created: createdOf(model),
    description: describe(model),
    architecture: architectureOf(model),
    endpoints: servedBy(model).map((endpoint) => endpointOf(model, endpoint, hasKey)),
  };
}

/**
 * The endpoints that keep nothing, as `GET /endpoints/zdr` lists them.
 *
 * @param models - the catalogue
 * @param hasKey - whether a key came with the request
 * @returns the body's `data`
 */
export function zdrEndpointsOf(models: readonly SimulatedModel[], hasKey: boolean): readonly Endpoint[] {
  return models.flatMap((model) =>
    servedBy(model)
      .filter(({ zdr }) => zdr === true)
      .map((endpoint) => endpointOf(model, endpoint, hasKey)),
  );
}

/**
 * Everyone who serves a model, as `GET /providers` lists them.
 *
 * @param models - the catalogue
 * @returns the body's `data`
 */
export function providersOf(models: readonly SimulatedModel[]): readonly Provider[] {
  const endpoints = models.flatMap(servedBy);
  const names = new Map(endpoints.map((endpoint) => [tagOf(endpoint).replace(/\/.*/, ''), endpoint.provider]));
  return Array.from(names, ([slug, name]) => ({
    name,
    slug,
    privacy_policy_url: `https://example.com/${slug}/privacy`,
    terms_of_service_url: `https://example.com/${slug}/terms`,
    status_page_url: null,
    headquarters: null,
    datacenters: null,
  }));
}

function endpointOf(model: SimulatedModel, endpoint: SimulatedEndpoint, hasKey: boolean): Endpoint {
  const { provider, pricing = model.pricing, quantization = null, uptime = 100 } = endpoint;
  const { contextLength = lengthOf(model) ?? 0, maxCompletionTokens = completionOf(model) } = endpoint;
  const parameters = endpoint.supportedParameters ?? parametersOf(model);
  const callsTools = parameters.includes('tool_choice');
  return {
    name: `${provider} | ${canonicalSlug(model)}`,
    model_id: model.id,
    model_name: model.name ?? model.id,
    context_length: contextLength,
    pricing: { ...pricing, discount: 0 },
    provider_name: provider,
    tag: tagOf(endpoint),
    quantization,
    max_completion_tokens: maxCompletionTokens,
    max_prompt_tokens: null,
    supported_parameters: [...parameters].sort(),
    status: 0,
    uptime_last_5m: uptime,
    uptime_last_30m: uptime,
    uptime_last_1d: uptime,
    supports_implicit_caching: false,
    supports_tool_choice: { auto: callsTools, none: callsTools, required: callsTools, function: callsTools },
    latency_last_30m: hasKey ? (endpoint.latency ?? null) : null,
    throughput_last_30m: hasKey ? (endpoint.throughput ?? null) : null,
  };
}
