import { OpenRouterError, type ErrorDetails } from './open-router-error.ts';

/** What is wrong with an answer that cannot be read. */
export type FormatFailure =
  | 'empty'
  | 'html'
  | 'invalid-json'
  | 'unexpected-content-type'
  | 'unexpected-status'
  | 'redirect'
  | 'encoding'
  | 'no-answer';

/** The server answered, but not with something this API sends. */
export class ResponseFormatError extends OpenRouterError {
  /** What is wrong with the answer. */
  readonly failure: FormatFailure;
  /** The HTTP status of the answer. */
  readonly status: number;

  /**
   * @param message - what came instead of an answer, from which address, and what to do
   * @param details - what is wrong, the HTTP status, and what else is known
   */
  constructor(message: string, details: ErrorDetails & { readonly failure: FormatFailure; readonly status: number }) {
    super(message, 'response-format', details);
    this.failure = details.failure;
    this.status = details.status;
  }
}
