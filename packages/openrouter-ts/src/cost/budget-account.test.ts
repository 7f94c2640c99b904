import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usd } from '../../tests/support/cost-entry.ts';
import { BudgetAccount } from './budget-account.ts';
import { add, toNumber, toText, zero } from './decimal.ts';
import { compare, subtract } from './decimal-arithmetic.ts';

function accountOf(limit: string): BudgetAccount {
  return new BudgetAccount('client', usd(limit));
}

describe('an account', () => {
  it('has room up to its limit, to the last digit', () => {
    const account = accountOf('0.3');
    account.reserve(usd('0.1'));
    expect(account.fits(usd('0.2'))).toBe(true);
    expect(account.fits(usd('0.2000000000000000000001'))).toBe(false);
    account.reserve(usd('0.2'));
    expect([account.fits(usd('0')), account.fits(usd('1e-30'))]).toEqual([true, false]);
  });

  it('gives back what a request did not cost', () => {
    const account = accountOf('1');
    account.reserve(usd('0.8'));
    account.settle(usd('0.8'), usd('0.3'), false);
    expect(account.status).toEqual({ name: 'client', limitUsd: 1, spentUsd: 0.3, heldUsd: 0, reservedUsd: 0 });
    expect(toText(account.left)).toBe('0.7');
  });

  it('keeps aside what a request may have cost until that is known', () => {
    const account = accountOf('1');
    account.reserve(usd('0.8'));
    expect(account.status).toMatchObject({ heldUsd: 0, reservedUsd: 0.8 });
    expect(toText(account.left)).toBe('1');
    account.hold(usd('0.8'));
    expect(account.status).toMatchObject({ heldUsd: 0.8, reservedUsd: 0 });
    expect(toText(account.left)).toBe('0.2');
    account.settle(usd('0.8'), usd('0.1'), true);
    expect(account.status).toMatchObject({ spentUsd: 0.1, heldUsd: 0, reservedUsd: 0 });
  });

  it('may be overdrawn by what cost more than anybody thought', () => {
    const account = accountOf('1');
    account.reserve(usd('0.5'));
    account.settle(usd('0.5'), usd('3'), false);
    expect(toText(account.left)).toBe('-2');
  });

  it('stands as its amounts add up to, however fine they are and in whatever order they come', () => {
    const amount = fc.record({ units: fc.bigInt({ min: 0n, max: 10n ** 20n }), scale: fc.nat(25) });
    const step = fc.record({ amount, usd: amount, end: fc.constantFrom('none', 'hold', 'settle', 'settle held') });
    fc.assert(
      fc.property(amount, fc.array(step), amount, (limit, steps, next) => {
        const account = new BudgetAccount('client', limit);
        let [spent, held, reserved] = [zero, zero, zero];
        for (const { amount: set, usd: cost, end } of steps) {
          account.reserve(set);
          if (end === 'hold' || end === 'settle held') account.hold(set);
          if (end === 'settle' || end === 'settle held') account.settle(set, cost, end === 'settle held');
          if (end === 'none') reserved = add(reserved, set);
          else if (end === 'hold') held = add(held, set);
          else spent = add(spent, cost);
        }
        const left = subtract(limit, add(spent, held));
        expect(compare(account.left, left)).toBe(0);
        expect(account.fits(next)).toBe(compare(add(reserved, next), left) <= 0);
        expect(account.status).toEqual({
          name: 'client',
          limitUsd: toNumber(limit),
          spentUsd: toNumber(spent),
          heldUsd: toNumber(held),
          reservedUsd: toNumber(reserved),
        });
      }),
    );
  });
});
