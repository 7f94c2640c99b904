import type { BudgetAccounts, Budgets } from '../cost/budgets.ts';
import type { Decimal } from '../cost/decimal.ts';
import { isBilled } from '../cost/is-billed.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Outcome } from '../http/outcome.ts';
import { operationName } from '../http/read-context.ts';
import type { Handler, Middleware } from '../pipeline/middleware.ts';

/** What a budget is kept with. */
export interface BudgetPolicyOptions {
  readonly budgets: Budgets;
  /** Says what a request may cost at worst; `undefined` when nobody knows. */
  readonly worstCase: (request: ApiRequest) => Promise<Decimal | undefined>;
}

/**
 * Sets aside what each attempt may cost at worst before it is sent, and refuses it when there is not enough left. What an attempt cost is settled where it is booked.
 *
 * @param options - the budgets and what knows prices
 * @returns the policy
 */
export function budget(options: BudgetPolicyOptions): Middleware {
  return function keepingToTheBudget(request, next) {
    if (!isBilled(request)) return next(request);
    const { tag, maxCostUsd, partOf = request.scope } = request.settings;
    const accounts = options.budgets.accountsFor(partOf, tag, maxCostUsd);
    return accounts === undefined ? next(request) : withinTheBudget(request, next, accounts, options);
  };
}

async function withinTheBudget<Value>(
  request: ApiRequest,
  next: Handler<Value>,
  accounts: BudgetAccounts,
  { budgets, worstCase }: BudgetPolicyOptions,
): Promise<Outcome<Value>> {
  const reservation = await budgets.reserve({
    operation: operationName(request),
    worstCase: await worstCase(request),
    accounts,
    scope: request.scope,
  });
  try {
    return await next({ ...request, reservation });
  } catch (error) {
    // What may have cost something is settled or held by now.
    reservation.release();
    throw error;
  }
}
