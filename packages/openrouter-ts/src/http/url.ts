import { ConfigError } from '../errors/config-error.ts';
import type { ApiRequest } from './api-request.ts';

/** Where OpenRouter lives. */
export const defaultBaseUrl = 'https://openrouter.ai/api/v1';

const loopbackHosts = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Checks the base URL and brings it into the one form to which paths are appended.
 *
 * @param baseUrl - what the caller or the environment gave
 * @param allowInsecure - whether plain `http:` may leave this machine
 * @returns the URL without a trailing slash
 * @throws ConfigError when it is not an absolute URL, would send the key unencrypted over a network, or holds credentials, a query or a fragment
 */
export function normalizeBaseUrl(baseUrl: string, allowInsecure: boolean): string {
  // What Node throws for an invalid URL repeats it, and a key may have got there by mistake.
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !isPlain(url))
    throw new ConfigError(
      `baseURL must be an absolute https:// URL without password, query or fragment, such as ${defaultBaseUrl}.`,
    );
  if (url.protocol === 'http:' && !allowInsecure && !loopbackHosts.test(url.hostname)) {
    throw new ConfigError(
      `baseURL would send your key unencrypted to ${url.host}. Use https://, or set allowInsecure.`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

/** Paths are appended to it, and the key has a place of its own. */
function isPlain({ href, username, password }: URL): boolean {
  return /^https?:[^?#]*$/.test(href) && username + password === '';
}

/**
 * Builds the address of a request.
 *
 * @param baseUrl - the normalised base URL
 * @param request - its path begins with `/`, its query with `?`
 * @returns the absolute URL
 */
export function requestUrl(baseUrl: string, request: Pick<ApiRequest, 'path' | 'query'>): string {
  return baseUrl + request.path + (request.query ?? '');
}
