import { followSignal } from './follow-signal.ts';

type Listener = (reason: unknown) => void;

/**
 * Something that can be ended from outside: a call, or one attempt of it. A scope ends when its parent does; ending it does not end the parent.
 *
 * It does what an `AbortSignal` does for a twentieth of the price, which counts where every call needs several. The signal itself is made
 * when somebody asks for it.
 */
export class AbortScope {
  #reason: unknown;
  #aborted = false;
  readonly #parent: AbortScope | undefined;
  // Made when they are needed: most scopes end without ever having had a child, or anybody to tell.
  #children: AbortScope[] | undefined;
  #listeners: Listener[] | undefined;
  #cleanups: (() => void)[] | undefined;
  #controller: AbortController | undefined;

  /** @param parent - the scope or signal to follow, if there is one */
  constructor(parent?: AbortScope | AbortSignal) {
    if (parent === undefined) return;
    if (parent.aborted) this.abort(parent.reason);
    else if (parent instanceof AbortScope) {
      this.#parent = parent;
      (parent.#children ??= []).push(this);
    } else {
      this.defer(
        followSignal(parent, (reason) => {
          this.abort(reason);
        }),
      );
    }
  }

  /** Whether it has ended. */
  get aborted(): boolean {
    return this.#aborted;
  }

  /** Why it has ended: the very value that it, its parent or the caller's signal was aborted with. */
  get reason(): unknown {
    return this.#reason;
  }

  /** A signal that aborts with this scope. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#aborted) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /**
   * Ends this scope and those below it; only the first call counts.
   *
   * @param reason - what whoever waits for the work will be rejected with
   */
  abort(reason: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    this.#controller?.abort(reason);
    const children = this.#children;
    const listeners = this.#listeners;
    // Whoever leaves while the others are told must not make them skip the next.
    this.#children = undefined;
    this.#listeners = undefined;
    // Before anything is released: releasing a scope below would make it deaf to its end.
    children?.forEach((child) => {
      child.abort(reason);
    });
    listeners?.forEach((listener) => {
      listener(reason);
    });
    this.release();
  }

  /**
   * Asks to be told of the end.
   *
   * @param listener - told once, with the reason; at once if the scope has ended
   * @returns a function that takes the request back
   */
  onAbort(listener: Listener): () => void {
    if (this.#aborted) {
      listener(this.#reason);
      return () => undefined;
    }
    (this.#listeners ??= []).push(listener);
    return () => {
      remove(this.#listeners, listener);
    };
  }

  /** @throws the reason, if the scope has ended */
  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason;
  }

  /**
   * Leaves something to be done when the scope is over, well or not: stopping a timer, releasing a scope below.
   *
   * @param cleanup - called once, by {@link AbortScope.release} or at the end that comes from outside
   */
  defer(cleanup: () => void): void {
    (this.#cleanups ??= []).push(cleanup);
  }

  /** Says that the work is over, here and below: forgets who asked to be told, and does what was left to be done. Every scope must be released once. */
  release(): void {
    if (this.#parent !== undefined) remove(this.#parent.#children, this);
    this.#listeners = undefined;
    const children = this.#children;
    this.#children = undefined;
    children?.forEach((child) => {
      child.release();
    });
    const cleanups = this.#cleanups;
    this.#cleanups = undefined;
    cleanups?.forEach((cleanup) => {
      cleanup();
    });
  }
}

function remove<Item>(items: Item[] | undefined, item: Item): void {
  if (items?.includes(item) === true) items.splice(items.indexOf(item), 1);
}
