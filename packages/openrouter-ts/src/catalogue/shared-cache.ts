import { isOpenRouterError } from '../errors/open-router-error.ts';
import type { Clock } from '../util/clock.ts';
import { followSignal } from '../util/follow-signal.ts';

/** A value from memory, and how old it is. */
export interface Remembered<Value> {
  readonly value: Value;
  /** When it was asked for, in milliseconds since 1970. */
  readonly askedAt: number;
  /** Whether it is older than it should be, because a newer one could not be had. */
  readonly stale: boolean;
}

/** What a memory depends on. */
export interface SharedCacheOptions {
  readonly clock: Clock;
  /** How long a value is good for, in milliseconds. */
  readonly ttlMs: number;
  /** For how long after that it stands in when a new one cannot be had, in milliseconds. */
  readonly staleIfErrorMs: number;
}

interface Flight<Value> {
  readonly answer: Promise<Remembered<Value>>;
  readonly controller: AbortController;
  waiting: number;
}

/** After a failure the stale value is given for so long before the server is asked again: everybody asking would not help it. */
const pauseMs = 10_000;

/** Remembers a value that takes a request to get. Whoever asks while a request is under way waits for the same one. */
export class SharedCache<Value> {
  readonly #load: (signal: AbortSignal) => Promise<Value>;
  readonly #options: SharedCacheOptions;
  #entry: { readonly value: Value; readonly askedAt: number; readonly at: number } | undefined;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #flight: Flight<Value> | undefined;

  /**
   * @param load - makes the request; its signal aborts when nobody waits any more
   * @param options - how long a value is good for, by which clock
   */
  constructor(load: (signal: AbortSignal) => Promise<Value>, options: SharedCacheOptions) {
    this.#load = load;
    this.#options = options;
  }

  /**
   * Gives the value, from memory or anew.
   *
   * @param signal - ends this wait; the request goes on as long as anybody else waits for it
   * @returns the value and its age
   * @throws what the request failed with, unless an older value may stand in; the signal's reason when that aborts
   */
  async get(signal?: AbortSignal): Promise<Remembered<Value>> {
    signal?.throwIfAborted();
    const { clock, ttlMs } = this.#options;
    const remembered = this.#remembered(ttlMs, false);
    if (remembered !== undefined) return remembered;
    const standIn = clock.now() < this.#pausedUntil ? this.#standIn() : undefined;
    if (standIn !== undefined) return standIn;
    const flight = (this.#flight ??= this.#takeOff());
    flight.waiting += 1;
    return signal === undefined ? flight.answer : this.#wait(flight, signal);
  }

  /**
   * Looks into the memory, and asks nobody.
   *
   * @returns the value, or undefined when there is none that is as young as it should be
   */
  recall(): Value | undefined {
    const entry = this.#entry;
    const { clock, ttlMs } = this.#options;
    return entry === undefined || clock.now() - entry.at >= ttlMs ? undefined : entry.value;
  }

  #remembered(youngerThanMs: number, stale: boolean): Remembered<Value> | undefined {
    const entry = this.#entry;
    if (entry === undefined || this.#options.clock.now() - entry.at >= youngerThanMs) return undefined;
    return { value: entry.value, askedAt: entry.askedAt, stale };
  }

  #standIn(): Remembered<Value> | undefined {
    return this.#remembered(this.#options.ttlMs + this.#options.staleIfErrorMs, true);
  }

  #takeOff(): Flight<Value> {
    const { clock } = this.#options;
    const controller = new AbortController();
    const at = clock.now();
    const askedAt = clock.epochMs();
    const answer = this.#load(controller.signal).then(
      (value) => {
        this.#entry = { value, askedAt, at };
        return { value, askedAt, stale: false };
      },
      (error: unknown) => {
        const standIn = isOpenRouterError(error) && error.retryable ? this.#standIn() : undefined;
        if (standIn === undefined) throw error;
        this.#pausedUntil = clock.now() + pauseMs;
        return standIn;
      },
    );
    const flight = { answer, controller, waiting: 0 };
    const land = (): void => {
      if (this.#flight === flight) this.#flight = undefined;
    };
    answer.then(land, land);
    return flight;
  }

  #wait(flight: Flight<Value>, signal: AbortSignal): Promise<Remembered<Value>> {
    return new Promise((resolve, reject) => {
      const forget = followSignal(signal, (reason) => {
        forget();
        flight.waiting -= 1;
        if (flight.waiting === 0) {
          // Whoever comes now must not board a request that is being given up.
          this.#flight = undefined;
          flight.controller.abort(reason);
        }
        reject(reason);
      });
      void flight.answer.then(resolve, reject).finally(forget);
    });
  }
}
