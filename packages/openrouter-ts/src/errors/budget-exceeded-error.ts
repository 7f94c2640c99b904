import { OpenRouterError, type ErrorDetails } from './open-router-error.ts';

/** What a refusal for want of budget tells, in USD. */
export interface BudgetDetails {
  /** Whose budget: `client`, `call`, or `tag` and its name. */
  readonly budget: string;
  /** What it allows in all. */
  readonly limitUsd: number;
  /** What is spent. */
  readonly spentUsd: number;
  /** What is set aside for requests that are over, and whose cost is not known. */
  readonly heldUsd: number;
  /** What the refused request may cost at worst; `undefined` when its price is not known. */
  readonly worstCaseUsd: number | undefined;
}

/** A request was not sent, since it might have cost more than the budget has left, or since nobody knows what it may cost. */
export class BudgetExceededError extends OpenRouterError implements BudgetDetails {
  /** Whose budget: `client`, `call`, or `tag` and its name. */
  readonly budget: string;
  /** What it allows in all. */
  readonly limitUsd: number;
  /** What is spent. */
  readonly spentUsd: number;
  /** What is set aside for requests that are over, and whose cost is not known. */
  readonly heldUsd: number;
  /** What the refused request may cost at worst; `undefined` when its price is not known. */
  readonly worstCaseUsd: number | undefined;

  /**
   * @param message - what was refused, and what to do
   * @param details - whose budget, and its figures
   */
  constructor(message: string, details: ErrorDetails & BudgetDetails) {
    super(message, 'budget-exceeded', details);
    this.budget = details.budget;
    this.limitUsd = details.limitUsd;
    this.spentUsd = details.spentUsd;
    this.heldUsd = details.heldUsd;
    this.worstCaseUsd = details.worstCaseUsd;
  }
}
