import { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import type { BudgetAccount } from './budget-account.ts';
import { isNegative, toNumber, toText, zero, type Decimal } from './decimal.ts';

/**
 * Refuses a request for which there is not enough left.
 *
 * @param operation - for the message, such as `POST /chat/completions`
 * @param worstCase - what it may cost
 * @param account - the budget that has too little
 * @returns the error
 */
export function exceeded(operation: string, worstCase: Decimal, account: BudgetAccount): BudgetExceededError {
  const { name, limitUsd, spentUsd, heldUsd } = account.status;
  const left = toText(isNegative(account.left) ? zero : account.left);
  const raise = name === 'call' ? 'raise maxCostUsd' : 'raise the budget';
  const held =
    heldUsd > 0 ? ` $${heldUsd} is set aside for requests whose cost is not known: costs.reconcile() asks for it.` : '';
  return new BudgetExceededError(
    `${operation} was not sent: it may cost up to $${toText(worstCase)}, and of the budget of the ${name}, $${limitUsd}, there is $${left} left. Lower max_tokens, choose a cheaper model, or ${raise}.${held}`,
    { budget: name, limitUsd, spentUsd, heldUsd, worstCaseUsd: toNumber(worstCase) },
  );
}

/**
 * Refuses a request of which nobody knows what it may cost.
 *
 * @param operation - for the message, such as `POST /chat/completions`
 * @param account - the budget that might be exceeded
 * @returns the error
 */
export function unknownPrice(operation: string, account: BudgetAccount): BudgetExceededError {
  const { name, limitUsd, spentUsd, heldUsd } = account.status;
  return new BudgetExceededError(
    `${operation} was not sent: nobody knows what it may cost, and the budget of the ${name} must not be exceeded. Choose a model whose price is listed, or set budget.unknownPrice to what such a request may cost.`,
    { budget: name, limitUsd, spentUsd, heldUsd, worstCaseUsd: undefined },
  );
}
