import type { RateLimitError } from '../errors/status-errors.ts';
import type { ResponseDetails } from '../http/outcome.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import type { Clock } from '../util/clock.ts';
import { AdmissionQueue } from './admission-queue.ts';
import { admission } from './admission.ts';
import { RateLimits, type RateLimitOptions } from './rate-limits.ts';
import type { RateLimitStatus } from './rate-limit-status.ts';

/** What a client knows of limits, and what keeps its calls to them. */
export interface Rates {
  readonly policy: Middleware;
  readonly status: () => RateLimitStatus;
  /** Learns from a good answer to a request that nothing held back. */
  readonly taken: (response: ResponseDetails, model: string | undefined) => void;
  /** Learns from the refusal of such a request. */
  readonly refused: (error: RateLimitError, model: string | undefined, sentAt: number) => void;
}

/** A good answer, from a time when there was no limit to keep to. */
export interface PastAnswer {
  readonly model: string | undefined;
  /** When it came, by the clock's `now`. */
  readonly at: number;
}

/** What is known beforehand. */
export interface KnownRates {
  readonly options: RateLimitOptions;
  /** How many requests may be under way at once. */
  readonly slots: number;
  readonly clock: Clock;
  /** The last good answers, from which it is measured what the server takes. */
  readonly past: readonly PastAnswer[];
}

/**
 * Begins to keep to limits.
 *
 * @param known - what is known beforehand
 * @returns the policy, and what it learns from
 */
export function keepToRates({ options, slots, clock, past }: KnownRates): Rates {
  const limits = new RateLimits(options, clock);
  const queue = new AdmissionQueue(slots, limits, clock);
  for (const { model, at } of past) limits.measure(model, at);
  return {
    policy: admission(limits, queue, clock),
    status: () => limits.status,
    taken: (response, model) => {
      limits.taken(response, model, clock.now());
      queue.letGo();
    },
    refused: (error, model, sentAt) => {
      limits.refused(error, model, sentAt);
      queue.letGo();
    },
  };
}
