import { describe, expect, it } from 'vitest';
import { usd } from '../../tests/support/cost-entry.ts';
import { amountOf, checkBudget, type BudgetOptions } from './budget-options.ts';

describe('amountOf', () => {
  it.each([
    [0.1, '0.1'],
    ['0.1', '0.1'],
    [0, '0'],
    ['1e-7', '0.0000001'],
  ])('reads %j exactly', (value, exact) => {
    expect(amountOf('x', value)).toEqual(usd(exact === '0.0000001' ? '1e-7' : exact));
  });

  it.each([-1, '-0.5', Number.NaN, Infinity, '', 'five', '5 USD'])('refuses %j', (value) => {
    expect(() => amountOf('maxCostUsd', value)).toThrow(
      "maxCostUsd must be an amount in USD of zero or more, such as 0.5 or '0.5'.",
    );
  });
});

describe('checkBudget', () => {
  it.each<BudgetOptions>([
    {},
    { usd: 5 },
    { usd: '0', tags: { chat: 1, test: '0.001' }, unknownPrice: 'refuse' },
    { unknownPrice: 0.01 },
  ])('takes %j', (options) => {
    expect(() => {
      checkBudget(options);
    }).not.toThrow();
  });

  it.each<[name: string, options: BudgetOptions]>([
    ['budget.usd', { usd: -1 }],
    ['budget.tags.chat', { tags: { chat: 'much' } }],
    ['budget.unknownPrice', { unknownPrice: 'allow' }],
  ])('refuses %s that is no amount', (name, options) => {
    expect(() => {
      checkBudget(options);
    }).toThrow(`${name} must be an amount in USD`);
  });

  it('refuses a name that is misspelt, which would be no budget', () => {
    expect(() => {
      checkBudget({ maxUsd: 5 } as BudgetOptions);
    }).toThrow('There is no option budget.maxUsd. The options are usd, tags, unknownPrice.');
  });

  it.each([5, '5', null])('refuses %j in the place of an object, which would be no budget', (value) => {
    expect(() => {
      checkBudget(value as BudgetOptions);
    }).toThrow('budget must be an object.');
  });
});
