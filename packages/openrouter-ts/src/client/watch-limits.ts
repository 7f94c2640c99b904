import type { CostLedger } from '../cost/cost-ledger.ts';
import { toNumber } from '../cost/decimal.ts';
import { isBilled } from '../cost/is-billed.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import { modelOf } from '../pipeline/model-of.ts';
import type { AccountCredits } from '../resources/credits.ts';
import type { CurrentKey } from '../resources/key.ts';
import type { Clock } from '../util/clock.ts';
import { LimitsMonitor } from './limits-monitor.ts';

/** What asks about the key and the account. */
export interface AskedClient {
  readonly key: CurrentKey;
  readonly credits: AccountCredits;
}

/** Limits that are watched. */
export interface WatchedLimits {
  readonly monitor: LimitsMonitor;
  /** Tells the monitor of every request that is over. */
  readonly policy: Middleware;
}

/**
 * Begins to watch the limits of a client.
 *
 * @param client - what asks about the key and the account
 * @param clock - where dates come from, and what counts the time between two looks
 * @param ledger - tells of costs that become known later
 * @returns what knows them, and the policy that keeps it up to date
 */
export function watchLimits(client: AskedClient, clock: Clock, ledger: CostLedger): WatchedLimits {
  const monitor = new LimitsMonitor({
    readKey: (options) => client.key.get(options),
    // Only a management key may know.
    readCredits: async (key, options) => (key.is_management_key === true ? client.credits.get(options) : undefined),
    clock,
  });
  ledger.subscribe(({ unknown, usd }) => {
    if (unknown !== undefined && usd !== undefined) monitor.note({ costUsd: toNumber(usd) });
  });
  return {
    monitor,
    policy: (request, next) => {
      if (!isBilled(request)) return next(request);
      return next(request).then(
        (outcome) => {
          void outcome.settled.then(({ model = modelOf(request), usage, error }) => {
            monitor.note({ model, costUsd: usage?.cost, error });
          });
          return outcome;
        },
        (error: unknown) => {
          monitor.note({ model: modelOf(request), error });
          throw error;
        },
      );
    },
  };
}
