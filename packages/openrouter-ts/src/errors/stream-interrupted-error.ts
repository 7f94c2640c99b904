import { OpenRouterError, type ErrorDetails } from './open-router-error.ts';

/** An answer broke off after some of it had arrived. What had arrived is in `partial`. */
export class StreamError extends OpenRouterError {}

/** The connection broke in the middle of the answer. */
export class StreamInterruptedError extends StreamError {
  /**
   * @param message - what happened
   * @param details - what is known, with the answer so far in `partial`
   */
  constructor(message: string, details: ErrorDetails) {
    super(message, 'stream-interrupted', details);
  }
}
