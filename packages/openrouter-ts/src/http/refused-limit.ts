import { isJsonObject } from '../util/json.ts';
import { rateLimitHeaders, type RateLimitHeaders } from './rate-limit-headers.ts';

/**
 * Reads what a refusal says of a limit: in its headers, or in `error.metadata.headers`, where the free-tier limits have them.
 *
 * @param headers - the response headers, lower-case names
 * @param error - the `error` member of the body
 * @returns what is said; nothing when nothing is
 */
export function refusedLimit(headers: Readonly<Record<string, string>>, error: unknown): RateLimitHeaders {
  const metadata = isJsonObject(error) && isJsonObject(error['metadata']) ? error['metadata']['headers'] : undefined;
  // Bodies spell the headers in any way; the first spelling counts.
  const spelled = isJsonObject(metadata) ? Object.entries(metadata).reverse() : [];
  const inBody = rateLimitHeaders(Object.fromEntries(spelled.map(([name, value]) => [name.toLowerCase(), value])));
  const inHeaders = rateLimitHeaders(headers);
  return {
    limit: inHeaders?.limit ?? inBody?.limit,
    remaining: inHeaders?.remaining ?? inBody?.remaining,
  };
}
