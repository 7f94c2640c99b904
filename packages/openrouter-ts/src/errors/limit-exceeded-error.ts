import { OpenRouterError, type ErrorDetails } from './open-router-error.ts';

/** The server sent more than the client is willing to hold in memory. The connection was closed. */
export class LimitExceededError extends OpenRouterError {
  /** The limit that was exceeded, in bytes (or in the unit that the message names). */
  readonly limit: number;

  /**
   * @param message - what was too large, and which option raises the limit
   * @param details - the limit, and what else is known
   */
  constructor(message: string, details: ErrorDetails & { readonly limit: number }) {
    super(message, 'limit-exceeded', details);
    this.limit = details.limit;
  }
}
