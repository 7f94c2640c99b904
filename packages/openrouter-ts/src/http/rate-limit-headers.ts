import { isJsonObject } from '../util/json.ts';

/** What an answer says of a limit. */
export interface RateLimitHeaders {
  /** How many requests the limit allows. */
  readonly limit?: number | undefined;
  /** How many of them are left. */
  readonly remaining?: number | undefined;
}

type Headers = Readonly<Record<string, string>>;

/**
 * Reads `X-RateLimit-Limit` and `X-RateLimit-Remaining` from the headers of an answer, or from `error.metadata.headers`, where the free-tier limits
 * have them. Good answers usually have none.
 *
 * @param headers - the response headers, lower-case names
 * @param error - the `error` member of the body, if there is one
 * @returns what is said, or `undefined` when nothing is
 */
export function rateLimitHeaders(headers: Headers, error?: unknown): RateLimitHeaders | undefined {
  const { 'x-ratelimit-limit': ownLimit, 'x-ratelimit-remaining': ownRemaining } = headers;
  if (error === undefined && ownLimit === undefined && ownRemaining === undefined) return undefined;
  const metadata = isJsonObject(error) && isJsonObject(error['metadata']) ? error['metadata']['headers'] : undefined;
  const limit = count(ownLimit) ?? count(named(metadata, 'x-ratelimit-limit'));
  const remaining = count(ownRemaining) ?? count(named(metadata, 'x-ratelimit-remaining'));
  return limit === undefined && remaining === undefined ? undefined : { limit, remaining };
}

/** A member by its name in lower case: bodies spell the headers in any way. */
function named(headers: unknown, wanted: string): unknown {
  if (!isJsonObject(headers)) return undefined;
  return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function count(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && number >= 0 ? number : undefined;
}
