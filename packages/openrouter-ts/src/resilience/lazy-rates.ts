import { isRateLimitError } from '../errors/is-api-error.ts';
import type { RateLimitError } from '../errors/status-errors.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { OnDemand } from '../http/on-demand.ts';
import type { ResponseDetails } from '../http/outcome.ts';
import { rateLimitHeaders } from '../http/rate-limit-headers.ts';
import type { NeededPart } from '../pipeline/lazy-policy.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import { modelOf } from '../pipeline/model-of.ts';
import type { Clock } from '../util/clock.ts';
import { isFreeModel } from './is-free-model.ts';
import type { RateLimitOptions } from './rate-limits.ts';
import type { RateLimitReport, RateLimitStatus } from './rate-limit-status.ts';
import type { PastAnswer, Rates } from './rates.ts';

/** What keeps calls to limits: needed where there are any, and from the first refusal on. */
export const ratesPart: OnDemand<typeof import('./rates.ts')> = new OnDemand('rates', () => import('./rates.ts'));

/** More good answers than any pace is measured by. */
const mostAnswers = 2_000;

/**
 * The limits of one client. While there are none, nobody is held up, and it is only noted what the server takes, so that the first refusal finds out
 * how much that was.
 */
export class LazyRates implements NeededPart {
  /** What is loaded. */
  readonly part: typeof ratesPart = ratesPart;
  readonly #slots: number;
  readonly #options: Readonly<Record<keyof RateLimitOptions, number>>;
  readonly #clock: Clock;
  #past: PastAnswer[] = [];
  #last: { readonly report: Omit<RateLimitReport, 'ageMs'>; readonly at: number } | undefined;
  #rates: Rates | undefined;

  /**
   * @param slots - how many requests may be under way at once; `Infinity` for no limit
   * @param options - the limits that are known beforehand
   * @param clock - the clock that counts
   */
  constructor(slots: number, options: RateLimitOptions, clock: Clock) {
    const { requestsPerMinute = Infinity, freeRequestsPerMinute = 20 } = options;
    this.#slots = slots;
    this.#options = { requestsPerMinute, freeRequestsPerMinute };
    this.#clock = clock;
  }

  /** What is known now. */
  get status(): RateLimitStatus {
    const { requestsPerMinute: all, freeRequestsPerMinute: free } = this.#options;
    const known = Object.entries({ all, free }).filter(([, limit]) => limit !== Infinity);
    const throttles = known.map(([of, limit]) => ({ of, perSecond: limit / 60, waiting: 0 }));
    const last = this.#last && { ...this.#last.report, ageMs: this.#clock.now() - this.#last.at };
    const kept = this.#rates?.status();
    return { last: kept?.last ?? last, throttles: kept?.throttles ?? throttles };
  }

  /** Whether a call has to keep to a limit. */
  readonly isNeeded = (request: ApiRequest): boolean =>
    this.#slots !== Infinity || this.#options.requestsPerMinute !== Infinity || isFreeModel(modelOf(request));

  /** Sends no faster than the limits allow. */
  readonly policy: Middleware = (request, next) => {
    if (this.#rates === undefined && ratesPart.loaded !== undefined && this.isNeeded(request))
      this.#begin(ratesPart.loaded);
    if (this.#rates !== undefined) return this.#rates.policy(request, next);
    const { scope } = request;
    if (scope.aborted) return Promise.reject(scope.reason);
    const model = modelOf(request);
    const sentAt = this.#clock.now();
    return next(request).then(
      (outcome) => {
        this.#taken(outcome.response, model);
        return outcome;
      },
      (error: unknown) => {
        if (!isRateLimitError(error)) throw error;
        return this.#refused(error, request, sentAt);
      },
    );
  };

  #begin({ keepToRates }: typeof import('./rates.ts')): Rates {
    this.#rates ??= keepToRates({
      options: this.#options,
      slots: this.#slots,
      clock: this.#clock,
      past: this.#past,
    });
    this.#past = [];
    return this.#rates;
  }

  #taken(response: ResponseDetails, model: string | undefined): void {
    if (this.#rates !== undefined) {
      this.#rates.taken(response, model);
      return;
    }
    const { status, headers } = response;
    const at = this.#clock.now();
    const told = rateLimitHeaders(headers);
    if (told !== undefined)
      this.#last = { report: { ...told, scope: undefined, resetAt: undefined, model, status }, at };
    if (this.#past.length >= 2 * mostAnswers) this.#past = this.#past.slice(-mostAnswers);
    this.#past.push({ model, at });
  }

  /** Where nothing can be learned, since that cannot be loaded, the refusal is a failure like any other. */
  async #refused(error: RateLimitError, request: ApiRequest, sentAt: number): Promise<never> {
    try {
      this.#begin(await ratesPart.load(request.scope)).refused(error, modelOf(request), sentAt);
    } catch {
      // What the call fails with is the refusal.
    }
    throw error;
  }
}
