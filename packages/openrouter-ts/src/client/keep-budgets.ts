import type { ModelStore } from '../catalogue/model-store.ts';
import type { OpenStore } from '../catalogue/open-store.ts';
import type { BudgetOptions } from '../cost/budget-options.ts';
import { Budgets } from '../cost/budgets.ts';
import type { Decimal } from '../cost/decimal.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import { budget } from '../resilience/budget.ts';
import { worstCaseOf } from './worst-case-of.ts';

/** The budgets of a client, and what keeps its calls to them. */
export interface KeptBudgets {
  readonly budgets: Budgets;
  readonly policy: Middleware;
}

/**
 * Makes the budgets of a client.
 *
 * @param options - how much it may spend
 * @param open - opens what the client knows of models, and so of prices
 * @returns the budgets, and the policy that keeps calls to them
 */
export function keepBudgets(options: BudgetOptions, open: OpenStore): KeptBudgets {
  const budgets = new Budgets(options);
  // Opening it again would only be another wait.
  let opened: ModelStore | undefined;
  const openFor = async (request: ApiRequest): Promise<Decimal | undefined> => {
    opened = await open(request.scope);
    return worstCaseOf(request, opened);
  };
  const policy = budget({
    budgets,
    worstCase: (request) => (opened === undefined ? openFor(request) : worstCaseOf(request, opened)),
  });
  return { budgets, policy };
}
