import type { ErrorBody } from '../wire/error-body.ts';
import type { ErrorDetails } from './open-router-error.ts';
import { StreamError } from './stream-interrupted-error.ts';

/** The connection ended in good order, but before the model had finished: the answer is not whole. */
export class StreamTruncatedError extends StreamError {
  /**
   * @param message - what was missing
   * @param details - what is known, with the answer so far in `partial`
   */
  constructor(message: string, details: ErrorDetails) {
    super(message, 'stream-truncated', details);
  }
}

/** The stream held something that is not an answer of this API. */
export class StreamProtocolError extends StreamError {
  /**
   * @param message - what was wrong, without the text of the event
   * @param details - what is known, with the answer so far in `partial`
   */
  constructor(message: string, details: ErrorDetails) {
    super(message, 'stream-protocol', details);
  }
}

/** The provider failed in the middle of its answer, and OpenRouter said so inside the answer. */
export class StreamProviderError extends StreamError {
  /** The failure's own status (`error.code`), if it named one. */
  readonly status: number | undefined;
  /** `error.code` as it came: a number, or a word such as `server_error`. */
  readonly code: number | string | undefined;
  /** OpenRouter's stable word for the failure (`error.metadata.error_type`). */
  readonly errorType: string | undefined;
  /** The provider that failed (`error.metadata.provider_name`). */
  readonly providerName: string | undefined;
  /** The error object as it came. Not enumerable: it may hold the user's id or text. */
  declare readonly body: ErrorBody | undefined;

  /**
   * @param message - the server's own message with the provider's reason
   * @param details - the error's fields, with the answer so far in `partial`
   */
  constructor(message: string, details: ErrorDetails & ProviderFailure) {
    super(message, 'stream-provider', details);
    this.status = details.status;
    this.code = details.code;
    this.errorType = details.errorType;
    this.providerName = details.providerName;
    Object.defineProperty(this, 'body', { value: details.body });
  }
}

/** What an error inside an answer tells beyond the details of every error. */
export interface ProviderFailure {
  /** The failure's own status (`error.code`). */
  readonly status?: number | undefined;
  /** `error.code` as it came. */
  readonly code?: number | string | undefined;
  /** OpenRouter's stable word for the failure. */
  readonly errorType?: string | undefined;
  /** The provider that failed. */
  readonly providerName?: string | undefined;
  /** The error object as it came. */
  readonly body?: ErrorBody | undefined;
}
