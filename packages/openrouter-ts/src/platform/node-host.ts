/**
 * Gives the host of a URL as sockets want it.
 *
 * @param url - the URL
 * @returns the name or the address; an IPv6 address without its brackets
 */
export function hostOf({ hostname }: URL): string {
  return hostname.replaceAll(/[[\]]/g, '');
}
