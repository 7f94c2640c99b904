import type { OpenStore } from '../catalogue/open-store.ts';
import type { BudgetOptions } from '../cost/budget-options.ts';
import type { BudgetStatus } from '../cost/budget-account.ts';
import type { Middleware } from '../pipeline/middleware.ts';

/** The budgets of a client, which are loaded when the first call has one. */
export interface LazyBudgets {
  /** Keeps calls to their budgets. */
  readonly policy: Middleware;
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
  let loaded: ReturnType<typeof load> | undefined;
  const once = (): ReturnType<typeof load> => (loaded ??= load(options ?? {}, open));
  return {
    policy: function keepingToTheBudget(request, next) {
      if (options === undefined && request.settings.maxCostUsd === undefined) return next(request);
      return once().then(({ policy }) => policy(request, next));
    },
    statuses: async () => (await once()).budgets.accounts.map(({ status }) => status),
  };
}

async function load(options: BudgetOptions, open: OpenStore) {
  const [{ Budgets }, { budget }, { worstCaseOf }] = await Promise.all([
    import('../cost/budgets.ts'),
    import('../resilience/budget.ts'),
    import('./worst-case-of.ts'),
  ]);
  const budgets = new Budgets(options);
  return { budgets, policy: budget({ budgets, worstCase: (request) => worstCaseOf(request, open) }) };
}
