import type { FileAnnotation } from './annotation.ts';

/**
 * What a failure tells about itself. Which fields there are depends on who failed: OpenRouter, a provider, a moderator, a guardrail
 * or a limit.
 *
 * @see https://openrouter.ai/docs/api-reference/errors-and-debugging
 */
export interface ErrorMetadata {
  /** OpenRouter's own word for the failure: the one to branch on. */
  readonly error_type?: ErrorType | undefined;
  /** The provider's own code. */
  readonly provider_code?: string | undefined;
  /** The provider that failed. */
  readonly provider_name?: string | null | undefined;
  /** What the provider said: text, JSON as text, or JSON. */
  readonly raw?: unknown;
  /** Whether a provider key of your own was used. */
  readonly is_byok?: boolean | undefined;
  /** Providers that had failed before. */
  readonly previous_errors?: readonly PreviousError[] | undefined;
  /** A moderator: why. */
  readonly reasons?: readonly string[] | undefined;
  /** A moderator: at most 100 characters of what it minded. */
  readonly flagged_input?: string | undefined;
  /** A moderator: which model was asked for. */
  readonly model_slug?: string | undefined;
  /** A guardrail: what it found. */
  readonly patterns?: readonly string[] | undefined;
  /** Documents that had been parsed before the failure. */
  readonly file_annotations?: readonly FileAnnotation[] | undefined;
  /** A limit: `X-RateLimit-Limit`, `X-RateLimit-Remaining` and `X-RateLimit-Reset`, whether or not they are headers of the answer as well. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** A limit: whose. */
  readonly limit_source?: LimitSource | undefined;
  /** A limit: what to do about it. */
  readonly remedy_hint?: string | undefined;
  readonly [key: string]: unknown;
}

/** A provider that had failed before. The field names have changed over time. */
export interface PreviousError {
  /** The HTTP status, in the older spelling. */
  readonly code?: number | string | undefined;
  /** What it said, in the older spelling. */
  readonly message?: string | undefined;
  /** Who it was, in the newer spelling. */
  readonly provider?: string | undefined;
  /** The HTTP status, in the newer spelling. */
  readonly status?: number | undefined;
  readonly [key: string]: unknown;
}

/** Whose limit it was: the account's for free models, by day or by minute, or that of a provider which all customers share. */
export type LimitSource =
  | 'openrouter_free_tier_daily'
  | 'openrouter_free_tier_per_minute'
  | 'upstream_provider_shared_pool'
  | (string & {});

/** OpenRouter's own word for a failure, the same in all its APIs. */
export type ErrorType =
  | 'context_length_exceeded'
  | 'max_tokens_exceeded'
  | 'token_limit_exceeded'
  | 'string_too_long'
  | 'authentication'
  | 'permission_denied'
  | 'payment_required'
  | 'rate_limit_exceeded'
  | 'provider_overloaded'
  | 'provider_unavailable'
  | 'invalid_request'
  | 'invalid_prompt'
  | 'not_found'
  | 'precondition_failed'
  | 'payload_too_large'
  | 'unprocessable'
  | 'content_policy_violation'
  | 'refusal'
  | 'invalid_image'
  | 'image_too_large'
  | 'image_too_small'
  | 'unsupported_image_format'
  | 'image_not_found'
  | 'image_download_failed'
  | 'server'
  | 'timeout'
  | 'unmapped'
  | (string & {});
