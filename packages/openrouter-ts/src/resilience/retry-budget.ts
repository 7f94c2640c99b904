/** Counted in whole numbers: ten tenths would not add up to one. Ten calls that succeed at once pay for one retry. */
const retryCost = 10;

/** How many retries a client may make beyond those that its successes pay for. */
const capacity = 50 * retryCost;

/**
 * What all calls of a client together may spend on retries. A call that succeeds at once earns a little; when everything fails, the budget is soon
 * empty, and a server that is down gets hardly more requests than calls were made.
 */
export class RetryBudget {
  readonly #waiting: () => number;
  #credits = capacity;

  /** @param waiting - how many calls failed and wait until it can be decided about them: what is earned meanwhile is theirs, and not lost for want of room */
  constructor(waiting: () => number = () => 0) {
    this.#waiting = waiting;
  }

  /**
   * Takes what one retry costs.
   *
   * @returns false when there is not enough left, so that the retry must not be made
   */
  spend(): boolean {
    if (this.#credits < retryCost) return false;
    this.#credits -= retryCost;
    return true;
  }

  /** A call succeeded at its first attempt. */
  earn(): void {
    if (this.#credits < capacity + retryCost * this.#waiting()) this.#credits += 1;
  }

  /** A retry succeeded: the server works, and what the retry cost is given back. */
  refund(): void {
    this.#credits = Math.max(this.#credits, Math.min(capacity, this.#credits + retryCost));
  }
}
