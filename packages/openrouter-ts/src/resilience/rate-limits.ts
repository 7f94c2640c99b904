import type { RateLimitError, RateLimitScope } from '../errors/status-errors.ts';
import type { ResponseDetails } from '../http/outcome.ts';
import { rateLimitHeaders } from '../http/rate-limit-headers.ts';
import { refusedLimit } from '../http/refused-limit.ts';
import type { Clock } from '../util/clock.ts';
import { AdaptiveRate } from './adaptive-rate.ts';
import { isFreeModel } from './is-free-model.ts';
import type { Pace } from './pace.ts';
import type { RateLimitReport, RateLimitStatus, Throttle } from './rate-limit-status.ts';
import { SlidingWindow } from './sliding-window.ts';

/** Limits that are known beforehand. */
export interface RateLimitOptions {
  /** How many requests a minute the client may send in all. Default: no limit. */
  readonly requestsPerMinute?: number | undefined;
  /** How many requests a minute it may send to `:free` models in all. Default 20, which is OpenRouter's own limit. */
  readonly freeRequestsPerMinute?: number | undefined;
}

/** Something that a request may have to wait for. */
export interface Lane {
  /** A model's id, `free` for all free models, `all` for everything. */
  readonly of: string;
  readonly pace: Pace;
  /** How many calls wait for it. */
  waiting: number;
}

/** Which refusals a slower pace can help with, and whose pace it is. What is used up for the day is not among them. */
const laneOf: Readonly<Partial<Record<RateLimitScope, 'all' | 'free' | 'model'>>> = {
  edge: 'all',
  'account-minute': 'free',
  'model-minute': 'model',
  provider: 'model',
  unknown: 'model',
};

/** A longer pause holds up the call that was told of it, but not others: what is used up may be bought. */
const longestPauseMs = 60_000;

/** More models than there are; whoever lets strangers name models must not have to remember each name for ever. */
const mostModels = 1_000;

/** The limits of one client: known ones, and those that it learned from refusals. */
export class RateLimits {
  readonly #clock: Clock;
  readonly #known: readonly Lane[];
  readonly #all: Lane = learning('all');
  readonly #free: Lane = learning('free');
  readonly #models = new Map<string, readonly Lane[]>();
  readonly #anyModel: readonly Lane[];
  #last: { readonly report: Omit<RateLimitReport, 'ageMs'>; readonly at: number } | undefined;

  /**
   * @param options - what is known beforehand
   * @param clock - the clock that counts
   */
  constructor({ requestsPerMinute = Infinity, freeRequestsPerMinute = 20 }: RateLimitOptions, clock: Clock) {
    this.#clock = clock;
    const limits = { all: requestsPerMinute, free: freeRequestsPerMinute };
    this.#known = Object.entries(limits)
      .filter(([, limit]) => limit !== Infinity)
      .map(([of, limit]) => ({ of, pace: new SlidingWindow(limit, 60_000), waiting: 0 }));
    this.#anyModel = [...this.#known.filter(({ of }) => of === 'all'), this.#all];
  }

  /** What is known now. */
  get status(): RateLimitStatus {
    const now = this.#clock.now();
    const last = this.#last && { ...this.#last.report, ageMs: now - this.#last.at };
    const lanes = new Set([...this.#known, this.#all, this.#free, ...[...this.#models.values()].flat()]);
    const throttles: Throttle[] = [];
    for (const { of, pace, waiting } of lanes) {
      // A pace forgets its limit when it is asked and finds it old.
      pace.waitMs(now);
      if (pace.perSecond !== Infinity) throttles.push({ of, perSecond: pace.perSecond, waiting });
    }
    return { last, throttles };
  }

  /**
   * Finds what a request has to pass.
   *
   * @param model - the model that it asks for
   * @returns the lanes; the same array for the same model
   */
  lanesFor(model: string | undefined): readonly Lane[] {
    return model === undefined ? this.#anyModel : (this.#models.get(model) ?? this.#newLanes(model));
  }

  /**
   * Learns from a good answer.
   *
   * @param response - its status and headers
   * @param model - the model that was asked
   * @param now - the time, by the clock's `now`
   */
  taken({ status, headers }: ResponseDetails, model: string | undefined, now: number): void {
    const told = rateLimitHeaders(headers);
    if (told !== undefined) this.#note({ ...told, scope: undefined, resetAt: undefined, model, status });
    this.measure(model, now);
  }

  /**
   * Measures what the server takes.
   *
   * @param model - the model that it answered for
   * @param at - when, by the clock's `now`
   */
  measure(model: string | undefined, at: number): void {
    for (const { pace } of this.lanesFor(model)) if (pace instanceof AdaptiveRate) pace.succeeded(at);
  }

  /**
   * Learns from a refusal.
   *
   * @param error - the refusal
   * @param model - the model that was asked
   * @param sentAt - when, by the clock's `now`
   */
  refused(error: RateLimitError, model: string | undefined, sentAt: number): void {
    const { scope, resetAt, status, headers, body, retryAfterMs = 0 } = error;
    this.#note({ ...refusedLimit(headers, body), scope, resetAt, model, status });
    const kind = laneOf[scope];
    const of = kind === 'model' ? model : kind;
    const pauseMs = retryAfterMs > longestPauseMs ? 0 : retryAfterMs;
    for (const lane of this.lanesFor(model)) {
      if (lane.of === of && lane.pace instanceof AdaptiveRate) lane.pace.refused(sentAt, this.#clock.now(), pauseMs);
    }
  }

  #newLanes(model: string): readonly Lane[] {
    const [oldest] = this.#models.size < mostModels ? [] : this.#models.keys();
    if (oldest !== undefined) this.#models.delete(oldest);
    const free = isFreeModel(model) ? [...this.#known.filter(({ of }) => of === 'free'), this.#free] : [];
    const lanes = [...this.#anyModel, ...free, learning(model)];
    this.#models.set(model, lanes);
    return lanes;
  }

  #note(report: Omit<RateLimitReport, 'ageMs'>): void {
    this.#last = { report, at: this.#clock.now() };
  }
}

function learning(of: string): Lane {
  return { of, pace: new AdaptiveRate(), waiting: 0 };
}
