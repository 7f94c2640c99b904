import { affordableTokens } from '../errors/affordable-tokens.ts';
import { ApiError } from '../errors/api-error.ts';
import { isOpenRouterError } from '../errors/open-router-error.ts';
import { InsufficientCreditsError, PermissionError, RateLimitError } from '../errors/status-errors.ts';
import { refusedLimit } from '../http/refused-limit.ts';

/** A refusal for a limit of the key or the account. */
export interface Exhausted {
  /** What nothing is left of; `undefined` where something is left, but too little or too soon. */
  readonly of: 'key' | 'account' | 'freeRequests' | undefined;
  /** The limit itself, if the refusal told. */
  readonly limit?: number | undefined;
  /** The refusal. */
  readonly error: ApiError;
}

/**
 * Finds out which limit a failure speaks of.
 *
 * @param error - why a request failed
 * @returns the limit, or `undefined` when it was none of the key's or the account's
 */
export function exhaustedBy(error: unknown): Exhausted | undefined {
  if (error instanceof RateLimitError) {
    if (error.scope === 'account-minute') return { of: undefined, error };
    if (error.scope !== 'account-day') return undefined;
    return { of: 'freeRequests', limit: refusedLimit(error.headers, error.body).limit, error };
  }
  // Who can afford a shorter answer has credit left.
  if (error instanceof InsufficientCreditsError)
    return { of: affordableTokens(error) === undefined ? 'account' : undefined, error };
  return error instanceof PermissionError && /key limit exceeded/i.test(error.message)
    ? { of: 'key', error }
    : undefined;
}

/**
 * Tells whether a request came as far as a provider: those that OpenRouter refuses itself do not count as free requests of the day.
 *
 * @param error - why it failed; `undefined` when it did not
 * @returns false where it is certain that it did not
 */
export function reachedAProvider(error: unknown): boolean {
  if (!isOpenRouterError(error)) return true;
  if (error.phase === 'unsent') return false;
  if (error instanceof RateLimitError) return !['account-day', 'account-minute', 'edge'].includes(error.scope);
  return !(error instanceof ApiError) || error.status >= 500 || error.providerName !== undefined;
}
