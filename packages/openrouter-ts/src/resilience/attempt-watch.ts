import type { Timer } from '../errors/timeout-error.ts';
import type { Progress } from '../http/progress.ts';
import type { TransportResponse } from '../http/transport.ts';
import type { AbortScope } from '../util/abort-scope.ts';
import type { Clock } from '../util/clock.ts';
import type { TimeoutOptions } from './timeout-options.ts';

/** A wait within one attempt. */
export type AttemptTimer = Exclude<Timer, 'total'>;

/** What a watch is told. */
export interface AttemptWatchOptions {
  /** How long each wait may be, in milliseconds. */
  readonly limits: TimeoutOptions;
  /** Whether the answer is a stream, which alone has a first output and events. */
  readonly stream: boolean;
  readonly clock: Clock;
  /** Makes the error that ends the attempt when a wait was too long. */
  readonly errorFor: (timer: AttemptTimer) => unknown;
  /** Whoever else wants to know. */
  readonly also: Progress | undefined;
}

/** A timer that fires more than this too late shows that the process was asleep. What came meanwhile has not been read yet: every wait may take so much longer. */
const sleptMs = 1_000;

/**
 * Watches the waits of one attempt with a single timer. A stream tells of thousands of bytes and events: each only notes the time,
 * and the timer looks at the notes when it is due.
 */
export class AttemptWatch implements Progress {
  readonly #options: AttemptWatchOptions;
  #attempt: AbortScope | undefined;
  #connect = Infinity;
  #headers = Infinity;
  #firstContent = Infinity;
  #idleBytes = Infinity;
  #idleData = Infinity;
  #armedFor = Infinity;
  #cancelTimer: (() => void) | undefined;

  /** @param options - the limits, the clock, and whom else to tell */
  constructor(options: AttemptWatchOptions) {
    this.#options = options;
  }

  /** {@inheritDoc Progress.began} */
  began(attempt: AbortScope): void {
    const { clock, limits, also } = this.#options;
    this.#attempt = attempt;
    attempt.defer(() => {
      this.#armedFor = -Infinity;
      this.#cancelTimer?.();
    });
    const now = clock.now();
    this.#connect = now + limits.connectMs;
    this.#headers = now + limits.headersMs;
    this.#armFor(Math.min(this.#connect, this.#headers), now);
    also?.began?.(attempt);
  }

  /** {@inheritDoc Progress.connected} */
  connected(reused: boolean): void {
    const { clock, limits, also } = this.#options;
    const now = clock.now();
    this.#connect = Infinity;
    this.#headers = now + limits.headersMs;
    this.#armFor(this.#headers, now);
    also?.connected?.(reused);
  }

  /** {@inheritDoc Progress.answered} */
  answered(response: TransportResponse): void {
    const { clock, limits, stream, also } = this.#options;
    this.#connect = Infinity;
    this.#headers = Infinity;
    if (stream) {
      const now = clock.now();
      this.#firstContent = now + limits.firstContentMs;
      this.#armFor(this.#firstContent, now);
    }
    also?.answered?.(response);
  }

  /** {@inheritDoc Progress.waiting} */
  waiting(): void {
    const { clock, limits, stream, also } = this.#options;
    const now = clock.now();
    this.#idleBytes = now + limits.idleBytesMs;
    this.#armFor(this.#idleBytes, now);
    if (stream && this.#idleData === Infinity) {
      this.#idleData = now + limits.idleDataMs;
      this.#armFor(this.#idleData, now);
    }
    also?.waiting?.();
  }

  /** {@inheritDoc Progress.bytes} */
  bytes(): void {
    this.#idleBytes = Infinity;
    this.#options.also?.bytes?.();
  }

  /** {@inheritDoc Progress.data} */
  data(): void {
    this.#idleData = Infinity;
    this.#options.also?.data?.();
  }

  /** {@inheritDoc Progress.output} */
  output(): void {
    this.#firstContent = Infinity;
    this.#options.also?.output?.();
  }

  /** A timer that is set for an earlier time stays: what it finds when it is due is what counts. */
  #armFor(at: number, now: number): void {
    if (at >= this.#armedFor) return;
    this.#cancelTimer?.();
    this.#armedFor = at;
    this.#cancelTimer = this.#options.clock.setTimer(() => {
      this.#check();
    }, at - now);
  }

  #check(): void {
    const now = this.#options.clock.now();
    const late = now - this.#armedFor;
    const slept = late > sleptMs ? late + sleptMs : 0;
    this.#armedFor = Infinity;
    this.#connect += slept;
    this.#headers += slept;
    this.#firstContent += slept;
    this.#idleBytes += slept;
    this.#idleData += slept;
    const timer = this.#firstDue(now);
    if (timer !== undefined) this.#attempt?.abort(this.#options.errorFor(timer));
    else this.#armFor(Math.min(this.#connect, this.#headers, this.#firstContent, this.#idleBytes, this.#idleData), now);
  }

  #firstDue(now: number): AttemptTimer | undefined {
    if (this.#connect <= now) return 'connect';
    if (this.#headers <= now) return 'headers';
    if (this.#firstContent <= now) return 'first-content';
    if (this.#idleBytes <= now) return 'idle-bytes';
    return this.#idleData <= now ? 'idle-data' : undefined;
  }
}
