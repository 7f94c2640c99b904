import { hostOf } from './node-host.ts';
import { proxyError } from './node-proxy-error.ts';

/**
 * Finds the proxy for an address in the environment, by the conventions of curl: `HTTPS_PROXY` or `HTTP_PROXY` by the address's scheme, then `ALL_PROXY`,
 * unless `NO_PROXY` names the host. Lower-case names win.
 *
 * @param url - the address of the request
 * @param environment - where to look
 * @returns the proxy's URL, or `undefined` for a direct connection
 * @throws an Error with the code `ERR_PROXY_URL` when the proxy is not one of HTTP: to go directly would be against the user's will
 */
export function proxyFor(url: URL, environment: Readonly<Record<string, string | undefined>>): URL | undefined {
  const read = (name: string): string | undefined => environment[name.toLowerCase()] ?? environment[name];
  // HTTP_PROXY in capitals can be set by a request header where programs run as CGI scripts, but those do not call an API for models.
  const value = (read(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') ?? read('ALL_PROXY') ?? '').trim();
  if (value === '' || bypasses(url, read('NO_PROXY') ?? '')) return undefined;
  const proxy = value.includes('://') ? value : `http://${value}`;
  if (/^https?:/i.test(proxy) && URL.canParse(proxy)) return new URL(proxy);
  throw proxyError(
    'ERR_PROXY_URL',
    'The proxy that the environment names is not a URL that begins with http: or https:.',
  );
}

function bypasses(url: URL, list: string): boolean {
  const host = hostOf(url).toLowerCase();
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return list
    .toLowerCase()
    .split(/[\s,]/)
    .some((entry) => entry !== '' && matches(entry, host, port));
}

/** `*` is everything; `.example.com`, `*.example.com` and `example.com` are the domain and what is below it; a port must match if it is named. */
function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  // An IPv6 address without brackets is full of colons, and none of them stands before a port.
  const portAt = /^(?:\[.*\]|[^:]*):\d+$/.test(entry) ? entry.lastIndexOf(':') : entry.length;
  if (portAt < entry.length && entry.slice(portAt + 1) !== port) return false;
  const domain = entry.slice(0, portAt).replaceAll(/^\*?\.|[[\]]/g, '');
  return host === domain || host.endsWith(`.${domain}`);
}
