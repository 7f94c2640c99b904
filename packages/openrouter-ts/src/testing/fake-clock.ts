import type { Clock } from '../util/clock.ts';
import { loadAllParts } from './load-all-parts.ts';

/** Where a fake clock starts. */
export interface FakeClockOptions {
  /** The wall clock's first answer, in milliseconds since 1970. Default: the start of 2026 (UTC). */
  readonly epochMs?: number;
}

interface Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

/** For so long work may do something that takes no timer of this clock, such as unpacking or loading a module; in real milliseconds. */
const mostIdleMs = 1_000;

/**
 * A clock that stands still until a test moves it. It is for work in this process: it waits for promises, but not for real sockets.
 */
export class FakeClock implements Clock {
  readonly #startEpochMs: number;
  readonly #timers = new Set<Timer>();
  #nowMs = 0;

  /**
   * Makes a clock that stands still. From then on the client has all its parts, so that nothing begins later than its timers.
   *
   * @param options - where the wall clock starts
   */
  constructor({ epochMs = Date.UTC(2026, 0, 1) }: FakeClockOptions = {}) {
    loadAllParts();
    this.#startEpochMs = epochMs;
  }

  /** Milliseconds since this clock was made. */
  readonly now = (): number => this.#nowMs;

  /** Milliseconds since 1970: the start, and what the clock was moved by since. */
  readonly epochMs = (): number => this.#startEpochMs + this.#nowMs;

  /** Runs `callback` when the clock has been moved by `ms` milliseconds, unless the returned function is called first. */
  readonly setTimer = (callback: () => void, ms: number): (() => void) => {
    const timer = { atMs: this.#nowMs + Math.max(0, ms), callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  };

  /** How many timers wait. A test that expects nothing left behind expects 0. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** How many milliseconds it is until the next timer is due; undefined if none waits. */
  get nextTimerMs(): number | undefined {
    const next = this.#earliest(Number.POSITIVE_INFINITY);
    return next === undefined ? undefined : next.atMs - this.#nowMs;
  }

  /**
   * Moves the clock on. Timers that come due run in their order, each at its own time, and what they set in motion settles before
   * the next one runs: a timer that is set on the way runs too if its time comes.
   *
   * @param ms - how far, in milliseconds; 0 just lets everything settle
   */
  async advance(ms: number): Promise<void> {
    const targetMs = this.#nowMs + ms;
    await settle();
    for (let next = this.#earliest(targetMs); next !== undefined; next = this.#earliest(targetMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      this.#timers.delete(next);
      next.callback();
      await settle();
    }
    this.#nowMs = targetMs;
  }

  /**
   * Moves the clock to the next timer, timer after timer, until a promise is settled or no timer is left.
   *
   * @param work - what the timers are run for
   * @returns what `work` resolves with
   * @throws what `work` rejects with
   * @throws an Error when no timer is left and `work` still is not settled: it waits for something else than time
   */
  async runUntil<Value>(work: Promise<Value>): Promise<Value> {
    const watched = { settled: false };
    const note = (): void => {
      watched.settled = true;
    };
    work.then(note, note);
    await settle();
    for (let idleSince = performance.now(); !watched.settled;) {
      if (performance.now() - idleSince > mostIdleMs)
        throw new Error('No timer is left, and the work is still not done.');
      if (this.nextTimerMs !== undefined) {
        await this.advance(this.nextTimerMs);
        idleSince = performance.now();
      }
      await settle();
    }
    return work;
  }

  #earliest(limitMs: number): Timer | undefined {
    let earliest: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.atMs <= limitMs && (earliest === undefined || timer.atMs < earliest.atMs)) earliest = timer;
    }
    return earliest;
  }
}

/** One turn of the event loop: every promise that can go on has gone on by then, however long the chain. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    // Where there is a quicker way to the next turn than a timer, it is taken.
    if ('setImmediate' in globalThis) globalThis.setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
