import type { ChatRequest } from '../wire/chat-request.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { matchesProvider } from './matches-provider.ts';

/** Tiers that cost more, and that only those get who ask for them. */
const dearTier = /\/(?:fast|priority|scale)(?:\/|$)/;

/**
 * The endpoints that may answer a request, as far as its own preferences tell: those that it names, shuts out or sorts by speed.
 *
 * @see https://openrouter.ai/docs/guides/routing/provider-selection
 * @param request - the request
 * @param endpoints - the endpoints of its model
 * @returns those that are left; all of them when none is, since then the preferences or the list must be misread
 */
export function eligibleEndpoints(request: ChatRequest, endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const { provider } = request;
  const only = given(provider?.only) ?? (provider?.allow_fallbacks === false ? given(provider.order) : undefined);
  const named = [...(provider?.only ?? []), ...(provider?.order ?? [])];
  const wantsTier = asksForTier(request);
  const left = endpoints.filter(
    (endpoint) =>
      (only === undefined || isOneOf(only, endpoint)) &&
      !isOneOf(provider?.ignore ?? [], endpoint) &&
      (wantsTier || !dearTier.test(endpoint.tag ?? '') || isOneOf(named, endpoint)),
  );
  return left.length === 0 ? endpoints : left;
}

/**
 * Tells whether a request may be answered faster for more money.
 *
 * @see https://openrouter.ai/docs/guides/features/service-tiers
 * @param request - the request
 * @returns true when it names a tier, or asks for speed
 */
export function asksForTier({ model = '', models = [], provider, service_tier: tier }: ChatRequest): boolean {
  const sort = typeof provider?.sort === 'object' ? provider.sort?.by : provider?.sort;
  const isSlow = tier == null || tier === 'default' || tier === 'flex';
  return !isSlow || (sort != null && sort !== 'price') || [model, ...models].some((id) => id.includes(':nitro'));
}

function isOneOf(slugs: readonly string[], endpoint: Endpoint): boolean {
  return slugs.some((slug) => matchesProvider(slug, endpoint));
}

/** An empty list is no wish. */
function given(list: readonly string[] | null | undefined): readonly string[] | undefined {
  return list == null || list.length === 0 ? undefined : list;
}
