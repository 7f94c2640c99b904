import type { Decimal } from '../cost/decimal.ts';
import { compare } from '../cost/decimal-arithmetic.ts';
import type { Endpoint, Percentiles } from '../wire/endpoint.ts';
import type { MaxPrice, PercentileCutoffs, ProviderPreferences } from '../wire/provider-preferences.ts';
import { isFree, isWithinPerMillion, limitOf, listedPrice } from './listed-price.ts';
import { matchesProvider } from '../cost/matches-provider.ts';
import type { ModelCriteria } from './model-criteria.ts';
import { includesAll, requiredParameters, withinPrices } from './model-filter.ts';

/**
 * Tells whether criteria can be judged by the listing alone.
 *
 * @param criteria - checked criteria
 * @returns true when the endpoints have to be looked at
 */
export function needsEndpoints({ endpoints, provider }: ModelCriteria): boolean {
  if (endpoints === true || provider === undefined) return endpoints === true;
  const lists = [provider.order, provider.only, provider.ignore, provider.quantizations];
  const others = [provider.max_price, provider.preferred_max_latency, provider.preferred_min_throughput, provider.sort];
  return (
    needsZdr(provider) ||
    provider.require_parameters === true ||
    lists.some((list) => given(list) !== undefined) ||
    others.some((value) => value != null)
  );
}

/**
 * Tells whether only endpoints that keep nothing will do. Of those that keep something the API does not tell what for.
 *
 * @param provider - the preferences
 * @returns true when the list of such endpoints is needed
 */
export function needsZdr(provider: ProviderPreferences): boolean {
  return provider.zdr === true || provider.data_collection === 'deny';
}

/**
 * Makes of criteria what must hold for one endpoint.
 *
 * @param criteria - checked criteria
 * @param keepsNothing - tells whether an endpoint keeps nothing of what it is sent
 * @returns tells whether an endpoint will do
 */
export function endpointFilter(
  criteria: ModelCriteria,
  keepsNothing: (endpoint: Endpoint) => boolean,
): (endpoint: Endpoint) => boolean {
  const { minContext = 0, minMaxOutput = 0, free, provider = {} } = criteria;
  const parameters = requiredParameters(criteria);
  const costsAtMost = withinPrices(criteria);
  const isChosen = providerFilter(provider);
  return (endpoint) =>
    includesAll(endpoint.supported_parameters, parameters) &&
    (minContext === 0 || endpoint.context_length >= minContext) &&
    (endpoint.max_completion_tokens ?? 0) >= minMaxOutput &&
    costsAtMost(endpoint.pricing) &&
    (free === undefined || isFree(endpoint.pricing) === free) &&
    isChosen(endpoint) &&
    (!needsZdr(provider) || keepsNothing(endpoint));
}

function providerFilter(provider: ProviderPreferences): (endpoint: Endpoint) => boolean {
  const only = given(provider.only);
  const ordered = provider.allow_fallbacks === false ? given(provider.order) : undefined;
  const quantizations = given(provider.quantizations);
  const { max_price: maxPrice, preferred_min_throughput: throughput, preferred_max_latency: latency } = provider;
  return (endpoint) => {
    const isOneOf = (slugs: readonly string[]): boolean => slugs.some((slug) => matchesProvider(slug, endpoint));
    return (
      (only === undefined || isOneOf(only)) &&
      (ordered === undefined || isOneOf(ordered)) &&
      !isOneOf(provider.ignore ?? []) &&
      (quantizations === undefined || quantizations.includes(endpoint.quantization ?? 'unknown')) &&
      isWithin(endpoint, maxPrice ?? {}) &&
      meets(endpoint.throughput_last_30m, throughput, (measured, least) => measured >= least) &&
      // Milliseconds are measured, seconds are asked for. Divided, and not multiplied: 0.57 times 1,000 is a little less than 570.
      meets(endpoint.latency_last_30m, latency, (measured, most) => measured / 1_000 <= most)
    );
  };
}

/** An empty list is no wish. */
function given<Item>(list: readonly Item[] | null | undefined): readonly Item[] | undefined {
  return list == null || list.length === 0 ? undefined : list;
}

function isWithin({ pricing }: Endpoint, { prompt, completion, request, image, audio }: MaxPrice): boolean {
  return (
    isWithinPerMillion(pricing.prompt, limitOf(prompt)) &&
    isWithinPerMillion(pricing.completion, limitOf(completion)) &&
    isWithinEach(pricing.request, limitOf(request)) &&
    isWithinEach(pricing.image, limitOf(image)) &&
    isWithinEach(pricing.audio, limitOf(audio))
  );
}

/** What is not listed is not charged on its own. */
function isWithinEach(price: string | undefined, limit: Decimal | undefined): boolean {
  if (limit === undefined || price === undefined) return true;
  const known = listedPrice(price);
  return known !== undefined && compare(known, limit) <= 0;
}

function meets(
  measured: Percentiles | null | undefined,
  wished: number | PercentileCutoffs | null | undefined,
  isGood: (measured: number, wished: number) => boolean,
): boolean {
  const wishes: PercentileCutoffs = typeof wished === 'number' ? { p50: wished } : (wished ?? {});
  return (['p50', 'p75', 'p90', 'p99'] as const).every((place) => {
    const wish = wishes[place];
    const figure = measured?.[place];
    return wish == null || (typeof figure === 'number' && isGood(figure, wish));
  });
}
