import type { Availability } from './availability.ts';
import type { ErrorMetadata, ErrorType } from './error-metadata.ts';
import type { RouterMetadata } from './router-metadata.ts';

/**
 * The JSON of a failure. It may come with any status, 200 included: OpenRouter sends the status before a provider has answered.
 *
 * @see https://openrouter.ai/docs/api-reference/errors-and-debugging
 */
export interface ErrorEnvelope {
  /** What went wrong. */
  readonly error: ErrorBody;
  /** The account that asked. */
  readonly user_id?: string | null | undefined;
  /** How the request was routed, if its header asked for it; never with status 500. */
  readonly openrouter_metadata?: RouterMetadata | null | undefined;
  /** False, beside the failure of a request that did not fit the schema. */
  readonly success?: boolean | undefined;
  readonly [key: string]: unknown;
}

/** What went wrong: in an {@link ErrorEnvelope}, on a chunk, or beside a message that broke off. No field is certain. */
export interface ErrorBody {
  /** The HTTP status that the failure stands for, or a word such as `server_error`. */
  readonly code?: number | string | null | undefined;
  /** What went wrong, for people. `Provider returned error` has its reason in `metadata.raw`. */
  readonly message?: string | undefined;
  /** Such as `ZodError`, when the request did not fit the schema; there is no `code` then. */
  readonly name?: string | undefined;
  /** What else is known. */
  readonly metadata?: ErrorMetadata | null | undefined;
  /** Why no endpoint could answer, and whether waiting helps. */
  readonly availability?: Availability | undefined;
  /** Where failures of availability have it; others have it in `metadata`. */
  readonly error_type?: ErrorType | undefined;
  /** The status, where `code` is missing. */
  readonly http_status?: number | undefined;
  readonly [key: string]: unknown;
}
