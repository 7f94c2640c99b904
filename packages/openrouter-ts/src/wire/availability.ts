/**
 * Why no endpoint could answer. Decide on `retryable`; the codes are for people and for logs.
 *
 * @see https://openrouter.ai/docs/api-reference/errors-and-debugging
 */
export interface Availability {
  /** Why no endpoint could answer. */
  readonly code?: AvailabilityCode | undefined;
  /** Whether the same request may succeed later. */
  readonly retryable?: boolean | undefined;
  /** Seconds. */
  readonly retry_after?: number | undefined;
  /** What was asked for. */
  readonly requested_models?: readonly string[] | undefined;
  /** Who could not answer. */
  readonly affected_providers?: readonly string[] | undefined;
  /** What left endpoints out: `geo`, `data_policy:zdr`, `max_price`, `require_parameters`, … */
  readonly excluded_by?: readonly string[] | undefined;
  /** What to ask for instead. */
  readonly fallback_models?: readonly string[] | undefined;
  /** The parameter that left nothing over. */
  readonly constraint?: AvailabilityConstraint | undefined;
  /** Where it is explained. */
  readonly docs_url?: string | undefined;
  readonly [key: string]: unknown;
}

/** The parameter that left nothing over. */
export interface AvailabilityConstraint {
  /** Its name in the request. */
  readonly field?: string | undefined;
  /** What about it. */
  readonly detail?: string | undefined;
  readonly [key: string]: unknown;
}

/** Why no endpoint could answer. */
export type AvailabilityCode =
  | 'model_not_found'
  | 'wrong_endpoint'
  | 'no_endpoints'
  | 'model_deprecated'
  | 'model_unavailable_upstream'
  | 'capacity_exhausted'
  | 'temporarily_unavailable'
  | 'region_restricted'
  | 'privacy_restricted'
  | 'constraint_filtered'
  | 'free_variant_ended'
  | (string & {});
