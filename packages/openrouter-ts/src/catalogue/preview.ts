import type { CostEstimate } from '../cost/cost-estimate.ts';
import { estimateCost } from '../cost/estimate-cost.ts';
import type { LengthOptions } from '../cost/estimate-lengths.ts';
import { hasPreset } from '../cost/worst-case-terms.ts';
import { ConfigError } from '../errors/config-error.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { checkRequest, worstFirst } from './check-request.ts';
import { needsZdr } from './endpoint-filter.ts';
import { findListed } from './find-listed.ts';
import { nameOf } from './find-models.ts';
import type { ModelStore } from './model-store.ts';
import { finding, type RequestFinding } from './request-finding.ts';
import { unknownModel, unknownModelMessage } from './unknown-model.ts';

/** A model as the request names it. */
interface NamedModel {
  readonly id: string;
  readonly path: string;
}

/**
 * Estimates what a request costs, from what the client knows of models.
 *
 * @param store - what is known of models
 * @param request - the request
 * @param options - what was learnt, and a tokenizer
 * @param signal - ends the wait for listings
 * @returns the estimate for the first model; where there are others to fall back on, the highest cost is that of the dearest
 * @throws ConfigError when the request names no model, or one that the catalogue has not
 * @throws what the API failed with when it had to be asked
 */
export async function estimateRequest(
  store: ModelStore,
  request: ChatRequest,
  options: LengthOptions,
  signal?: AbortSignal,
): Promise<CostEstimate> {
  const listed = await store.models(signal);
  const names = modelsOf(request);
  if (names.length === 0)
    throw new ConfigError(
      'The request names no model: what the account chooses by default is not known here. Set model.',
    );
  const estimates = await Promise.all(
    names.map(async ({ id }) => {
      const model = findListed(listed.value, withoutPreset(id));
      if (model === undefined) throw unknownModel(id, listed.value);
      const endpoints = await store.endpoints(model.id, signal);
      const listedAtEpochMs = Math.min(listed.askedAt, endpoints.askedAt);
      const times = { atEpochMs: store.clock.epochMs(), listedAtEpochMs };
      const estimate = estimateCost(request, model, endpoints.value, { ...options, ...times });
      return listed.stale || endpoints.stale ? withBasis(estimate, 'stale-prices', staleMessage) : estimate;
    }),
  );
  return estimates.reduce(withFallback);
}

/**
 * Holds a request against what the client knows of models.
 *
 * @param store - what is known of models
 * @param request - the request
 * @param options - a tokenizer
 * @param signal - ends the wait for listings
 * @returns what was found, the worst first
 * @throws what the API failed with when it had to be asked
 */
export async function checkInCatalogue(
  store: ModelStore,
  request: ChatRequest,
  { countTokens }: LengthOptions,
  signal?: AbortSignal,
): Promise<readonly RequestFinding[]> {
  const models = (await store.models(signal)).value;
  const names = modelsOf(request);
  const keepsNothing = await privacyOf(store, request, signal);
  const today = new Date(store.clock.epochMs()).toISOString().slice(0, 10);
  const general = hasPreset(request)
    ? [finding('warning', 'preset-unseen', 'model', 'What the preset adds is not known here, and not checked.')]
    : [];
  if (names.length === 0)
    general.push(
      finding(
        'warning',
        'no-model',
        'model',
        "The request names no model: the account's own is taken, and nothing is checked.",
      ),
    );
  const found = await Promise.all(
    names.map(async ({ id, path }) => {
      const model = findListed(models, withoutPreset(id));
      if (model === undefined) return [finding('refused', 'model-unknown', path, unknownModelMessage(id, models))];
      const endpoints = (await store.endpoints(model.id, signal)).value;
      return checkRequest({ request, model, modelPath: path, endpoints, today, keepsNothing, countTokens });
    }),
  );
  return worstFirst([...general, ...found.flat()]);
}

const staleMessage = 'The API could not be asked again: the prices are older than they should be.';

function modelsOf({ model, models = [] }: ChatRequest): readonly NamedModel[] {
  const first = model === undefined ? [] : [{ id: model, path: 'model' }];
  // A preset by itself names a model that is not known here.
  return [...first, ...models.map((id, index) => ({ id, path: `models.${index}` }))].filter(
    ({ id }) => withoutPreset(id) !== '',
  );
}

function withoutPreset(id: string): string {
  return id.replace(/@preset\/.*$/s, '');
}

async function privacyOf(
  store: ModelStore,
  { provider }: ChatRequest,
  signal: AbortSignal | undefined,
): Promise<(endpoint: Endpoint) => boolean> {
  if (provider == null || !needsZdr(provider)) return () => true;
  const names = new Set((await store.zdrEndpoints(signal)).value.map(nameOf));
  return (endpoint) => names.has(nameOf(endpoint));
}

function withFallback(estimate: CostEstimate, other: CostEstimate): CostEstimate {
  const message = `${other.model} stands in when ${estimate.model} cannot answer.`;
  if (estimate.type === 'unknown') return estimate;
  if (other.type === 'unknown')
    return {
      ...withBasis(estimate, 'unknown-fallback', `${message} What it costs at most is not known.`),
    };
  const { highUsd, exact } = other.highUsd > estimate.highUsd ? other : estimate;
  return {
    ...estimate,
    highUsd,
    exact: { ...estimate.exact, high: exact.high },
    restsOn: [...estimate.restsOn, { code: 'fallback', message }],
  };
}

function withBasis(estimate: CostEstimate, code: string, message: string): CostEstimate {
  return { ...estimate, restsOn: [...estimate.restsOn, { code, message }] };
}
