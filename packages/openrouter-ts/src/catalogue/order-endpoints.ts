import type { Endpoint, Percentiles } from '../wire/endpoint.ts';
import type { ProviderPreferences } from '../wire/provider-preferences.ts';
import { comparePrices } from './compare-prices.ts';
import { matchesProvider } from '../cost/matches-provider.ts';

/**
 * Sorts endpoints as a request with these preferences would try them: those of `order` first, in its order, then by `sort`. What `sort` cannot
 * tell apart stays as it was.
 *
 * @param endpoints - the endpoints of a model
 * @param provider - the preferences
 * @returns the same endpoints, best first
 */
export function orderEndpoints(
  endpoints: readonly Endpoint[],
  provider: ProviderPreferences = {},
): readonly Endpoint[] {
  const { order, sort } = provider;
  const by = typeof sort === 'object' ? sort?.by : sort;
  return [...endpoints].sort(
    (left, right) => placeIn(order ?? [], left) - placeIn(order ?? [], right) || compareBy(by, left, right),
  );
}

function placeIn(order: readonly string[], endpoint: Endpoint): number {
  const place = order.findIndex((slug) => matchesProvider(slug, endpoint));
  return place === -1 ? order.length : place;
}

function compareBy(by: unknown, left: Endpoint, right: Endpoint): number {
  if (by === 'price') return comparePrices(left.pricing, right.pricing);
  if (by === 'latency') return compareNumbers(median(left.latency_last_30m), median(right.latency_last_30m));
  if (by === 'throughput')
    return compareNumbers(-median(left.throughput_last_30m, 0), -median(right.throughput_last_30m, 0));
  return 0;
}

/** A difference would not do: what is not known is infinite. */
function compareNumbers(left: number, right: number): number {
  return Number(left > right) - Number(left < right);
}

function median(percentiles: Percentiles | null | undefined, unknown: number = Number.POSITIVE_INFINITY): number {
  return percentiles?.p50 ?? unknown;
}
