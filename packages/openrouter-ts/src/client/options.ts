import { type CatalogueOptions, checkCatalogueOptions } from '../catalogue/catalogue-options.ts';
import { checkBudget, type BudgetOptions } from '../cost/budget-options.ts';
import type { CountTokens } from '../cost/token-estimate.ts';
import { ConfigError } from '../errors/config-error.ts';
import type { SizeLimits } from '../http/read-context.ts';
import type { Transport } from '../http/transport.ts';
import { checkNames } from '../pipeline/check-names.ts';
import { checkOneOf } from '../pipeline/check-one-of.ts';
import { checkPositive } from '../pipeline/check-positive.ts';
import { checkSettings } from '../pipeline/check-settings.ts';
import type { Fetch } from '../platform/fetch-transport.ts';
import { checkFailover, type Failover } from '../resilience/failover-options.ts';
import type { RateLimitOptions } from '../resilience/rate-limits.ts';
import type { RetryAmbiguous } from '../resilience/retries-allowed.ts';
import type { TimeoutOptions } from '../resilience/timeout-options.ts';
import type { Hooks } from '../telemetry/hooks.ts';
import type { Clock } from '../util/clock.ts';
import type { Random } from '../util/random.ts';

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
  /** How often a call may be tried again after a failure that may go away. Default 2; 0 for never. */
  readonly maxRetries?: number | undefined;
  /**
   * What to do after a failure that leaves it open whether the model ran, so that another try may be billed a second time. Default `once`.
   */
  readonly retryAmbiguous?: RetryAmbiguous | undefined;
  /** The longest wait that a server may ask for, in milliseconds; a call that would have to wait longer fails at once, and says when to come back. Default 60,000. */
  readonly maxRetryWaitMs?: number | undefined;
  /** How many requests may be under way at once; a stream is until it ends. Default: no limit. */
  readonly maxConcurrency?: number | undefined;
  /** Limits that are known beforehand. The client learns others from refusals. */
  readonly rateLimit?: RateLimitOptions | undefined;
  /** Models to ask, in this order, when a request's own cannot answer. Default: none. */
  readonly fallbackModels?: readonly string[] | undefined;
  /** Whether a model that costs money may stand in for a `:free` one. Default false. */
  readonly allowPaidFallback?: boolean | undefined;
  /** How much the client may spend, in USD. What a call may cost at worst is set aside before it is sent. Default: no limit. */
  readonly budget?: BudgetOptions | undefined;
  /** What to do when a stream breaks off in the middle. Default `off`: the reader gets the error, with what had arrived. */
  readonly failover?: Failover | undefined;
  /** Functions to call when something happens in a call. */
  readonly hooks?: Hooks | undefined;
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
  /** How long what the API tells of models is remembered for `models.find` and its like. */
  readonly catalogue?: CatalogueOptions | undefined;
  /** Counts the tokens of a text for `estimate` and `check`, with a tokenizer of yours. Default: an estimate by the kinds of characters. */
  readonly countTokens?: CountTokens | undefined;
  /** The clock that counts waits. Default: the runtime's. */
  readonly clock?: Clock | undefined;
  /** Where chance comes from, for waits between attempts. Default: `Math.random`. */
  readonly random?: Random | undefined;
}

const knownOptions: Readonly<Record<keyof OpenRouterOptions, true>> = {
  apiKey: true,
  baseURL: true,
  siteUrl: true,
  siteName: true,
  categories: true,
  defaultHeaders: true,
  maxRetries: true,
  retryAmbiguous: true,
  maxRetryWaitMs: true,
  maxConcurrency: true,
  rateLimit: true,
  fallbackModels: true,
  allowPaidFallback: true,
  budget: true,
  failover: true,
  hooks: true,
  timeoutMs: true,
  timeouts: true,
  limits: true,
  fetch: true,
  transport: true,
  allowInsecure: true,
  dangerouslyAllowBrowser: true,
  catalogue: true,
  countTokens: true,
  clock: true,
  random: true,
};

const knownRateLimits: Readonly<Record<keyof RateLimitOptions, true>> = {
  requestsPerMinute: true,
  freeRequestsPerMinute: true,
};

const ambiguities: readonly RetryAmbiguous[] = ['never', 'once', 'always'];

/**
 * Finds what is wrong with options before anything is done with them.
 *
 * @param options - what the constructor was given
 * @throws ConfigError for an option that does not exist, a time or size that is not a positive number, or two ways to the network
 */
export function checkOptions(options: OpenRouterOptions): void {
  checkNames(options, knownOptions);
  if (options.fetch !== undefined && options.transport !== undefined)
    throw new ConfigError('Pass fetch or transport, not both.');
  checkSettings(options);
  checkPositive('maxRetryWaitMs', options.maxRetryWaitMs);
  checkCount('maxConcurrency', options.maxConcurrency);
  checkFailover(options.failover);
  if (options.budget !== undefined) checkBudget(options.budget);
  checkOneOf('retryAmbiguous', options.retryAmbiguous, ambiguities);
  checkNames(options.rateLimit ?? {}, knownRateLimits, 'rateLimit.');
  for (const [name, value] of Object.entries(options.rateLimit ?? {})) checkCount(`rateLimit.${name}`, value);
  for (const [name, value] of Object.entries(options.timeouts ?? {})) checkPositive(`timeouts.${name}`, value);
  for (const [name, value] of Object.entries(options.limits ?? {})) checkPositive(`limits.${name}`, value);
  checkCatalogueOptions(options.catalogue ?? {});
}

/** There is no half of a request. */
function checkCount(name: string, value: unknown): void {
  checkPositive(name, value);
  if (typeof value !== 'number' || value === Infinity || Number.isInteger(value)) return;
  throw new ConfigError(`${name} must be a whole number, or Infinity for no limit, but it is ${value}.`);
}
