import type { CostLedger } from '../cost/cost-ledger.ts';
import { MadeOnce } from '../http/made-once.ts';
import { OnDemand } from '../http/on-demand.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import type { Clock } from '../util/clock.ts';
import type { LimitsMonitor, ReadLimitsOptions, WatchOptions } from './limits-monitor.ts';
import type { LimitsReport } from './limits-report.ts';
import type { LimitThresholds, LowLimitEvent } from './low-limits.ts';
import type { AskedClient } from './watch-limits.ts';

/** What watches the limits. */
export const limitsPart: OnDemand<typeof import('./watch-limits.ts')> = new OnDemand(
  'limits',
  () => import('./watch-limits.ts'),
);

/** What may still be spent and asked. Nothing is watched until the first of these is called; from then on every request of the client counts. */
export interface Limits {
  /**
   * Says what is known, without asking the API.
   *
   * @returns each limit with its age and its source
   */
  report(): Promise<LimitsReport>;

  /**
   * Asks the API: about the key (`GET /key`), and with a management key about the account's credits (`GET /credits`).
   *
   * @param options - a signal that ends it
   * @returns what is known now
   * @throws the errors of every call; what was known before stays
   * @see https://openrouter.ai/docs/api-reference/limits
   */
  refresh(options?: ReadLimitsOptions): Promise<LimitsReport>;

  /**
   * Asks to be told when a limit falls below a threshold: once, and again when it has recovered and falls anew. Limits are compared after each
   * request of the client, and each time the API was asked.
   *
   * @param thresholds - which limits, and when
   * @param listener - told of each fall; one that throws, or whose promise rejects, disturbs nothing
   * @returns a function that takes the request back
   * @throws ConfigError when a threshold is not a number above zero
   */
  onLow(thresholds: LimitThresholds, listener: (event: LowLimitEvent) => unknown): Promise<() => void>;

  /**
   * Asks the API now, and again and again. The time between does not keep the process alive.
   *
   * @param options - how often, a signal that ends it, and who is told of failures
   * @returns a function that ends it
   * @throws ConfigError when `everyMs` is not a number above zero
   */
  watch(options: WatchOptions): Promise<() => void>;
}

/** The limits of a client, which are watched from the first time that somebody asks. */
export interface LazyLimits {
  readonly limits: Limits;
  /** Tells of every request that is over; does nothing until somebody asks. It stands directly around what books costs. */
  readonly policy: Middleware;
}

/**
 * Makes the limits of a client. A client that never asks for them pays nothing for them.
 *
 * @param client - what asks about the key and the account; it need not be complete yet
 * @param clock - where dates come from, and what counts the time between two looks
 * @param ledger - tells of costs that become known later
 * @returns the limits, and the policy that keeps them up to date
 */
export function lazyLimits(client: AskedClient, clock: Clock, ledger: CostLedger): LazyLimits {
  const lazy = new MadeOnce(limitsPart, ({ watchLimits }) => watchLimits(client, clock, ledger));
  const open = async (signal?: AbortSignal): Promise<LimitsMonitor> => (await lazy.open(signal)).monitor;
  return {
    limits: {
      report: async () => (await open()).report(),
      refresh: async (asked) => (await open(asked?.signal)).refresh(asked),
      onLow: async (thresholds, listener) => (await open()).onLow(thresholds, listener),
      watch: async (asked) => (await open()).watch(asked),
    },
    policy: function watchingTheLimits(request, next) {
      return lazy.made === undefined ? next(request) : lazy.made.policy(request, next);
    },
  };
}
