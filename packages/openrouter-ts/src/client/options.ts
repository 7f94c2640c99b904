import { ConfigError } from '../errors/config-error.ts';
import type { SizeLimits } from '../http/read-context.ts';
import type { Transport } from '../http/transport.ts';
import { checkPositive } from '../pipeline/check-positive.ts';
import type { Fetch } from '../platform/fetch-transport.ts';
import type { TimeoutOptions } from '../resilience/timeout-options.ts';
import type { Clock } from '../util/clock.ts';

/** A key, or what gives one: it is asked before each attempt, so that a key can be renewed. */
export type ApiKey = string | (() => string | Promise<string>);

/** What a client can be told. Everything has a default, and what the constructor is told wins over the environment. */
export interface OpenRouterOptions {
  /** The key. Default: `OPENROUTER_API_KEY`. */
  readonly apiKey?: ApiKey | undefined;
  /** Where the API is. Default: `OPENROUTER_BASE_URL`, or `https://openrouter.ai/api/v1`. */
  readonly baseURL?: string | undefined;
  /** Your application's address, sent as `HTTP-Referer`. Default: `OPENROUTER_SITE_URL`. */
  readonly siteUrl?: string | undefined;
  /** Your application's name, sent as `X-Title` and `X-OpenRouter-Title`. Default: `OPENROUTER_SITE_NAME`. */
  readonly siteName?: string | undefined;
  /** Your application's categories, at most two, sent as `X-OpenRouter-Categories`; for example `cli-agent`. */
  readonly categories?: readonly string[] | undefined;
  /** Headers for every request. */
  readonly defaultHeaders?: Readonly<Record<string, string>> | undefined;
  /** How long a whole call may take, its retries and a stream until its end included, in milliseconds. Default 600,000. */
  readonly timeoutMs?: number | undefined;
  /** How long each wait of an attempt may be. */
  readonly timeouts?: Partial<TimeoutOptions> | undefined;
  /** How much of an answer the client is willing to hold, in bytes. */
  readonly limits?: Partial<SizeLimits> | undefined;
  /** A `fetch` to use in the place of the platform's own HTTP. */
  readonly fetch?: Fetch | undefined;
  /** A transport to use in the place of the platform's own HTTP, for example a simulator's. */
  readonly transport?: Transport | undefined;
  /** Allows a `baseURL` with `http:` that is not on this machine: the key then travels unencrypted. Default false. */
  readonly allowInsecure?: boolean | undefined;
  /** Allows a client in a browser, where anybody who opens the page can read its key. Default false. */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
  /** The clock that counts waits. Default: the runtime's. */
  readonly clock?: Clock | undefined;
}

const knownOptions: Readonly<Record<keyof OpenRouterOptions, true>> = {
  apiKey: true,
  baseURL: true,
  siteUrl: true,
  siteName: true,
  categories: true,
  defaultHeaders: true,
  timeoutMs: true,
  timeouts: true,
  limits: true,
  fetch: true,
  transport: true,
  allowInsecure: true,
  dangerouslyAllowBrowser: true,
  clock: true,
};

/**
 * Finds what is wrong with options before anything is done with them.
 *
 * @param options - what the constructor was given
 * @throws ConfigError for an option that does not exist, a time or size that is not a positive number, or two ways to the network
 */
export function checkOptions(options: OpenRouterOptions): void {
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(knownOptions, name))
      throw new ConfigError(`There is no option ${name}. The options are ${Object.keys(knownOptions).join(', ')}.`);
  }
  if (options.fetch !== undefined && options.transport !== undefined)
    throw new ConfigError('Pass fetch or transport, not both: each of them sends the requests.');
  checkPositive('timeoutMs', options.timeoutMs);
  for (const [name, value] of Object.entries(options.timeouts ?? {})) checkPositive(`timeouts.${name}`, value);
  for (const [name, value] of Object.entries(options.limits ?? {})) checkPositive(`limits.${name}`, value);
}
