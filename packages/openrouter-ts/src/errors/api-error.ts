import type { ErrorBody } from '../wire/error-body.ts';
import { OpenRouterError, type ErrorDetails } from './open-router-error.ts';

/** What an error answer of the API tells beyond the details of every error. */
export interface ApiErrorDetails extends ErrorDetails {
  /** The failure's own status: `error.code` where it is a number, otherwise what its words stand for, otherwise the HTTP status. */
  readonly status: number;
  /** `error.code` as it came: a number, or a word such as `server_error`. */
  readonly code?: number | string | undefined;
  /** OpenRouter's stable word for the failure (`error.metadata.error_type`). */
  readonly errorType?: string | undefined;
  /** The provider that failed, if one did (`error.metadata.provider_name`). */
  readonly providerName?: string | undefined;
  /** The provider's own words (`error.metadata.raw`), on one line. */
  readonly providerReason?: string | undefined;
  /** The error object as it came. */
  readonly body?: ErrorBody | undefined;
  /** The response headers, lower-case names. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** OpenRouter answered with an error: as an HTTP status, or inside an answer that began as a success. */
export class ApiError extends OpenRouterError {
  /** The failure's own status; inside an HTTP 200 it is `error.code`. */
  readonly status: number;
  /** `error.code` as it came. */
  readonly code: number | string | undefined;
  /** OpenRouter's stable word for the failure, such as `context_length_exceeded`. */
  readonly errorType: string | undefined;
  /** The provider that failed, if one did. */
  readonly providerName: string | undefined;
  /** The provider's own words, on one line. */
  readonly providerReason: string | undefined;
  /** The error object as it came. Not enumerable: it may hold the user's id or text. */
  declare readonly body: ErrorBody | undefined;
  /** The response headers, lower-case names. Not enumerable. */
  declare readonly headers: Readonly<Record<string, string>>;

  /**
   * @param message - the server's own message, the provider's reason and what to do
   * @param details - the error's fields
   * @param kind - the kind of failure; default `api`
   */
  constructor(message: string, details: ApiErrorDetails, kind = 'api') {
    super(message, kind, details);
    this.status = details.status;
    this.code = details.code;
    this.errorType = details.errorType;
    this.providerName = details.providerName;
    this.providerReason = details.providerReason;
    Object.defineProperty(this, 'body', { value: details.body });
    Object.defineProperty(this, 'headers', { value: details.headers ?? {} });
  }
}
