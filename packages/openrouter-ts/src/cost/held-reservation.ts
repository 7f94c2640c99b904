import type { Reservation } from '../http/reservation.ts';
import type { BudgetAccount } from './budget-account.ts';
import { zero, type Decimal } from './decimal.ts';

/** Money that is set aside in one or more budgets, and that is settled once, whoever settles it. */
export class HeldReservation implements Reservation {
  readonly #amount: Decimal;
  readonly #accounts: readonly BudgetAccount[];
  readonly #changed: () => void;
  #state: 'reserved' | 'held' | 'settled' = 'reserved';

  /**
   * @param amount - what is set aside
   * @param accounts - in which budgets
   * @param changed - told when there may be more room
   */
  constructor(amount: Decimal, accounts: readonly BudgetAccount[], changed: () => void) {
    this.#amount = amount;
    this.#accounts = accounts;
    this.#changed = changed;
  }

  /** {@inheritDoc Reservation.settle} */
  settle(usd: Decimal): void {
    if (this.#state === 'settled') return;
    const isHeld = this.#state === 'held';
    this.#accounts.forEach((account) => {
      account.settle(this.#amount, usd, isHeld);
    });
    this.#state = 'settled';
    this.#changed();
  }

  /** {@inheritDoc Reservation.hold} */
  hold(): void {
    if (this.#state !== 'reserved') return;
    for (const account of this.#accounts) account.hold(this.#amount);
    this.#state = 'held';
    this.#changed();
  }

  /** The request came to nothing that could cost anything: what was not settled or held by now comes back. */
  release(): void {
    if (this.#state === 'reserved') this.settle(zero);
  }
}
