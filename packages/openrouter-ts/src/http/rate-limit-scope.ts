import type { RateLimitScope } from '../errors/status-errors.ts';
import { isJsonObject } from '../util/json.ts';

/**
 * Tells whose limit a 429 speaks of. OpenRouter says so in `error.metadata.limit_source` (not documented, seen in live answers),
 * in the message, or by naming the provider that refused.
 *
 * @param error - the `error` member of the body; `undefined` when the body was not JSON
 * @returns the scope of the limit
 */
export function rateLimitScope(error: unknown): RateLimitScope {
  if (error === undefined) return 'edge';
  const body = isJsonObject(error) ? error : { message: error };
  const metadata = isJsonObject(body['metadata']) ? body['metadata'] : {};
  const availability = isJsonObject(body['availability']) ? body['availability'] : {};
  const { limit_source: source, provider_code: code } = metadata;
  const message = [body['message'], metadata['raw']].filter((text) => typeof text === 'string').join(' ');
  if (source === 'openrouter_free_tier_daily' || message.includes('free-models-per-day')) return 'account-day';
  if (message.includes('limit_rpd/')) return 'model-day';
  if (source === 'openrouter_free_tier_per_minute' || message.includes('free-models-per-min')) return 'account-minute';
  if (source === 'openrouter_shared_capacity' || message.includes('limit_rpm/')) return 'model-minute';
  const named = typeof metadata['provider_name'] === 'string' || (code !== undefined && code !== null);
  if (source === 'upstream_provider_shared_pool' || named || availability['code'] === 'capacity_exhausted')
    return 'provider';
  return 'unknown';
}
