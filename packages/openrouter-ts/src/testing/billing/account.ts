import { add, decimal, zero } from '../../cost/decimal.ts';
import type { Decimal } from '../../cost/decimal.ts';
import { FreeQuota } from './free-quota.ts';
import { SpendingMeter } from './spending-meter.ts';

/** Who pays at a simulator: one account with any number of keys. */
export class Account {
  /** Requests to free models, over all keys. */
  readonly free: FreeQuota = new FreeQuota();
  /** What all keys spent together. */
  readonly spending: SpendingMeter = new SpendingMeter();
  readonly #keys = new Map<string, SpendingMeter>();
  #bought: Decimal | undefined;

  /** @param creditsUsd - the credits it has bought, in USD; undefined for as many as it needs */
  constructor(creditsUsd: number | undefined) {
    this.#bought = creditsUsd === undefined ? undefined : (decimal(creditsUsd) ?? zero);
  }

  /** The credits it has bought, in USD; undefined for as many as it needs. */
  get bought(): Decimal | undefined {
    return this.#bought;
  }

  /**
   * Buys credits. An account that has as many as it needs needs no more.
   *
   * @param usd - how many
   */
  buy(usd: number): void {
    if (this.#bought !== undefined) this.#bought = add(this.#bought, decimal(usd) ?? zero);
  }

  /**
   * What one key spent.
   *
   * @param key - the key
   * @returns its meter
   */
  spendingOf(key: string): SpendingMeter {
    const known = this.#keys.get(key);
    if (known !== undefined) return known;
    const meter = new SpendingMeter();
    this.#keys.set(key, meter);
    return meter;
  }

  /**
   * Takes what an answer cost from the account.
   *
   * @param key - the key that asked
   * @param cost - in USD
   * @param atMs - when, in milliseconds since 1970
   */
  charge(key: string, cost: Decimal, atMs: number): void {
    this.spending.add(cost, atMs);
    this.spendingOf(key).add(cost, atMs);
  }
}
