import type { CostEntry } from './cost-entry.ts';
import { add, toNumber, toText, zero, type Decimal } from './decimal.ts';

/** What a number of requests cost. */
export interface CostTotals {
  /** In USD, rounded once. */
  readonly usd: number;
  /** In USD, exact. */
  readonly exactUsd: string;
  /** How many requests were booked. */
  readonly requests: number;
  /** How many of them have a cost that is not known yet, and is not in the sum. */
  readonly unknown: number;
  /** Tokens that were sent, as far as the answers tell. */
  readonly promptTokens: number;
  /** Tokens that came back, as far as the answers tell; thinking included. */
  readonly completionTokens: number;
}

/** Adds entries up, exactly. */
export class RunningTotals {
  #usd: Decimal = zero;
  #requests = 0;
  #unknown = 0;
  #promptTokens = 0;
  #completionTokens = 0;

  /**
   * Takes an entry.
   *
   * @param entry - as it was booked
   */
  add({ usd, usage }: CostEntry): void {
    this.#requests += 1;
    this.#promptTokens += usage?.prompt_tokens ?? 0;
    this.#completionTokens += usage?.completion_tokens ?? 0;
    if (usd === undefined) this.#unknown += 1;
    else this.#usd = add(this.#usd, usd);
  }

  /**
   * Learns what an entry cost that was taken without a cost.
   *
   * @param usd - its cost
   */
  settle(usd: Decimal): void {
    this.#unknown -= 1;
    this.#usd = add(this.#usd, usd);
  }

  /** The sums now. */
  get totals(): CostTotals {
    return {
      usd: toNumber(this.#usd),
      exactUsd: toText(this.#usd),
      requests: this.#requests,
      unknown: this.#unknown,
      promptTokens: this.#promptTokens,
      completionTokens: this.#completionTokens,
    };
  }
}
