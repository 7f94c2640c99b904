/** How a request leaves this machine. */
export interface ProxyRoute {
  readonly proxy: URL;
}

/**
 * Finds the proxy for an address in the environment, by the conventions of curl: `HTTPS_PROXY` or `HTTP_PROXY` by the address's scheme, then `ALL_PROXY`,
 * unless `NO_PROXY` names the host. Lower-case names win.
 *
 * @param url - the address of the request
 * @param environment - where to look
 * @returns the proxy's URL, or `undefined` for a direct connection
 */
export function proxyFor(url: URL, environment: Readonly<Record<string, string | undefined>>): URL | undefined {
  const read = (name: string): string | undefined => environment[name.toLowerCase()] ?? environment[name];
  // HTTP_PROXY in capitals can be set by a request header where programs run as CGI scripts, but those do not call an API for models.
  const value = (read(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') ?? read('ALL_PROXY') ?? '').trim();
  if (value === '' || bypasses(url, read('NO_PROXY') ?? '')) return undefined;
  const proxy = value.includes('://') ? value : `http://${value}`;
  return URL.canParse(proxy) ? new URL(proxy) : undefined;
}

function bypasses(url: URL, list: string): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => matches(entry, host, port));
}

/** `*` is everything; `.example.com`, `*.example.com` and `example.com` are the domain and what is below it; a port must match if it is named. */
function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, name = entry, entryPort] = /^(.+?)(?::(\d+))?$/.exec(entry) ?? [];
  if (entryPort !== undefined && entryPort !== port && !isIpv6(entry)) return false;
  const domain = (isIpv6(entry) ? entry : name).replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
  return host === domain || host.endsWith(`.${domain}`);
}

function isIpv6(entry: string): boolean {
  return entry.split(':').length > 2 && !entry.startsWith('[');
}
