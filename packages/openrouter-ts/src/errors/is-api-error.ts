import type { ApiError } from './api-error.ts';
import { isOpenRouterError } from './open-router-error.ts';
import type { RateLimitError } from './status-errors.ts';

/**
 * Tells whether a failure is an error that OpenRouter answered with, where its class may not be loaded.
 *
 * @param error - anything that was caught
 * @returns true for every {@link ApiError}
 */
export function isApiError(error: unknown): error is ApiError {
  return isOpenRouterError(error) && 'errorType' in error && 'headers' in error;
}

/**
 * Tells whether a failure is a refusal for too many requests, where its class may not be loaded.
 *
 * @param error - anything that was caught
 * @returns true for every {@link RateLimitError}
 */
export function isRateLimitError(error: unknown): error is RateLimitError {
  return isApiError(error) && error.kind === 'rate-limit';
}
