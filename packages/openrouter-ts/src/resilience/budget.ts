import type { BudgetAccounts, Budgets } from '../cost/budgets.ts';
import type { Decimal } from '../cost/decimal.ts';
import type { HeldReservation } from '../cost/held-reservation.ts';
import { isBilled } from '../cost/is-billed.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Outcome } from '../http/outcome.ts';
import { operationName } from '../http/read-context.ts';
import type { Handler, Middleware } from '../pipeline/middleware.ts';

/** What a request may cost at worst; `undefined` when nobody knows. */
export type WorstCase = Decimal | undefined;

/** What a budget is kept with. */
export interface BudgetPolicyOptions {
  readonly budgets: Budgets;
  /** Says what a request may cost at worst, at once where the prices are known. */
  readonly worstCase: (request: ApiRequest) => WorstCase | Promise<WorstCase>;
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
    if (accounts === undefined) return next(request);
    try {
      const reservation = reserve(request, accounts, options);
      // Most calls have nothing to wait for: the prices are known, and there is room.
      return reservation instanceof Promise
        ? reservation.then((held) => withinTheBudget(request, next, held))
        : withinTheBudget(request, next, reservation);
    } catch (error) {
      return Promise.reject(error);
    }
  };
}

function reserve(
  request: ApiRequest,
  accounts: BudgetAccounts,
  { budgets, worstCase }: BudgetPolicyOptions,
): HeldReservation | Promise<HeldReservation> {
  const { scope } = request;
  const operation = operationName(request);
  const worst = worstCase(request);
  return worst instanceof Promise
    ? worst.then((known) => budgets.reserve({ operation, worstCase: known, accounts, scope }))
    : budgets.reserve({ operation, worstCase: worst, accounts, scope });
}

async function withinTheBudget<Value>(
  request: ApiRequest,
  next: Handler<Value>,
  reservation: HeldReservation,
): Promise<Outcome<Value>> {
  try {
    return await next({ ...request, reservation });
  } catch (error) {
    // What may have cost something is settled or held by now.
    reservation.release();
    throw error;
  }
}
