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
  if (!URL.canParse(baseUrl)) throw new ConfigError(`baseURL is not an absolute URL such as ${defaultBaseUrl}.`);
  const url = new URL(baseUrl);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new ConfigError(`baseURL must begin with https://, but its scheme is ${url.protocol}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new ConfigError('baseURL must not contain a user name or a password. Pass the key as apiKey.');
  }
  if (url.search !== '' || url.hash !== '') {
    throw new ConfigError('baseURL must not contain a query or a fragment, since paths are appended to it.');
  }
  if (url.protocol === 'http:' && !allowInsecure && !loopbackHosts.test(url.hostname)) {
    throw new ConfigError(
      `baseURL would send your key unencrypted to ${url.host}. Use https://, or set allowInsecure.`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

/**
 * Builds the address of a request.
 *
 * @param baseUrl - the normalised base URL
 * @param request - its path begins with `/`; `undefined` query parameters are left out
 * @returns the absolute URL
 */
export function requestUrl(baseUrl: string, request: Pick<ApiRequest, 'path' | 'query'>): string {
  const url = baseUrl + request.path;
  if (request.query === undefined) return url;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query)) {
    if (value !== undefined) query.append(name, String(value));
  }
  const text = query.toString();
  return text === '' ? url : `${url}?${text}`;
}
