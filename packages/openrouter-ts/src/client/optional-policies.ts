import { cataloguePart, type OpenStore } from '../catalogue/open-store.ts';
import type { BudgetOptions } from '../cost/budget-options.ts';
import type { BudgetStatus } from '../cost/budget-account.ts';
import { MadeOnce } from '../http/made-once.ts';
import { OnDemand } from '../http/on-demand.ts';
import type { EventOptions } from '../pipeline/emit-events.ts';
import { lazyPolicy, type LazyPolicy } from '../pipeline/lazy-policy.ts';
import { modelOf } from '../pipeline/model-of.ts';
import { ratesPart } from '../resilience/lazy-rates.ts';
import type { RetryBudget } from '../resilience/retry-budget.ts';
import { haveSubscribers } from '../telemetry/channels.ts';
import type { Clock } from '../util/clock.ts';

/** What keeps calls to budgets, with the prices that it takes. */
export const budgetsPart: OnDemand<typeof import('./keep-budgets.ts')> = new OnDemand('budgets', async () => {
  const [part] = await Promise.all([import('./keep-budgets.ts'), cataloguePart.load()]);
  return part;
});

/** What tells whoever listens. */
export const eventsPart: OnDemand<typeof import('../pipeline/emit-events.ts')> = new OnDemand(
  'events',
  () => import('../pipeline/emit-events.ts'),
);

/** What asks other models, with what keeps to limits: one of them may have a limit that the first has not. */
export const fallbackPart: OnDemand<typeof import('../resilience/other-models.ts')> = new OnDemand(
  'fallback',
  async () => {
    const [part] = await Promise.all([import('../resilience/other-models.ts'), ratesPart.load()]);
    return part;
  },
);

/** The budgets of a client. */
export interface LazyBudgets {
  /** Keeps calls to their budgets. */
  readonly policy: LazyPolicy;
  /** Tells how the budgets of the client and of its tags stand. */
  readonly statuses: () => Promise<readonly BudgetStatus[]>;
}

/**
 * Makes the budgets of a client. A client without them pays nothing for them.
 *
 * @param options - how much the client may spend; `undefined` for no limit
 * @param open - opens what the client knows of models, and so of prices
 * @returns the budgets
 */
export function lazyBudgets(options: BudgetOptions | undefined, open: OpenStore): LazyBudgets {
  const kept = new MadeOnce(budgetsPart, ({ keepBudgets }) => keepBudgets(options ?? {}, open));
  return {
    policy: lazyPolicy(kept, ({ settings }) => options !== undefined || settings.maxCostUsd !== undefined),
    statuses: async () => (await kept.open()).budgets.accounts.map(({ status }) => status),
  };
}

/**
 * Makes the policy that tells whoever listens what happens.
 *
 * @param options - who is told
 * @returns the policy
 */
export function lazyEvents(options: EventOptions): LazyPolicy {
  return lazyPolicy(
    new MadeOnce(eventsPart, ({ emitEvents }) => ({ policy: emitEvents(options) })),
    () => options.hooks !== undefined || haveSubscribers(options.channels),
  );
}

/** What a client says of other models. */
export interface FallbackSettings {
  readonly fallbackModels: readonly string[];
  readonly allowPaidFallback: boolean;
}

/**
 * Makes the policy that asks another model.
 *
 * @param settings - the chain and its rules, unless a call says otherwise
 * @param retryBudget - what all calls may spend on being tried again
 * @param clock - the clock that counts how long models rest
 * @returns the policy
 */
export function lazyFallback(
  { fallbackModels: models, allowPaidFallback: allowPaid }: FallbackSettings,
  retryBudget: RetryBudget,
  clock: Clock,
): LazyPolicy {
  return lazyPolicy(
    new MadeOnce(fallbackPart, ({ fallback, Cooldowns }) => ({
      policy: fallback({ models, allowPaid, retryBudget, cooldowns: new Cooldowns(clock) }),
    })),
    (request) => (request.settings.fallbackModels ?? models).length > 0 && modelOf(request) !== undefined,
  );
}
