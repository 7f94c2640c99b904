import { ConfigError } from '../errors/config-error.ts';

/**
 * Makes one part of a path of a value that somebody passed in: it cannot leave its place.
 *
 * @param value - for example an id
 * @returns the value percent-encoded, but for the `:` of a model variant and the `~` and `@` of an alias
 * @throws ConfigError when the value is empty or consists of dots only, which a URL would resolve away, or is not well-formed
 */
export function pathSegment(value: string): string {
  if (/^\.*$|\p{Cs}/u.test(value)) throw new ConfigError(`"${value}" cannot be part of a path. Pass a non-empty id.`);
  return encodeURIComponent(value).replace(/%3A/g, ':').replace(/%40/g, '@');
}
