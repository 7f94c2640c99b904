import type { ApiError } from '../errors/api-error.ts';

/**
 * Where a figure comes from:
 *
 * - `key`: `GET /key` told it
 * - `credits`: `GET /credits` told it
 * - `refusal`: the API refused a request because nothing is left
 * - `local`: nobody told it; this client has counted since it began, or since the last reset
 */
export type FigureSource = 'key' | 'credits' | 'refusal' | 'local';

/** What is left of one limit, and how far that can be trusted. */
export interface LimitFigure {
  /** What is left, less what this client has used since it was told. `undefined` when only the use is known. */
  readonly remaining: number | undefined;
  /** What there is in all, or in one period. `undefined` when it is not known. */
  readonly limit: number | undefined;
  /** What this client has used since the figure was told; it is taken off `remaining` already. */
  readonly usedSince: number;
  /** Where the figure comes from. */
  readonly source: FigureSource;
  /** When it was told, in milliseconds since 1970. */
  readonly asOf: number;
  /** How long ago that was, in milliseconds. */
  readonly ageMs: number;
  /** When the limit begins anew, in milliseconds since 1970. `undefined` when it never does. */
  readonly resetsAt: number | undefined;
}

/** What may still be spent and asked, as far as it is known. */
export interface LimitsReport {
  /** Dollars: the smaller of the two below, which is what stops a request first. `undefined` while neither is known. */
  readonly creditUsd: LimitFigure | undefined;
  /** Dollars left of the key's own limit. `undefined` when it has none, or nobody has asked yet. */
  readonly keyCreditUsd: LimitFigure | undefined;
  /** Dollars left of the account's credits. `undefined` when the key may not know. */
  readonly accountCreditUsd: LimitFigure | undefined;
  /** Requests to free models left today, UTC, over all keys of the account. Without word from the API it is what this client has counted. */
  readonly freeRequests: LimitFigure;
  /** The last request that was refused because a limit was reached, and when, in milliseconds since 1970. */
  readonly lastRefusal: { readonly at: number; readonly error: ApiError } | undefined;
}
