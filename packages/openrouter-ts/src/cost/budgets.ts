import type { AbortScope } from '../util/abort-scope.ts';
import { BudgetAccount } from './budget-account.ts';
import { amountOf, type BudgetOptions, type Usd } from './budget-options.ts';
import { exceeded, unknownPrice } from './budget-refusals.ts';
import { zero, type Decimal } from './decimal.ts';
import { compare } from './decimal-arithmetic.ts';
import { HeldReservation } from './held-reservation.ts';

/** The budgets that one call has to keep to. */
export type BudgetAccounts = readonly [BudgetAccount, ...BudgetAccount[]];

/** What a budget is asked for. */
export interface BudgetRequest {
  /** For the message, such as `POST /chat/completions`. */
  readonly operation: string;
  /** What it may cost at worst; `undefined` when its price is not known. */
  readonly worstCase: Decimal | undefined;
  readonly accounts: BudgetAccounts;
  /** Ends the wait for room. */
  readonly scope: AbortScope;
}

interface Waiting {
  readonly operation: string;
  readonly amount: Decimal;
  readonly accounts: BudgetAccounts;
  readonly go: () => void;
  readonly refuse: (error: unknown) => void;
}

/**
 * The budgets of one client. Money is set aside before a request is sent, as much as it may cost at worst, and what is left of it comes back when the cost is known:
 * however many calls there are at once, they cannot spend more than there is. A request that has no room now, but may have it later, waits its turn.
 */
export class Budgets {
  readonly #client: BudgetAccount | undefined;
  readonly #tags: ReadonlyMap<string, BudgetAccount>;
  readonly #unknownPrice: Decimal | undefined;
  // A call's own budget lasts as long as the call, for all its attempts.
  readonly #calls = new WeakMap<object, BudgetAccount>();
  readonly #waiting = new Set<Waiting>();
  // Most clients have no other budget, and their calls need no list of their own.
  readonly #clientAlone: BudgetAccounts | undefined;
  readonly #roomMade = (): void => {
    this.#letGo();
  };

  /** @param options - how much the client may spend */
  constructor({ usd, tags = {}, unknownPrice: assumed = 'refuse' }: BudgetOptions) {
    this.#client = usd === undefined ? undefined : new BudgetAccount('client', amountOf('budget.usd', usd));
    this.#clientAlone = this.#client && [this.#client];
    this.#tags = new Map(
      Object.entries(tags).map(([tag, limit]) => [
        tag,
        new BudgetAccount(`tag ${tag}`, amountOf(`budget.tags.${tag}`, limit)),
      ]),
    );
    this.#unknownPrice = assumed === 'refuse' ? undefined : amountOf('budget.unknownPrice', assumed);
  }

  /** The budgets of the client and of its tags, that of the client first. */
  get accounts(): readonly BudgetAccount[] {
    return [this.#client, ...this.#tags.values()].filter((account) => account !== undefined);
  }

  /**
   * Finds the budgets that a call has to keep to.
   *
   * @param call - the same object for all attempts of the call
   * @param tag - what it is for
   * @param maxCostUsd - what it may cost itself
   * @returns the budgets; usually there are none
   */
  accountsFor(call: object, tag: string | undefined, maxCostUsd: Usd | undefined): BudgetAccounts | undefined {
    const tagged = tag === undefined ? undefined : this.#tags.get(tag);
    const own = maxCostUsd === undefined ? undefined : this.#own(call, maxCostUsd);
    const shared: BudgetAccounts | undefined =
      tagged === undefined ? this.#clientAlone : [tagged, ...(this.#clientAlone ?? [])];
    return own === undefined ? shared : [own, ...(shared ?? [])];
  }

  /**
   * Sets aside what a request may cost at worst, when there is room for it.
   *
   * @param request - what is asked for
   * @returns the reservation, or its promise when it has to wait for room
   * @throws BudgetExceededError when there is not enough left, or when nobody knows what the request may cost
   * @throws the scope's reason, at once when it ends
   */
  reserve({ operation, accounts, scope, worstCase }: BudgetRequest): HeldReservation | Promise<HeldReservation> {
    const amount = worstCase ?? this.#unknownPrice;
    if (amount === undefined) throw unknownPrice(operation, accounts[0]);
    // What costs nothing has room in every budget, and need not wait for what costs something.
    if (amount.units <= 0n) return this.#setAside(zero, accounts);
    scope.throwIfAborted();
    if (this.#waiting.size === 0 && accounts.every((account) => account.fits(amount)))
      return this.#setAside(amount, accounts);
    return this.#room(operation, amount, accounts, scope);
  }

  #setAside(amount: Decimal, accounts: BudgetAccounts): HeldReservation {
    accounts.forEach((account) => {
      account.reserve(amount);
    });
    return new HeldReservation(amount, accounts, this.#roomMade);
  }

  #own(call: object, maxCostUsd: Usd): BudgetAccount {
    const known = this.#calls.get(call) ?? new BudgetAccount('call', amountOf('maxCostUsd', maxCostUsd));
    this.#calls.set(call, known);
    return known;
  }

  /** Waits until the amount has been set aside. */
  #room(operation: string, amount: Decimal, accounts: BudgetAccounts, scope: AbortScope): Promise<HeldReservation> {
    return new Promise((resolve, reject) => {
      const forget = scope.onAbort((reason) => {
        waiting.refuse(reason);
        // Whoever stood behind may go now.
        this.#letGo();
      });
      const leave = (): void => {
        forget();
        this.#waiting.delete(waiting);
      };
      const waiting: Waiting = {
        operation,
        amount,
        accounts,
        go: () => {
          leave();
          resolve(this.#setAside(amount, accounts));
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      this.#waiting.add(waiting);
      this.#letGo();
    });
  }

  /** In the order in which they came: a small request behind a large one waits too, or the large one might wait for ever. */
  #letGo(): void {
    if (this.#waiting.size === 0) return;
    const full = new Set<BudgetAccount>();
    for (const { operation, amount, accounts, go, refuse } of this.#waiting) {
      // Thousands may be waiting for the client's own budget, which all of them need.
      if (this.#client !== undefined && full.has(this.#client)) return;
      const without = accounts.filter((account) => full.has(account) || !account.fits(amount));
      const exhausted = without.find(({ left }) => compare(amount, left) > 0);
      if (exhausted !== undefined) refuse(exceeded(operation, amount, exhausted));
      else if (without.length === 0) go();
      else for (const account of without) full.add(account);
    }
  }
}
