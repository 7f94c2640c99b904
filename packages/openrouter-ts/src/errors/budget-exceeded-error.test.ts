import { describe, expect, it } from 'vitest';
import { BudgetExceededError } from './budget-exceeded-error.ts';
import { isOpenRouterError } from './open-router-error.ts';

describe('a refusal for want of budget', () => {
  it('tells whose budget it is and how it stands, and that nothing was sent', () => {
    const details = { budget: 'tag chat', limitUsd: 1, spentUsd: 0.5, heldUsd: 0.25, worstCaseUsd: 0.3 };
    const error = new BudgetExceededError('x', details);
    expect(isOpenRouterError(error)).toBe(true);
    expect(error).toMatchObject({
      ...details,
      name: 'BudgetExceededError',
      kind: 'budget-exceeded',
      phase: 'unsent',
      billing: 'none',
      retryable: false,
    });
  });
});
