import { failure, htmlPage, type Exchange } from '../../../src/testing/index.ts';
import { between, maybe, pick, type Random } from './chance.ts';
import type { DrawnResponse, NotBefore } from './sent-response.ts';

type Headers = Readonly<Record<string, string>>;

/** What is asked for at a moment: the fields that say it, and the moment that they name. */
interface Hint {
  readonly headers?: Headers;
  readonly metadata?: { readonly headers: Headers } & Readonly<Record<string, unknown>>;
  readonly availability?: { readonly code: string; readonly retryable: boolean; readonly retry_after: number };
  readonly until?: number;
}

const httpDate = (epochMs: number): string => new Date(epochMs).toUTCString();
const inSeconds = (epochMs: number): number => Math.floor(epochMs / 1_000) * 1_000;

/** Every shape in which a server was seen to say when to come back, and some that say nothing. */
const shapes: Readonly<Record<string, (now: number, ms: number, random: Random) => Hint>> = {
  'retry-after-ms': (now, ms) => ({ headers: { 'retry-after-ms': String(ms), 'retry-after': '0' }, until: now + ms }),
  'retry-after in seconds': (now, ms) => ({ headers: { 'retry-after': String(ms / 1_000) }, until: now + ms }),
  'retry-after as a date': (now, ms) => ({
    headers: { 'retry-after': httpDate(now + ms) },
    until: inSeconds(now + ms),
  }),
  'retry-after as a date of a server whose clock is wrong': (now, ms, random) => {
    const skewed = now + pick(random, -3_600_000, 3_600_000);
    const headers = { date: httpDate(skewed), 'retry-after': httpDate(skewed + ms) };
    return { headers, until: now + inSeconds(skewed + ms) - inSeconds(skewed) };
  },
  'x-ratelimit-reset in milliseconds': (now, ms) => ({
    headers: { 'x-ratelimit-reset': String(now + ms) },
    until: now + ms,
  }),
  'x-ratelimit-reset in seconds': (now, ms) => ({
    headers: { 'x-ratelimit-reset': String(Math.floor((now + ms) / 1_000)) },
    until: inSeconds(now + ms),
  }),
  'x-ratelimit-reset from now': (now, ms) => ({
    headers: { 'x-ratelimit-reset': String(ms / 1_000) },
    until: now + ms,
  }),
  'availability.retry_after': (now, ms) => ({
    availability: { code: 'capacity_exhausted', retryable: true, retry_after: ms / 1_000 },
    until: now + ms,
  }),
  'metadata.headers': (now, ms) => ({
    metadata: { headers: { 'X-RateLimit-Reset': String(now + ms) }, limit_source: 'openrouter_shared_capacity' },
    until: now + ms,
  }),
  'metadata.headers of the free tier': (now, ms) => ({
    metadata: { headers: { 'X-RateLimit-Reset': String(now + ms) }, limit_source: 'openrouter_free_tier_per_minute' },
    until: now + ms,
  }),
  'metadata.headers for the day': (now, ms) => ({
    metadata: { headers: { 'X-RateLimit-Reset': String(now + ms) }, limit_source: 'openrouter_free_tier_daily' },
    until: now + ms,
  }),
  'a hint that is none': (_now, _ms, random) => ({
    headers: { 'retry-after': pick(random, '-1', 'NaN', '1e309', '2,2', '', '9'.repeat(400)) },
  }),
  'no hint': () => ({}),
};

const names = Object.keys(shapes) as unknown as readonly [string, ...string[]];

/**
 * Draws a refusal that says when to come back, in one of all known shapes.
 *
 * @param random - where chance comes from
 * @param status - 429, or another that may carry a hint
 */
export function drawRefusal(random: Random, status: number): DrawnResponse {
  if (status === 429 && maybe(random, 0.08)) return edgeRefusal;
  const name = pick(random, ...names);
  const ms = pick(random, 0, between(random, 1, 900), 1_000 * between(random, 1, 9), 1_000 * between(random, 10, 120));
  const hintSeed = random();
  const respond = (exchange: Exchange, tell: (hint: NotBefore) => void): ReturnType<DrawnResponse['respond']> => {
    const { until, ...told } = shapes[name]!(exchange.clock.epochMs(), ms, () => hintSeed);
    if (until !== undefined) tell({ epochMs: until, where: told.headers === undefined ? 'body' : 'headers' });
    return failure(status, told)(exchange);
  };
  return { script: `${status} with ${name} of ${ms} ms`, respond };
}

/** The network before OpenRouter refuses in its own words, and for at least half a minute. */
const edgeRefusal: DrawnResponse = {
  script: '429 of the edge',
  respond: (exchange, tell) => {
    tell({ epochMs: exchange.clock.epochMs() + 30_000, where: 'headers' });
    return htmlPage({ status: 429, title: 'error code: 1015' })(exchange);
  },
};
