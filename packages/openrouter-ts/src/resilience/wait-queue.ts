import type { AbortScope } from '../util/abort-scope.ts';

/** A place in the queue. The places are chained: an array or a set would be searched each time that somebody goes. */
interface Place {
  readonly ticket: number;
  readonly go: () => void;
  before: Place | undefined;
  after: Place | undefined;
}

/** Calls that wait for their turn, in the order in which they came. Whoever gives up leaves at once. */
export class WaitQueue {
  #first: Place | undefined;
  #last: Place | undefined;

  /** The ticket of the call that is the next to go; `Infinity` when nobody waits. */
  get ticket(): number {
    return this.#first?.ticket ?? Infinity;
  }

  /**
   * Waits for a turn.
   *
   * @param ticket - tells later which call it is
   * @param scope - ends the wait when it ends; it has not ended yet
   * @param left - called once when the call does not wait any more, for whatever reason
   * @returns a promise that resolves when it is this call's turn
   * @throws the scope's reason, at once when it ends
   */
  join(ticket: number, scope: AbortScope, left: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const place: Place = {
        ticket,
        go: () => {
          leave();
          resolve();
        },
        before: this.#last,
        after: undefined,
      };
      const forget = scope.onAbort((reason) => {
        leave();
        reject(reason);
      });
      const leave = (): void => {
        forget();
        this.#remove(place);
        left();
      };
      if (this.#last === undefined) this.#first = place;
      else this.#last.after = place;
      this.#last = place;
    });
  }

  /** Lets the first one go. */
  release(): void {
    this.#first?.go();
  }

  #remove({ before, after }: Place): void {
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
  }
}
