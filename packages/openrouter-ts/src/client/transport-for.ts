import { platform } from '#platform';
import { OnDemand } from '../http/on-demand.ts';
import type { Transport } from '../http/transport.ts';
import type { NeededPart } from '../pipeline/lazy-policy.ts';
import type { Fetch } from '../platform/fetch-transport.ts';
import type { OpenRouterOptions } from './options.ts';

/** What sends over a `fetch`, where the platform has a way of its own. */
export const fetchPart: OnDemand<typeof import('../platform/fetch-transport.ts')> = new OnDemand(
  'fetch',
  () => import('../platform/fetch-transport.ts'),
);

/**
 * Finds the way to the network.
 *
 * @param options - what the client was told of it
 * @returns the transport: the caller's, one over the caller's `fetch`, or the platform's own
 */
export function transportFor({ transport, fetch }: Pick<OpenRouterOptions, 'transport' | 'fetch'>): Transport {
  return transport ?? (fetch === undefined ? platform.createTransport() : overFetch(fetch));
}

/** What {@link fetchNeeded} loads is there when a call is sent. */
function overFetch(fetch: Fetch): Transport {
  return (
    platform.fetchTransport?.(fetch) ??
    ((outgoing) => fetchPart.use(({ fetchTransport }) => fetchTransport(fetch)(outgoing)))
  );
}

/**
 * Says what has to be loaded before anything can be sent.
 *
 * @param options - what the client was told of the way to the network
 * @returns the part, for the calls of a client with a `fetch`
 */
export function fetchNeeded({ fetch }: Pick<OpenRouterOptions, 'fetch'>): NeededPart {
  const isNeeded = fetch !== undefined && platform.fetchTransport === undefined;
  return { part: fetchPart, isNeeded: () => isNeeded };
}
