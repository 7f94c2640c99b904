import { platform } from '#platform';
import { models, type Models } from '../catalogue/models.ts';
import type { SearchOptions } from '../catalogue/search-options.ts';
import { storeOf, type OpenStore } from '../catalogue/open-store.ts';
import type { RequestFinding } from '../catalogue/request-finding.ts';
import type { CostEstimate } from '../cost/cost-estimate.ts';
import { CostLedger } from '../cost/cost-ledger.ts';
import type { ExchangeOptions } from '../http/exchange.ts';
import { preload, type PartName } from '../http/on-demand.ts';
import { failuresPart } from '../http/read-failure.ts';
import type { Transport } from '../http/transport.ts';
import { defaultBaseUrl, normalizeBaseUrl } from '../http/url.ts';
import { createCall, prepareCalls } from '../pipeline/call.ts';
import { LazyRates } from '../resilience/lazy-rates.ts';
import type { RateLimitStatus } from '../resilience/rate-limit-status.ts';
import { RetryBudget } from '../resilience/retry-budget.ts';
import { retriesPart } from '../resilience/retry.ts';
import type { RetryOptions } from '../resilience/retry-options.ts';
import type { AccountActivity } from '../resources/activity.ts';
import type { ChatDefaults } from '../resilience/failover.ts';
import { chat, type Chat } from '../resources/chat.ts';
import type { AccountCredits } from '../resources/credits.ts';
import type { Generations } from '../resources/generations.ts';
import type { CurrentKey } from '../resources/key.ts';
import { lazyResources } from '../resources/lazy-resources.ts';
import type { Providers } from '../resources/providers.ts';
import { openChannels } from '../telemetry/channels.ts';
import type { Clock } from '../util/clock.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import { costs, type Costs } from './costs.ts';
import { defaultMaxRetries, defaultMaxRetryWaitMs, defaultTimeoutMs, limitsFor, timeoutsFor } from './defaults.ts';
import { environment } from './environment.ts';
import { headersFor } from './headers-for.ts';
import { lazyLimits, type Limits } from './limits.ts';
import { checkOptions, type OpenRouterOptions } from './options.ts';
import { lazyBudgets, lazyEvents, lazyFallback } from './optional-policies.ts';
import { pipeline, type PipelineOptions } from './pipeline.ts';
import type { Previews } from './preview.ts';
import { previews } from './previews.ts';
import { fetchNeeded, transportFor } from './transport-for.ts';

/**
 * A client of the OpenRouter API. One is enough for a program: it keeps connections and shares limits between its calls.
 */
export class OpenRouter {
  /** Answers from a model. */
  readonly chat: Chat;
  /** What models there are, who serves them, and which fit. */
  readonly models: Models;
  /** Who serves models. */
  readonly providers: Providers;
  /** What the client's own key may do and has spent. */
  readonly key: CurrentKey;
  /** What the account has bought and used; for management keys. */
  readonly credits: AccountCredits;
  /** What became of past requests, and what they cost. */
  readonly generations: Generations;
  /** What the account used, day by day; for management keys. */
  readonly activity: AccountActivity;
  /** What the client's calls cost. */
  readonly costs: Costs;
  /** What may still be spent and asked. */
  readonly limits: Limits;
  readonly #rates: LazyRates;
  readonly #store: OpenStore;
  readonly #previews: Previews;

  /**
   * Opens a client. Nothing is sent until the first call.
   *
   * @param options - the key and everything else; what is not said comes from the environment, then from the defaults
   * @throws ConfigError when an option cannot work; the message never repeats a key
   */
  constructor(options: OpenRouterOptions = {}) {
    checkOptions(options);
    if (options.dangerouslyAllowBrowser !== true) platform.refuseBrowser?.();
    const { clock = platform.clock } = options;
    const settings = settingsOf(options);
    const transport = transportFor(options);
    this.#rates = new LazyRates(options.maxConcurrency ?? Infinity, options.rateLimit ?? {}, clock);
    const ledger = new CostLedger(clock);
    const retryBudget = new RetryBudget(() => failuresPart.waiting + retriesPart.waiting);
    const store: OpenStore = (ending) => this.#store(ending);
    this.#previews = previews(store, options.countTokens);
    const budgets = lazyBudgets(options.budget, store);
    const limits = lazyLimits(this, clock, ledger);
    const policies = pipeline({
      clock,
      sender: fetchNeeded(options),
      events: lazyEvents({ hooks: options.hooks, channels: openChannels(platform.findChannel), clock }),
      timeoutMs: settings.timeoutMs,
      fallback: lazyFallback(settings, retryBudget, clock),
      retry: retryOptions(options, retryBudget, clock),
      budget: budgets.policy,
      limits: limits.policy,
      ledger,
      learn: this.#previews.learn,
      rates: this.#rates,
      timeoutsFor: timeoutsOf(transport, options.timeouts),
    });
    const prepare = prepareCalls(policies, exchangeOptions(options, transport, clock));
    this.chat = chat(prepare, { clock, ...settings });
    const resources = lazyResources(createCall(prepare), clock);
    this.#store = storeOf(resources.models, clock, options.catalogue);
    this.models = models(resources.models, this.#store);
    this.providers = resources.providers;
    this.key = resources.key;
    this.credits = resources.credits;
    this.generations = resources.generations;
    this.activity = resources.activity;
    this.limits = limits.limits;
    this.costs = costs(ledger, budgets.statuses, (id, asked) => this.generations.get(id, asked));
  }

  /**
   * Says what a request will probably cost, at least and at most, and what that rests on. It knows the answers of this client since the first
   * estimate, and gets better with them.
   *
   * @see https://openrouter.ai/docs/guides/overview/models
   * @param request - the request as it would be sent
   * @param options - the signal
   * @returns the estimate, or why there can be none; it takes one request for the listing of models and one for the endpoints, which are remembered
   * @throws ConfigError when the request names no model, or one that the catalogue has not
   * @throws the errors of every call when the API has to be asked and nothing remembered is young enough to stand in
   */
  estimate(request: ChatRequest, { signal }: SearchOptions = {}): Promise<CostEstimate> {
    return this.#previews.estimate(request, signal);
  }

  /**
   * Finds what would be refused, dropped without a word or surprising about a request, by what is listed of its models. The request is not sent.
   *
   * @see https://openrouter.ai/docs/api-reference/parameters
   * @param request - the request as it would be sent; with `stream: true` it is checked as a stream
   * @param options - the signal
   * @returns what was found, the worst first; nothing when all is well
   * @throws the errors of every call when the API has to be asked and nothing remembered is young enough to stand in
   */
  check(request: ChatRequest, { signal }: SearchOptions = {}): Promise<readonly RequestFinding[]> {
    return this.#previews.check(request, signal);
  }

  /**
   * Loads what the client would load when a call needs it: for those who would rather have it before. Nothing has to be preloaded: a part
   * that is missing is loaded when it is needed.
   *
   * @param parts - which, for example `streaming` and `failures`; none for all of them
   * @throws LoadError when one of them cannot be loaded; it is loaded again when it is needed
   */
  static preload(...parts: readonly PartName[]): Promise<void> {
    return preload(parts);
  }

  /** What the client knows of limits now: the last answer that told of one, and how fast it sends. */
  get rateLimit(): RateLimitStatus {
    return this.#rates.status;
  }
}

/** What a call may say otherwise. */
function settingsOf({
  timeoutMs = defaultTimeoutMs,
  failover = 'off',
  fallbackModels = [],
  allowPaidFallback = false,
}: OpenRouterOptions): Omit<ChatDefaults, 'clock'> {
  return { timeoutMs, failover, fallbackModels, allowPaidFallback };
}

function exchangeOptions(options: OpenRouterOptions, transport: Transport, clock: Clock): ExchangeOptions {
  return {
    transport,
    baseUrl: normalizeBaseUrl(
      options.baseURL ?? environment('OPENROUTER_BASE_URL') ?? defaultBaseUrl,
      options.allowInsecure === true,
    ),
    headersFor: headersFor(options),
    clock,
    limits: limitsFor(options.limits),
    decodeUtf8: platform.decodeUtf8,
    decodeLatin1: platform.decodeLatin1,
    plainLosses: platform.plainLosses,
  };
}

function retryOptions(
  {
    maxRetries = defaultMaxRetries,
    retryAmbiguous = 'once',
    maxRetryWaitMs = defaultMaxRetryWaitMs,
    random = Math.random,
  }: OpenRouterOptions,
  budget: RetryBudget,
  clock: Clock,
): RetryOptions {
  return { maxRetries, ambiguous: retryAmbiguous, maxRetryWaitMs, budget, clock, random };
}

function timeoutsOf(
  { reportsConnection }: Transport,
  said: OpenRouterOptions['timeouts'],
): PipelineOptions['timeoutsFor'] {
  // Without word from the transport, a wait for the connection cannot be told from a wait for the answer.
  const untold = reportsConnection === true ? undefined : { connectMs: Infinity };
  const streamed = { ...timeoutsFor(true, said), ...untold };
  const whole = { ...timeoutsFor(false, said), ...untold };
  return ({ stream }) => (stream ? streamed : whole);
}
