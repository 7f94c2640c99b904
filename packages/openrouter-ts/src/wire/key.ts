/**
 * What is known about the key of the request. The balance of the account is elsewhere: with the credits.
 *
 * @see https://openrouter.ai/docs/api-reference/limits
 */
export interface Key {
  /** The beginning and the end of the key. */
  readonly label: string;
  /** The most it may spend, in dollars; null is no limit. */
  readonly limit: number | null;
  /** What is left of the limit, in dollars. */
  readonly limit_remaining?: number | null | undefined;
  /** When the limit begins anew, at midnight UTC; null is never. */
  readonly limit_reset?: 'daily' | 'weekly' | 'monthly' | (string & {}) | null | undefined;
  /** Whether the limit counts what provider keys of your own spend. */
  readonly include_byok_in_limit?: boolean | undefined;
  /** Dollars in all. */
  readonly usage: number;
  /** Dollars today, UTC. */
  readonly usage_daily?: number | undefined;
  /** Dollars since Monday, UTC. */
  readonly usage_weekly?: number | undefined;
  /** Dollars this month, UTC. */
  readonly usage_monthly?: number | undefined;
  /** Dollars that provider keys of your own spent, in all. */
  readonly byok_usage?: number | undefined;
  /** The same for today, UTC. */
  readonly byok_usage_daily?: number | undefined;
  /** The same since Monday, UTC. */
  readonly byok_usage_weekly?: number | undefined;
  /** The same for this month, UTC. */
  readonly byok_usage_monthly?: number | undefined;
  /** Whether the account has never bought credits. */
  readonly is_free_tier?: boolean | undefined;
  /** A key that manages others and cannot call models. */
  readonly is_management_key?: boolean | undefined;
  /**
   * The older name of `is_management_key`.
   *
   * @deprecated `is_management_key` has taken its place.
   */
  readonly is_provisioning_key?: boolean | undefined;
  /** ISO 8601, or null when it does not expire. */
  readonly expires_at?: string | null | undefined;
  /** Who made it. */
  readonly creator_user_id?: string | null | undefined;
  /** The organization that owns it, or null when a person does. */
  readonly organization_id?: string | null | undefined;
  /** The workspace that pays. */
  readonly workspace_id?: string | null | undefined;
  /** Where its requests may be processed. */
  readonly allowed_data_regions?: readonly ('global' | 'europe' | 'us' | (string & {}))[] | undefined;
  /** What is left of today's free requests. */
  readonly free_model_daily_requests?: FreeModelRequests | undefined;
  /**
   * What is left of an older rate limit.
   *
   * @deprecated It says nothing: `requests` is always −1.
   */
  readonly rate_limit?: KeyRateLimit | undefined;
  readonly [key: string]: unknown;
}

/** Requests to free models today, UTC, over all keys of the account. */
export interface FreeModelRequests {
  /** How many a day. */
  readonly limit: number;
  /** How many so far. */
  readonly used: number;
  /** How many are left. */
  readonly remaining: number;
  readonly [key: string]: unknown;
}

/** What is left of an older rate limit. */
export interface KeyRateLimit {
  /** Always −1. */
  readonly requests?: number | undefined;
  /** A span of time. */
  readonly interval?: string | undefined;
  /** That it no longer means anything. */
  readonly note?: string | undefined;
  readonly [key: string]: unknown;
}
