import type { RateLimitScope } from '../errors/status-errors.ts';
import type { RateLimitHeaders } from '../http/rate-limit-headers.ts';

/** What an answer told of a limit. */
export interface RateLimitReport extends RateLimitHeaders {
  /** Whose limit it is, where the answer was a refusal. */
  readonly scope: RateLimitScope | undefined;
  /** When it resets, in milliseconds since 1970. */
  readonly resetAt: number | undefined;
  /** The model that was asked. */
  readonly model: string | undefined;
  /** The HTTP status of the answer; 429 for a refusal. */
  readonly status: number;
  /** How long ago the answer came, in milliseconds. */
  readonly ageMs: number;
}

/** How fast a client may send. */
export interface Throttle {
  /** What it is for: a model's id, `free` for all free models, `all` for everything. */
  readonly of: string;
  /** How many requests a second. */
  readonly perSecond: number;
  /** How many calls wait for their turn. */
  readonly waiting: number;
}

/** What a client knows of limits. OpenRouter tells of them only when it refuses: no report is no promise. */
export interface RateLimitStatus {
  /** The last answer that told of a limit. */
  readonly last: RateLimitReport | undefined;
  /** The limits that this client keeps: those it was told, and those it learned from refusals. */
  readonly throttles: readonly Throttle[];
}
