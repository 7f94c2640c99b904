import type { Endpoint, Model, ModelCriteria, PercentileCutoffs, Percentiles } from 'openrouter-ts';

/** What an API tells, read without the library. */
export interface ToldByApi {
  readonly models: readonly Model[];
  readonly endpointsOf: (id: string) => readonly Endpoint[];
  readonly zdr: readonly Endpoint[];
  readonly distillable: readonly string[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** A model and the endpoints that are right for it; undefined where the criteria say nothing of endpoints. */
export type Expected = readonly [id: string, tags: readonly string[] | undefined];

/**
 * The models that meet criteria, by the plainest reading: each condition is a line, every model and every endpoint is looked at, and nothing
 * is shared with the library.
 */
export function expectedModels(criteria: ModelCriteria, api: ToldByApi): readonly Expected[] {
  const { provider } = criteria;
  const about = provider !== undefined && saysSomethingOfEndpoints(provider);
  const found: Expected[] = [];
  for (const model of api.models) {
    if (!isListedRight(model, criteria, api.today)) continue;
    if (provider?.enforce_distillable_text === true && !api.distillable.includes(model.id)) continue;
    if (criteria.endpoints !== true && !about) {
      found.push([model.id, undefined]);
      continue;
    }
    const right = api.endpointsOf(model.id).filter((endpoint) => isEndpointRight(endpoint, criteria, api));
    if (right.length > 0) found.push([model.id, right.map(tagOf).sort()]);
  }
  return found;
}

type Provider = NonNullable<ModelCriteria['provider']>;

function saysSomethingOfEndpoints(provider: Provider): boolean {
  if (provider.zdr === true || provider.data_collection === 'deny' || provider.require_parameters === true) return true;
  if (provider.max_price || provider.sort) return true;
  if (provider.preferred_max_latency || provider.preferred_min_throughput) return true;
  return [provider.order, provider.only, provider.ignore, provider.quantizations].some(
    (list) => list && list.length > 0,
  );
}

function wantedParameters(criteria: ModelCriteria): readonly string[] {
  const wanted: string[] = [...(criteria.supportedParameters ?? [])];
  if (criteria.tools) wanted.push('tools');
  if (criteria.structuredOutputs) wanted.push('structured_outputs');
  if (criteria.reasoning) wanted.push('reasoning');
  return wanted;
}

function isListedRight(model: Model, criteria: ModelCriteria, today: string): boolean {
  const text = [model.id, model.canonical_slug, model.name].join('\n').toLowerCase();
  for (const word of (criteria.query ?? '').split(' ')) if (!text.includes(word.toLowerCase())) return false;
  if (criteria.author !== undefined) {
    const [author] = model.id.startsWith('~') ? model.id.slice(1).split('/') : model.id.split('/');
    if (![criteria.author].flat().includes(author!)) return false;
  }
  const { input_modalities: inputs, output_modalities: outputs } = model.architecture;
  for (const input of criteria.inputModalities ?? []) if (!inputs.includes(input)) return false;
  for (const output of criteria.outputModalities ?? ['text']) if (!outputs.includes(output)) return false;
  for (const name of wantedParameters(criteria)) if (!model.supported_parameters.includes(name)) return false;
  if (!isLarge(model.context_length, criteria.minContext)) return false;
  if (!isLarge(model.top_provider.max_completion_tokens, criteria.minMaxOutput)) return false;
  if (!arePricesRight(model.pricing, criteria)) return false;
  const day = criteria.availableOn ?? (criteria.includeExpired ? '0000-00-00' : today);
  return !model.expiration_date || day < model.expiration_date;
}

function isEndpointRight(endpoint: Endpoint, criteria: ModelCriteria, api: ToldByApi): boolean {
  const provider: Provider = criteria.provider ?? {};
  for (const name of wantedParameters(criteria)) if (!endpoint.supported_parameters.includes(name)) return false;
  if (!isLarge(endpoint.context_length, criteria.minContext)) return false;
  if (!isLarge(endpoint.max_completion_tokens, criteria.minMaxOutput)) return false;
  if (!arePricesRight(endpoint.pricing, criteria)) return false;
  if (provider.only?.length && !isNamed(endpoint, provider.only)) return false;
  if (provider.order?.length && provider.allow_fallbacks === false && !isNamed(endpoint, provider.order)) return false;
  if (isNamed(endpoint, provider.ignore ?? [])) return false;
  if (provider.quantizations?.length && !provider.quantizations.includes(endpoint.quantization ?? 'unknown'))
    return false;
  const keepsNothing = api.zdr.some(
    (other) => other.model_id === endpoint.model_id && other.tag === endpoint.tag && other.name === endpoint.name,
  );
  if ((provider.zdr === true || provider.data_collection === 'deny') && !keepsNothing) return false;
  const { prompt, completion, request } = provider.max_price ?? {};
  if (!isCheap(endpoint.pricing.prompt, prompt, 1_000_000n)) return false;
  if (!isCheap(endpoint.pricing.completion, completion, 1_000_000n)) return false;
  if (!isCheap(endpoint.pricing.request ?? '0', request, 1n)) return false;
  const isFast = meets(endpoint.throughput_last_30m, provider.preferred_min_throughput, (is, wish) => is >= wish);
  return isFast && meets(endpoint.latency_last_30m, provider.preferred_max_latency, (is, wish) => is <= wish * 1_000);
}

function isLarge(size: number | null | undefined, least: number | undefined): boolean {
  return least === undefined || least === 0 || (size != null && size >= least);
}

function arePricesRight(pricing: Model['pricing'], criteria: ModelCriteria): boolean {
  if (!isCheap(pricing.prompt, criteria.maxPromptPrice, 1_000_000n)) return false;
  if (!isCheap(pricing.completion, criteria.maxCompletionPrice, 1_000_000n)) return false;
  if (criteria.free === undefined) return true;
  const charged = Object.entries(pricing).filter(
    ([name, price]) => typeof price === 'string' && name !== 'web_search' && Number(price) !== 0,
  );
  const later = (pricing.overrides ?? [])
    .flatMap((override) => Object.values(override))
    .filter((price) => typeof price === 'string');
  const isFree = charged.length === 0 && later.every((price) => Number(price) === 0);
  return isFree === criteria.free;
}

/** Prices as whole numbers of a part of a dollar that is smaller than any of them. */
function isCheap(price: string, limit: number | string | undefined, pieces: bigint): boolean {
  if (limit === undefined) return true;
  const is = parts(price);
  return is >= 0n && is * pieces <= parts(String(limit));
}

function parts(price: string): bigint {
  const [whole = '0', fraction = ''] = price.split('.');
  const magnitude = BigInt(whole.replace('-', '') + fraction.padEnd(30, '0'));
  return price.startsWith('-') ? -magnitude : magnitude;
}

function tagOf({ tag }: Endpoint): string {
  return tag!;
}

function isNamed(endpoint: Endpoint, slugs: readonly string[]): boolean {
  const [base, variant] = tagOf(endpoint).split('/');
  return slugs.some(
    (slug) => slug === tagOf(endpoint) || (slug === base && variant !== 'priority' && variant !== 'flex'),
  );
}

function meets(
  figures: Percentiles | null | undefined,
  wish: number | PercentileCutoffs | null | undefined,
  isGood: (is: number, wish: number) => boolean,
): boolean {
  const wishes: PercentileCutoffs = wish == null || typeof wish === 'number' ? { p50: wish } : wish;
  for (const [name, cutoff] of Object.entries(wishes)) {
    if (cutoff == null) continue;
    if (!figures || !isGood(Number(figures[name]), Number(cutoff))) return false;
  }
  return true;
}
