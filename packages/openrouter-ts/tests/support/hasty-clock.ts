import type { Clock } from '../../src/util/clock.ts';
import { FakeClock } from '../../src/testing/fake-clock.ts';

/**
 * A clock that stands still while the client watches over something, and jumps ahead when the client itself waits, such as before another attempt:
 * with it retries need no time, and a server that is silent is silent for as long as a test says.
 */
export class HastyClock implements Clock {
  /** How long the client has waited each time, in milliseconds. */
  readonly waits: number[] = [];
  readonly #fake = new FakeClock();
  #moving: Promise<void> = Promise.resolve();

  /** {@inheritDoc FakeClock.now} */
  readonly now = (): number => this.#fake.now();

  /** {@inheritDoc FakeClock.epochMs} */
  readonly epochMs = (): number => this.#fake.epochMs();

  /** {@inheritDoc Clock.setTimer} */
  readonly setTimer = (callback: () => void, ms: number, keepsAlive = false): (() => void) => {
    const cancel = this.#fake.setTimer(callback, ms);
    if (keepsAlive) {
      this.waits.push(ms);
      setImmediate(() => void this.advance(ms));
    }
    return cancel;
  };

  /** {@inheritDoc FakeClock.pendingTimers} */
  get pendingTimers(): number {
    return this.#fake.pendingTimers;
  }

  /** {@inheritDoc FakeClock.nextTimerMs} */
  get nextTimerMs(): number | undefined {
    return this.#fake.nextTimerMs;
  }

  /** Moves the clock on, once whoever moves it now is done: time does not run back. */
  readonly advance = (ms: number): Promise<void> => {
    this.#moving = this.#moving.then(() => this.#fake.advance(ms));
    return this.#moving;
  };
}
