import { OpenRouterError, type ErrorDetails } from './open-router-error.ts';

/**
 * Which wait was too long: for the connection, for status and headers, for the first output, for any byte,
 * for any event (keep-alives do not count), or for the whole call with its retries.
 */
export type Timer = 'connect' | 'headers' | 'first-content' | 'idle-bytes' | 'idle-data' | 'total';

/** A wait was longer than allowed, and the connection was closed. */
export class TimeoutError extends OpenRouterError {
  /** Which wait was too long. */
  readonly timer: Timer;
  /** How long it was allowed to be, in milliseconds, unless the timer was the runtime's own and did not say. */
  readonly timeoutMs: number | undefined;

  /**
   * @param message - which wait was too long and what to do
   * @param details - the timer, its limit, and what else is known
   */
  constructor(
    message: string,
    details: ErrorDetails & { readonly timer: Timer; readonly timeoutMs?: number | undefined },
  ) {
    super(message, 'timeout', details);
    this.timer = details.timer;
    this.timeoutMs = details.timeoutMs;
  }
}
