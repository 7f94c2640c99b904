import { toNumber, unitsAt, type Decimal } from './decimal.ts';

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

/** One limit and what is left of it. Every call counts here, so the sums are whole numbers of the same small unit, and not decimals of their own. */
export class BudgetAccount {
  /** Whose it is: `client`, `call`, or `tag` and its name. */
  readonly name: string;
  #limit: bigint;
  /** The limit without what is spent and held. */
  #left: bigint;
  #held = 0n;
  #reserved = 0n;
  /** How many digits behind the point all of them have. */
  #scale: number;

  /**
   * @param name - whose it is
   * @param limit - what it allows in all
   */
  constructor(name: string, limit: Decimal) {
    this.name = name;
    this.#limit = limit.units;
    this.#left = limit.units;
    this.#scale = limit.scale;
  }

  /** How it stands. */
  get status(): BudgetStatus {
    const inUsd = (units: bigint): number => toNumber({ units, scale: this.#scale });
    return {
      name: this.name,
      limitUsd: inUsd(this.#limit),
      spentUsd: inUsd(this.#limit - this.#left - this.#held),
      heldUsd: inUsd(this.#held),
      reservedUsd: inUsd(this.#reserved),
    };
  }

  /** What is left once everything under way has turned out to cost nothing: waiting cannot bring more. It may be less than nothing. */
  get left(): Decimal {
    return { units: this.#left, scale: this.#scale };
  }

  /**
   * Tells whether an amount fits beside everything that is spent and set aside.
   *
   * @param amount - what a request may cost at worst
   * @returns false when it must wait
   */
  fits(amount: Decimal): boolean {
    const units = this.#unitsOf(amount);
    return this.#reserved + units <= this.#left;
  }

  /**
   * Sets an amount aside.
   *
   * @param amount - what a request may cost at worst
   */
  reserve(amount: Decimal): void {
    const units = this.#unitsOf(amount);
    this.#reserved += units;
  }

  /**
   * A request is over, but its cost is not known: what was set aside stays so.
   *
   * @param amount - what was set aside
   */
  hold(amount: Decimal): void {
    const units = this.#unitsOf(amount);
    this.#reserved -= units;
    this.#held += units;
    this.#left -= units;
  }

  /**
   * The cost of a request is known.
   *
   * @param amount - what was set aside
   * @param usd - what it cost
   * @param held - whether it had been held
   */
  settle(amount: Decimal, usd: Decimal, held: boolean): void {
    const cost = this.#unitsOf(usd);
    const units = this.#unitsOf(amount);
    this.#left -= cost;
    if (held) {
      this.#held -= units;
      this.#left += units;
    } else this.#reserved -= units;
  }

  /** An amount in the unit of the sums. One that is finer makes the unit finer. */
  #unitsOf(amount: Decimal): bigint {
    if (amount.scale > this.#scale) this.#refine(amount.scale);
    return unitsAt(this.#scale, amount);
  }

  #refine(scale: number): void {
    const refined = (units: bigint): bigint => unitsAt(scale, { units, scale: this.#scale });
    this.#limit = refined(this.#limit);
    this.#left = refined(this.#left);
    this.#held = refined(this.#held);
    this.#reserved = refined(this.#reserved);
    this.#scale = scale;
  }
}
