import type { Hooks, OpenRouterError } from 'openrouter-ts';

/** What the client says when it is going to try again. */
export interface Retrying {
  readonly error: OpenRouterError;
  /** How long it waits before, in milliseconds. */
  readonly waitMs: number;
}

/** Passes on that the client tries again to whoever waits for the answer at the moment. */
export class RetryNews {
  #listener: ((news: Retrying) => void) | undefined;

  /** What the client has to be made with. */
  readonly hooks: Hooks = { onRetry: (news) => this.#listener?.(news) };

  /**
   * Listens, instead of whoever listened before.
   *
   * @param listener - told of each retry before its wait
   * @returns a function that ends it
   */
  listen(listener: (news: Retrying) => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = undefined;
    };
  }
}
