import { OpenRouterError, type ErrorDetails } from './open-router-error.ts';

/**
 * A part of the client that is loaded when it is needed could not be loaded: a network is gone, or a bundle was replaced on its server while
 * the page was open. `phase` and `status` say how far the call had come.
 */
export class LoadError extends OpenRouterError {
  /** Which part. */
  readonly part: string;
  /** The HTTP status of the answer that nobody could read, if there was one. */
  readonly status: number | undefined;

  /**
   * @param message - what could not be loaded, and what that means
   * @param details - the part, the status of an answer, and what else is known
   */
  constructor(
    message: string,
    details: ErrorDetails & { readonly part: string; readonly status?: number | undefined },
  ) {
    super(message, 'load', details);
    this.part = details.part;
    this.status = details.status;
  }
}
