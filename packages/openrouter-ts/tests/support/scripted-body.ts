import type { AbortScope } from '../../src/util/abort-scope.ts';

type Arrival = { readonly piece: Uint8Array } | { readonly error: unknown } | { readonly end: true };

interface Waiting {
  readonly resolve: (result: IteratorResult<Uint8Array>) => void;
  readonly reject: (error: unknown) => void;
}

/** A response body that a test sends piece by piece, and that a reader may give up. Like a transport's, it breaks when its scope ends. */
export class ScriptedBody implements AsyncIterable<Uint8Array> {
  /** How often the reader has asked for bytes. */
  pulls = 0;
  /** How often the reader has said that it needs no more. */
  returns = 0;
  readonly #arrivals: Arrival[] = [];
  readonly #waiting: Waiting[] = [];

  /** @param scope - what ends the attempt */
  constructor(scope: AbortScope) {
    scope.onAbort(() => {
      this.fail(new Error('The socket was destroyed.'));
    });
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return {
      next: () => this.#pull(),
      return: () => {
        this.returns += 1;
        return Promise.resolve({ done: true, value: undefined });
      },
    } as AsyncIterator<Uint8Array, undefined>;
  }

  /** Sends text as UTF-8, or bytes as they are. */
  send(...pieces: readonly (string | Uint8Array)[]): this {
    for (const piece of pieces)
      this.#arrive({ piece: typeof piece === 'string' ? new TextEncoder().encode(piece) : piece });
    return this;
  }

  /** Ends the body in good order. */
  end(): this {
    return this.#arrive({ end: true });
  }

  /** Breaks the body, as a lost connection does. */
  fail(error: unknown): this {
    return this.#arrive({ error });
  }

  #arrive(arrival: Arrival): this {
    const waiting = this.#waiting.shift();
    // An end stays an end, however often it is asked for.
    if (waiting === undefined || !('piece' in arrival)) this.#arrivals.push(arrival);
    if (waiting !== undefined) deliver(arrival, waiting);
    return this;
  }

  #pull(): Promise<IteratorResult<Uint8Array>> {
    this.pulls += 1;
    return new Promise((resolve, reject) => {
      const [arrival] = this.#arrivals;
      if (arrival === undefined) this.#waiting.push({ resolve, reject });
      else deliver(arrival, { resolve, reject });
      if (arrival !== undefined && 'piece' in arrival) this.#arrivals.shift();
    });
  }
}

function deliver(arrival: Arrival, { resolve, reject }: Waiting): void {
  if ('piece' in arrival) resolve({ done: false, value: arrival.piece });
  else if ('end' in arrival) resolve({ done: true, value: undefined });
  else reject(arrival.error);
}
