import { add, compare, subtract, toNumber, zero, type Decimal } from './decimal.ts';

/** How a budget stands, in USD. */
export interface BudgetStatus {
  /** Whose it is: `client`, `call`, or `tag` and its name. */
  readonly name: string;
  /** What it allows in all. */
  readonly limitUsd: number;
  /** What is spent. */
  readonly spentUsd: number;
  /** What is set aside for requests that are over, and whose cost is not known. */
  readonly heldUsd: number;
  /** What is set aside for requests under way. */
  readonly reservedUsd: number;
}

/** One limit and what is left of it. */
export class BudgetAccount {
  /** Whose it is: `client`, `call`, or `tag` and its name. */
  readonly name: string;
  readonly #limit: Decimal;
  #spent: Decimal = zero;
  #held: Decimal = zero;
  #reserved: Decimal = zero;

  /**
   * @param name - whose it is
   * @param limit - what it allows in all
   */
  constructor(name: string, limit: Decimal) {
    this.name = name;
    this.#limit = limit;
  }

  /** How it stands. */
  get status(): BudgetStatus {
    return {
      name: this.name,
      limitUsd: toNumber(this.#limit),
      spentUsd: toNumber(this.#spent),
      heldUsd: toNumber(this.#held),
      reservedUsd: toNumber(this.#reserved),
    };
  }

  /** What is left once everything under way has turned out to cost nothing: waiting cannot bring more. It may be less than nothing. */
  get left(): Decimal {
    return subtract(this.#limit, add(this.#spent, this.#held));
  }

  /**
   * Tells whether an amount fits beside everything that is spent and set aside.
   *
   * @param amount - what a request may cost at worst
   * @returns false when it must wait
   */
  fits(amount: Decimal): boolean {
    return compare(add(this.#reserved, amount), this.left) <= 0;
  }

  /**
   * Sets an amount aside.
   *
   * @param amount - what a request may cost at worst
   */
  reserve(amount: Decimal): void {
    this.#reserved = add(this.#reserved, amount);
  }

  /**
   * A request is over, but its cost is not known: what was set aside stays so.
   *
   * @param amount - what was set aside
   */
  hold(amount: Decimal): void {
    this.#reserved = subtract(this.#reserved, amount);
    this.#held = add(this.#held, amount);
  }

  /**
   * The cost of a request is known.
   *
   * @param amount - what was set aside
   * @param usd - what it cost
   * @param held - whether it had been held
   */
  settle(amount: Decimal, usd: Decimal, held: boolean): void {
    if (held) this.#held = subtract(this.#held, amount);
    else this.#reserved = subtract(this.#reserved, amount);
    this.#spent = add(this.#spent, usd);
  }
}
