import { isRateLimitError } from '../errors/is-api-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { OnDemand } from '../http/on-demand.ts';
import type { ResponseDetails } from '../http/outcome.ts';
import type { NeededPart } from '../pipeline/lazy-policy.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import { modelOf } from '../pipeline/model-of.ts';
import type { Clock } from '../util/clock.ts';
import { isFreeModel } from './is-free-model.ts';
import type { RateLimitOptions } from './rate-limits.ts';
import type { RateLimitStatus } from './rate-limit-status.ts';
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
    return this.#rates?.status() ?? { last: undefined, throttles };
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
        const { response } = outcome;
        if (this.#rates === undefined && !tellsOfLimits(response)) {
          this.#note(model);
          return outcome;
        }
        return this.#learn(request, (rates) => {
          rates.taken(response, model);
        }).then(() => outcome);
      },
      async (error: unknown) => {
        if (isRateLimitError(error))
          await this.#learn(request, (rates) => {
            rates.refused(error, model, sentAt);
          });
        throw error;
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

  #note(model: string | undefined): void {
    if (this.#past.length >= 2 * mostAnswers) this.#past = this.#past.slice(-mostAnswers);
    this.#past.push({ model, at: this.#clock.now() });
  }

  /** Where nothing can be learned, since that cannot be loaded, the call ends as it would have. */
  async #learn({ scope }: ApiRequest, tell: (rates: Rates) => void): Promise<void> {
    try {
      tell(this.#begin(await ratesPart.load(scope)));
    } catch {
      // What the call ends with is its answer, or the refusal.
    }
  }
}

/** Good answers usually do not. */
function tellsOfLimits({ headers }: ResponseDetails): boolean {
  return headers['x-ratelimit-limit'] !== undefined || headers['x-ratelimit-remaining'] !== undefined;
}
