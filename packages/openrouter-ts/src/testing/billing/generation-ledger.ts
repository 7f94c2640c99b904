import { add, toNumber, zero } from '../../cost/decimal.ts';
import type { Decimal } from '../../cost/decimal.ts';
import type { GenerationContent } from '../../wire/generation-content.ts';
import type { TokenCounts } from './token-counts.ts';

/** One answer that the simulator gave, or began to give, and what it billed for it. */
export interface SimulatedGeneration {
  /** The id that the answer had, in its body and in its header. */
  readonly id: string;
  /** The model that answered. */
  readonly model: string;
  /** The provider that the answer named. */
  readonly provider: string;
  /** Whether it was sent in chunks. */
  readonly streamed: boolean;
  /** True when the connection was gone before the answer was complete. */
  readonly cancelled: boolean;
  /** Null when the answer did not come to an end; `error` when it failed on the way, which costs nothing. */
  readonly finishReason: string | null;
  /** The provider's own word for it. */
  readonly nativeFinishReason: string | null;
  /** The tokens that are billed. */
  readonly tokens: TokenCounts;
  /** What is billed, in USD. */
  readonly costUsd: number;
  /** When it began, in milliseconds since 1970. */
  readonly createdMs: number;
  /** How long it took, in milliseconds. */
  readonly durationMs: number;
}

/** Everything that the simulator billed. */
export class GenerationLedger {
  readonly #generations = new Map<string, SimulatedGeneration>();
  readonly #asks = new Map<string, number>();
  readonly #contents = new Map<string, GenerationContent>();
  readonly #remember: number;
  #spent: Decimal = zero;

  /**
   * @param remember - how many answers are kept; the sum counts them all
   */
  constructor(remember: number) {
    this.#remember = remember;
  }

  /**
   * Books an answer.
   *
   * @param generation - what was given
   * @param cost - what it costs, exactly
   */
  add(generation: Omit<SimulatedGeneration, 'costUsd'>, cost: Decimal): void {
    this.#generations.set(generation.id, { ...generation, costUsd: toNumber(cost) });
    this.#spent = add(this.#spent, cost);
    if (this.#generations.size > this.#remember) this.#forgetOldest();
  }

  /** What was booked, in the order in which the answers ended. */
  get generations(): readonly SimulatedGeneration[] {
    return [...this.#generations.values()];
  }

  /** The exact sum of all costs, in USD. */
  get spent(): Decimal {
    return this.#spent;
  }

  /**
   * Looks an answer up as the API does, which knows it only after a while.
   *
   * @param id - the answer's id
   * @param lag - how many asks are in vain
   * @returns the answer, or undefined when it is not known or not yet
   */
  ask(id: string, lag: number): SimulatedGeneration | undefined {
    const generation = this.#generations.get(id);
    if (generation === undefined) return undefined;
    const asks = (this.#asks.get(id) ?? 0) + 1;
    this.#asks.set(id, asks);
    return asks > lag ? generation : undefined;
  }

  /**
   * Stores what was said in an answer that is booked.
   *
   * @param id - the answer's id
   * @param content - what was asked and answered
   */
  store(id: string, content: GenerationContent): void {
    if (this.#generations.has(id)) this.#contents.set(id, content);
  }

  /**
   * Looks up what was said, as late as the answer itself is known.
   *
   * @param id - the answer's id
   * @param lag - how many asks are in vain
   * @returns what was asked and answered, or undefined when it is not stored or not yet known
   */
  contentOf(id: string, lag: number): GenerationContent | undefined {
    return this.ask(id, lag) && this.#contents.get(id);
  }

  #forgetOldest(): void {
    for (const id of this.#generations.keys()) {
      this.#generations.delete(id);
      this.#asks.delete(id);
      this.#contents.delete(id);
      return;
    }
  }
}
