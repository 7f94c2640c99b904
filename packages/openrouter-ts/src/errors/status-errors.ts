import { readAffordableTokens } from './affordable-tokens.ts';
import { ApiError, type ApiErrorDetails } from './api-error.ts';

/** 400, 422: the request cannot be served as it is. */
export class BadRequestError extends ApiError {}

/** 401: the key is missing, wrong or disabled. */
export class AuthenticationError extends ApiError {}

/** 402: the account or the key has too few credits for the worst case of this request. */
export class InsufficientCreditsError extends ApiError {
  /** The longest answer, in tokens, that the credits would still pay for: with `max_tokens` at most that, the same request may succeed. `undefined` when the answer does not say. */
  readonly affordableTokens: number | undefined;

  /**
   * @param message - the server's own message and what to do
   * @param details - the error's fields
   * @param kind - the kind of failure; default `insufficient-credits`
   */
  constructor(message: string, details: ApiErrorDetails, kind = 'insufficient-credits') {
    super(message, details, kind);
    this.affordableTokens = readAffordableTokens(message)?.affordable;
  }
}

/** 403: the key may not do this, or moderation, a guardrail or a region refuses it. */
export class PermissionError extends ApiError {}

/** 404: no such model, no provider left after the filters, or no such thing. */
export class NotFoundError extends ApiError {}

/** 408: the server waited too long for the request. */
export class RequestTimeoutError extends ApiError {}

/** 409: the request conflicts with another. */
export class ConflictError extends ApiError {}

/** 413: the request is too large. */
export class PayloadTooLargeError extends ApiError {}

/**
 * Whose limit was hit, since each asks for something else:
 *
 * - `account-day`: the account's free requests of the day are used up; another free model does not help
 * - `account-minute`: too many free requests in this minute
 * - `model-day`: this model is used up for today
 * - `model-minute`: this model asks for a pause
 * - `provider`: the provider is busy
 * - `edge`: the network in front of OpenRouter refused
 * - `unknown`: the answer does not say
 */
export type RateLimitScope =
  | 'account-day'
  | 'account-minute'
  | 'model-day'
  | 'model-minute'
  | 'provider'
  | 'edge'
  | 'unknown';

/** 429: too many requests, for whichever limit. */
export class RateLimitError extends ApiError {
  /** Whose limit was hit. */
  readonly scope: RateLimitScope;
  /** When the limit resets, in milliseconds since 1970, if the answer says so. */
  readonly resetAt: number | undefined;

  /**
   * @param message - the server's own message and what to do
   * @param details - the error's fields, the limit's scope and when it resets
   */
  constructor(
    message: string,
    details: ApiErrorDetails & { readonly scope: RateLimitScope; readonly resetAt?: number | undefined },
  ) {
    super(message, details, 'rate-limit');
    this.scope = details.scope;
    this.resetAt = details.resetAt;
  }
}

/** 5xx: OpenRouter failed. */
export class ServerError extends ApiError {}

/** 502, 503, 504, 520–529: a provider, or the way to it, failed. */
export class ProviderError extends ServerError {}
