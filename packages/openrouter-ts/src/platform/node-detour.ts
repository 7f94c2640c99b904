import type { Agent } from 'node:https';
import { proxyFor } from './node-proxy.ts';
import { proxyAuthorization, tunnelAgent } from './node-tunnel.ts';

/** What is different about the way to an origin that a proxy stands before. */
export interface Detour {
  /** Whom to ask in the place of the origin: an HTTP proxy, which wants to hear the whole address. */
  readonly to?: URL | undefined;
  /** What connects to the origin through the proxy. */
  readonly agent?: Agent | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * Finds the way to an address through the proxy that the environment names for it.
 *
 * @param url - the address
 * @param environment - where to look
 * @returns what is different about the way, or `undefined` for a direct connection
 * @throws an Error with the code `ERR_PROXY_URL` when the proxy is not one of HTTP
 */
export function findDetour(url: URL, environment: Readonly<Record<string, string | undefined>>): Detour | undefined {
  const proxy = proxyFor(url, environment);
  if (proxy === undefined || url.protocol === 'https:') return proxy && { agent: tunnelAgent(proxy) };
  return { to: proxy, headers: { host: url.host, ...proxyAuthorization(proxy) } };
}
