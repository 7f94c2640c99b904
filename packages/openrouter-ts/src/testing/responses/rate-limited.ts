import type { ErrorMetadata } from '../../wire/error-metadata.ts';
import { readChatRequest } from '../answers/read-chat-request.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { failure } from './failure.ts';

/** Whose limit is reached: that of free models in a minute or a day, or that of a provider that all customers share. */
export type RateLimit = 'freePerMinute' | 'freePerDay' | 'provider';

/** What a refusal for too many requests says. */
export interface RateLimitedOptions {
  /** Default `freePerMinute`. */
  readonly limit?: RateLimit;
  /** How many requests a free model's limit allows. Default 20 in a minute, 50 in a day. */
  readonly allowed?: number;
  /** When the limit begins anew, in milliseconds from now. Default: with the next minute or day (UTC). A provider's limit does not tell. */
  readonly resetInMs?: number;
  /** The `Retry-After` header, in seconds. Default: none, as recorded. */
  readonly retryAfterS?: number;
  /** Where a free model's limit is told: in headers and body, or in the body only. Default `both`. */
  readonly told?: 'both' | 'body';
  /** More about the error, such as `limit_source`. */
  readonly metadata?: ErrorMetadata;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * Refuses a request with 429, in the words of the API.
 *
 * @see https://openrouter.ai/docs/api-reference/limits
 * @param options - whose limit it is and what is said about it
 * @returns the response
 */
export function rateLimited(options: RateLimitedOptions = {}): SimulatedResponse {
  const { limit = 'freePerMinute', retryAfterS } = options;
  const retryAfter = retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) };
  return (exchange) => {
    if (limit === 'provider')
      return failure(429, { ...providerLimit(exchange, options), headers: retryAfter })(exchange);
    const limits = freeLimit(exchange, limit, options);
    const told = options.told === 'body' ? {} : lowerCase(limits);
    const metadata = { headers: limits, provider_name: null, ...options.metadata };
    return failure(429, { message: messageOf(limit, options.allowed), metadata, headers: { ...told, ...retryAfter } })(
      exchange,
    );
  };
}

/** Whoever has 1,000 a day has bought credits already. */
const highBalance = 1_000;

function messageOf(limit: 'freePerMinute' | 'freePerDay', allowed = 0): string {
  // The space at the end is the API's own.
  if (limit === 'freePerMinute') return 'Rate limit exceeded: free-models-per-min. ';
  if (allowed >= highBalance) return 'Rate limit exceeded: free-models-per-day-high-balance. ';
  return 'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day';
}

function freeLimit(
  exchange: Exchange,
  limit: 'freePerMinute' | 'freePerDay',
  options: RateLimitedOptions,
): Readonly<Record<string, string>> {
  const nowMs = exchange.clock.epochMs();
  const periodMs = limit === 'freePerMinute' ? minuteMs : dayMs;
  const resetMs =
    options.resetInMs === undefined ? Math.ceil((nowMs + 1) / periodMs) * periodMs : nowMs + options.resetInMs;
  return {
    'X-RateLimit-Limit': String(options.allowed ?? (limit === 'freePerMinute' ? 20 : 50)),
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': String(resetMs),
  };
}

function providerLimit(exchange: Exchange, options: RateLimitedOptions): { message: string; metadata: ErrorMetadata } {
  const [model = 'simulated/model'] = readChatRequest(exchange.request.json).modelIds;
  const advice =
    'Please retry shortly, or add your own key to accumulate your rate limits: https://openrouter.ai/settings/integrations';
  const raw = `${model} is temporarily rate-limited upstream. ${advice}`;
  return { message: 'Provider returned error', metadata: { raw, provider_name: 'Simulated', ...options.metadata } };
}

function lowerCase(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
