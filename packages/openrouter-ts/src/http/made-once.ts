import type { AbortScope } from '../util/abort-scope.ts';
import type { OnDemand } from './on-demand.ts';

/** Something of a client that a part makes: once, when it is needed. */
export class MadeOnce<Part, Made> {
  /** What is loaded. */
  readonly part: OnDemand<Part>;
  readonly #make: (part: Part) => Made;
  #made: Made | undefined;

  /**
   * @param part - what is loaded
   * @param make - makes it of the part
   */
  constructor(part: OnDemand<Part>, make: (part: Part) => Made) {
    this.part = part;
    this.#make = make;
  }

  /** What was made, if somebody needed it before. */
  get made(): Made | undefined {
    return this.#made;
  }

  /** What is made of the part, if that is there. */
  get ready(): Made | undefined {
    const { loaded } = this.part;
    if (loaded !== undefined) this.#made ??= this.#make(loaded);
    return this.#made;
  }

  /**
   * Loads the part, if it is not there.
   *
   * @param ending - ends the wait
   * @returns what is made of it: the same for everybody
   * @throws LoadError when the part cannot be loaded
   * @throws the reason of the end
   */
  async open(ending?: AbortScope | AbortSignal): Promise<Made> {
    const part = await this.part.load(ending);
    this.#made ??= this.#make(part);
    return this.#made;
  }
}
