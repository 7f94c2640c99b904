import type { Usage } from 'openrouter-ts';
import { add, zero, type Decimal } from 'openrouter-ts/cost';
import { costOf } from './cost.ts';
import { formatUsd } from './format-usd.ts';

/** What all answers since the start have used and cost. The sum is exact. */
export class SessionTotal {
  #billed: Decimal = zero;
  #upstream: Decimal = zero;
  #unknown = 0;
  #answers = 0;
  #promptTokens = 0;
  #completionTokens = 0;

  /** How many answers were counted, unfinished ones included. */
  get answers(): number {
    return this.#answers;
  }

  /** The tokens that were sent. */
  get promptTokens(): number {
    return this.#promptTokens;
  }

  /** The tokens that were received. */
  get completionTokens(): number {
    return this.#completionTokens;
  }

  /**
   * Counts an answer.
   *
   * @param usage - what came with it; an answer without usage may have cost something all the same
   */
  count(usage: Usage | undefined): void {
    const { billed, upstream, isByok } = costOf(usage);
    this.#answers += 1;
    this.#promptTokens += usage?.prompt_tokens ?? 0;
    this.#completionTokens += usage?.completion_tokens ?? 0;
    this.#billed = add(this.#billed, billed ?? zero);
    this.#upstream = add(this.#upstream, upstream ?? zero);
    if (billed === undefined || (isByok && upstream === undefined)) this.#unknown += 1;
  }

  /**
   * Writes the sum for people.
   *
   * @returns for example `$0.0089`, or `$0.0089 + 1 unknown` when an answer did not tell its cost
   */
  describe(): string {
    const parts = [formatUsd(this.#billed)];
    if (this.#upstream.units > 0n) parts.push(`${formatUsd(this.#upstream)} upstream`);
    if (this.#unknown > 0) parts.push(`${this.#unknown} unknown`);
    return parts.join(' + ');
  }
}
