import type { OpenStore } from '../catalogue/open-store.ts';
import type { BudgetOptions } from '../cost/budget-options.ts';
import type { BudgetStatus } from '../cost/budget-account.ts';
import type { EventOptions } from '../pipeline/emit-events.ts';
import { LazyPolicy } from '../pipeline/lazy-policy.ts';
import { modelOf } from '../pipeline/model-of.ts';
import type { RetryBudget } from '../resilience/retry-budget.ts';
import type { Clock } from '../util/clock.ts';

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
  let loading: ReturnType<typeof loadBudgets> | undefined;
  const once = (): ReturnType<typeof loadBudgets> => (loading ??= loadBudgets(options ?? {}, open));
  return {
    policy: new LazyPolicy(
      ({ settings }) => options !== undefined || settings.maxCostUsd !== undefined,
      async () => (await once()).policy,
    ),
    statuses: async () => (await once()).budgets.accounts.map(({ status }) => status),
  };
}

async function loadBudgets(options: BudgetOptions, open: OpenStore) {
  const [{ Budgets }, { budget }, { worstCaseOf }, store] = await Promise.all([
    import('../cost/budgets.ts'),
    import('../resilience/budget.ts'),
    import('./worst-case-of.ts'),
    open(),
  ]);
  const budgets = new Budgets(options);
  return { budgets, policy: budget({ budgets, worstCase: (request) => worstCaseOf(request, store) }) };
}

/**
 * Makes the policy that tells whoever listens what happens.
 *
 * @param options - who is told
 * @returns the policy
 */
export function lazyEvents(options: EventOptions): LazyPolicy {
  return new LazyPolicy(
    () => options.hooks !== undefined || options.channels.hasSubscribers,
    async () => (await import('../pipeline/emit-events.ts')).emitEvents(options),
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
  return new LazyPolicy(
    (request) => (request.settings.fallbackModels ?? models).length > 0 && modelOf(request) !== undefined,
    async () => {
      const [{ fallback }, { Cooldowns }] = await Promise.all([
        import('../resilience/fallback.ts'),
        import('../resilience/cooldown.ts'),
      ]);
      return fallback({ models, allowPaid, retryBudget, cooldowns: new Cooldowns(clock) });
    },
  );
}
