/** What an answer says of a limit. */
export interface RateLimitHeaders {
  /** How many requests the limit allows. */
  readonly limit?: number | undefined;
  /** How many of them are left. */
  readonly remaining?: number | undefined;
}

/**
 * Reads `X-RateLimit-Limit` and `X-RateLimit-Remaining`. Good answers usually have none.
 *
 * @param headers - lower-case names
 * @returns what is said, or `undefined` when nothing is
 */
export function rateLimitHeaders(headers: Readonly<Record<string, unknown>>): RateLimitHeaders | undefined {
  const limit = count(headers['x-ratelimit-limit']);
  const remaining = count(headers['x-ratelimit-remaining']);
  return limit === undefined && remaining === undefined ? undefined : { limit, remaining };
}

function count(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && number >= 0 ? number : undefined;
}
