import { LoadError } from '../errors/load-error.ts';
import type { AbortScope } from '../util/abort-scope.ts';
import { unlessAborted } from '../util/unless-aborted.ts';

/** The parts of the client that are loaded when they are needed. */
export type PartName =
  | 'account'
  | 'books'
  | 'budgets'
  | 'catalogue'
  | 'events'
  | 'failover'
  | 'failures'
  | 'fallback'
  | 'fetch'
  | 'limits'
  | 'previews'
  | 'proxy'
  | 'rates'
  | 'retries'
  | 'search'
  | 'streaming';

/** What can be asked of a part, whatever is in it. */
type AnyPart = Pick<OnDemand<unknown>, 'name' | 'load' | 'loaded'>;

const parts = new Set<AnyPart>();

/**
 * A part of the client that is loaded when it is asked for. From then on it is handed out at once.
 */
export class OnDemand<Part> {
  /** What it is called in messages, and by {@link preload}. */
  readonly name: PartName;
  readonly #fetch: () => Promise<Part>;
  #loaded: Part | undefined;
  #loading: Promise<Part> | undefined;
  #waiting = 0;

  /**
   * @param name - what it is called
   * @param fetch - loads it: an `import()`; asked again when it was asked in vain
   */
  constructor(name: PartName, fetch: () => Promise<Part>) {
    this.name = name;
    this.#fetch = fetch;
    parts.add(this);
  }

  /** The part, if it is there. */
  get loaded(): Part | undefined {
    return this.#loaded;
  }

  /** How many wait for the part. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Loads the part, once for everybody; after a failure the next who asks tries again, as far as the runtime does: Node.js 20 remembers the failure of an ES module.
   *
   * @param ending - ends the wait, not the loading
   * @returns the part
   * @throws LoadError when it cannot be loaded
   * @throws the reason of the end, at once when it comes
   */
  load(ending?: AbortScope | AbortSignal): Promise<Part> {
    this.#loading ??= this.#fetch().then(
      (part) => this.provide(part),
      (cause: unknown) => {
        this.#loading = undefined;
        this.#waiting = 0;
        throw new LoadError(unloaded(this.name), { cause, part: this.name, retryable: true });
      },
    );
    if (this.#loaded === undefined) this.#waiting += 1;
    return ending === undefined ? this.#loading : unlessAborted(this.#loading, ending);
  }

  /**
   * Does something with the part: at once where it is there.
   *
   * @param work - what to do
   * @returns what comes of it
   * @throws LoadError when the part cannot be loaded
   */
  use<Value>(work: (part: Part) => Promise<Value>): Promise<Value> {
    return this.#loaded === undefined ? this.load().then(work) : work(this.#loaded);
  }

  /**
   * Gives the part to whoever asks for it from now on.
   *
   * @param part - what would have been loaded
   * @returns the same
   */
  provide(part: Part): Part {
    this.#loaded = part;
    this.#waiting = 0;
    this.#loading = Promise.resolve(part);
    return part;
  }
}

/**
 * Says that a part is missing.
 *
 * @param name - which
 * @returns a sentence for a person
 */
export function unloaded(name: PartName): string {
  return `The part of the client for ${name} could not be loaded. See the cause.`;
}

/**
 * Loads parts before they are needed.
 *
 * @param names - which; none for all of them
 * @throws LoadError when one of them cannot be loaded
 */
export async function preload(names: readonly PartName[]): Promise<void> {
  const wanted = [...parts].filter(({ name }) => names.length === 0 || names.includes(name));
  await Promise.all(wanted.map((part) => part.load()));
}

/**
 * Tells which parts would still have to be loaded.
 *
 * @returns their names
 */
export function missingParts(): readonly PartName[] {
  return [...parts].filter(({ loaded }) => loaded === undefined).map(({ name }) => name);
}
