import { describe, expect, it } from 'vitest';
import { usd } from '../../tests/support/cost-entry.ts';
import { BudgetAccount } from './budget-account.ts';
import { HeldReservation } from './held-reservation.ts';

function reserved() {
  const accounts = ['call', 'client'].map((name) => new BudgetAccount(name, usd('10')));
  for (const account of accounts) account.reserve(usd('4'));
  let changes = 0;
  const reservation = new HeldReservation(usd('4'), accounts, () => {
    changes += 1;
  });
  return { reservation, statuses: () => accounts.map(({ status }) => status), changes: () => changes };
}

describe('a reservation', () => {
  it('is settled once, in each of its budgets', () => {
    const { reservation, statuses, changes } = reserved();
    reservation.settle(usd('1'));
    reservation.settle(usd('2'));
    reservation.hold();
    reservation.release();
    expect(statuses()).toMatchObject([
      { spentUsd: 1, heldUsd: 0, reservedUsd: 0 },
      { spentUsd: 1, heldUsd: 0, reservedUsd: 0 },
    ]);
    expect(changes()).toBe(1);
  });

  it('is held until it is settled, and is not released meanwhile', () => {
    const { reservation, statuses, changes } = reserved();
    reservation.hold();
    reservation.hold();
    reservation.release();
    expect(statuses()).toMatchObject([{ heldUsd: 4, reservedUsd: 0 }, { heldUsd: 4 }]);
    reservation.settle(usd('3'));
    expect(statuses()).toMatchObject([{ spentUsd: 3, heldUsd: 0, reservedUsd: 0 }, { spentUsd: 3 }]);
    expect(changes()).toBe(2);
  });

  it('comes back whole when it is released', () => {
    const { reservation, statuses, changes } = reserved();
    reservation.release();
    reservation.release();
    expect(statuses()).toMatchObject([{ spentUsd: 0, heldUsd: 0, reservedUsd: 0 }, { reservedUsd: 0 }]);
    expect(changes()).toBe(1);
  });
});
