import { isJsonObject } from '../util/json.ts';

/** When the server wants to be asked again. */
export interface RetryHint {
  /** How long to wait from now, in milliseconds. */
  readonly retryAfterMs: number;
  /** The moment itself, in milliseconds since 1970 by the server's clock, where the server named one. */
  readonly resetAt?: number | undefined;
}

type Headers = Readonly<Record<string, string>>;

/**
 * Looks for a hint in every place where OpenRouter is known to put one, the most exact first:
 * `retry-after-ms`, `Retry-After` (seconds or a date), `error.availability.retry_after`, `X-RateLimit-Reset` in the headers,
 * and the same in `error.metadata.headers`, where the free-tier limits have it.
 *
 * A date counts against the response's own `Date`, so that a wrong local clock does no harm. What is not a number that makes sense is as if it were not there.
 *
 * @param headers - the response headers, lower-case names
 * @param error - the `error` member of the body
 * @param localNow - milliseconds since 1970, for a response without a `Date`
 * @returns the hint, or `undefined` when the server gave none
 */
export function retryHint(headers: Headers, error: unknown, localNow: number): RetryHint | undefined {
  const serverNow = httpDate(headers['date']) ?? localNow;
  const body = isJsonObject(error) ? error : {};
  const availability = isJsonObject(body['availability']) ? body['availability'] : {};
  const metadata = isJsonObject(body['metadata']) ? body['metadata'] : {};
  return (
    wait(decimal(headers['retry-after-ms'])) ??
    wait(seconds(headers['retry-after'])) ??
    until(httpDate(headers['retry-after']), serverNow) ??
    wait(seconds(availability['retry_after'])) ??
    reset(headers['x-ratelimit-reset'], serverNow) ??
    reset(resetIn(metadata['headers']), serverNow)
  );
}

function wait(ms: number | undefined): RetryHint | undefined {
  return ms === undefined ? undefined : { retryAfterMs: ms };
}

function until(at: number | undefined, now: number): RetryHint | undefined {
  return at === undefined ? undefined : { retryAfterMs: Math.max(0, at - now), resetAt: at };
}

/** `X-RateLimit-Reset` is milliseconds since 1970 in every live report; seconds, and a number of seconds from now, are what others send under that name. */
function reset(value: unknown, now: number): RetryHint | undefined {
  const number = decimal(value);
  return number === undefined
    ? undefined
    : until(number > 1e12 ? number : number * 1000 + (number > 1e9 ? 0 : now), now);
}

function resetIn(headers: unknown): unknown {
  if (!isJsonObject(headers)) return undefined;
  return Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-ratelimit-reset')?.[1];
}

function seconds(value: unknown): number | undefined {
  const number = decimal(value);
  return number === undefined ? undefined : number * 1000;
}

function decimal(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\s*\d+(?:\.\d+)?\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && number < 1e15 ? number : undefined;
}

function httpDate(value = ''): number | undefined {
  // Date.parse makes a year of any lone number, so only what has a time of day is given to it.
  const time = /\d\d:\d\d:\d\d/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
