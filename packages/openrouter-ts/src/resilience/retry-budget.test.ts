import { describe, expect, it } from 'vitest';
import { RetryBudget } from './retry-budget.ts';

/** How many retries it pays for now. */
function left(budget: RetryBudget): number {
  let count = 0;
  while (budget.spend()) count += 1;
  return count;
}

describe('the budget for retries', () => {
  it('begins with 50', () => {
    expect(left(new RetryBudget())).toBe(50);
  });

  it('earns one with ten calls that succeed at once, and not before', () => {
    const budget = new RetryBudget();
    left(budget);
    for (let count = 0; count < 9; count += 1) budget.earn();
    expect(budget.spend()).toBe(false);
    budget.earn();
    expect(left(budget)).toBe(1);
  });

  it('loses nothing in adding up', () => {
    const budget = new RetryBudget();
    left(budget);
    for (let count = 0; count < 300; count += 1) budget.earn();
    expect(left(budget)).toBe(30);
  });

  it('gets back what a retry cost that succeeded', () => {
    const budget = new RetryBudget();
    left(budget);
    budget.refund();
    expect(left(budget)).toBe(1);
  });

  it('earns beyond that what calls may want that failed and cannot be decided about yet, and keeps it for them', () => {
    let waiting = 3;
    const budget = new RetryBudget(() => waiting);
    for (let count = 0; count < 100; count += 1) budget.earn();
    waiting = 0;
    budget.earn();
    budget.refund();
    expect(left(budget)).toBe(53);
  });

  it('never holds more than 50', () => {
    const budget = new RetryBudget();
    for (let count = 0; count < 1_000; count += 1) budget.earn();
    budget.refund();
    expect(left(budget)).toBe(50);
  });
});
