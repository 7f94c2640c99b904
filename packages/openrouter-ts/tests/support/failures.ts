import { ConnectionError } from '../../src/errors/connection-error.ts';
import { ResponseFormatError } from '../../src/errors/response-format-error.ts';
import { RateLimitError, type RateLimitScope } from '../../src/errors/status-errors.ts';
import { TimeoutError, type Timer } from '../../src/errors/timeout-error.ts';
import type { Phase } from '../../src/errors/phase.ts';
import { toApiError } from '../../src/http/to-api-error.ts';
import type { ApiError } from '../../src/errors/api-error.ts';

/** What the server answered, as the classifier understands it. */
export function refused(
  status: number,
  error: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
  stream = false,
): ApiError {
  return toApiError({
    operation: 'POST /chat/completions',
    httpStatus: status,
    headers,
    error: { code: status, message: 'no', ...error },
    phase: 'answered',
    generationId: undefined,
    now: 0,
    stream,
  });
}

/** A refusal for too many requests. */
export function throttled(scope: RateLimitScope = 'unknown', retryAfterMs?: number, resetAt?: number): RateLimitError {
  const retryable = scope !== 'account-day' && scope !== 'model-day';
  return new RateLimitError('slow down', { status: 429, scope, retryable, retryAfterMs, resetAt, phase: 'answered' });
}

/** A connection that could not be had, or was lost. */
export function lost(
  phase: Phase = 'unsent',
  parts: { readonly code?: string; readonly staleConnection?: boolean; readonly retryable?: boolean } = {},
): ConnectionError {
  return new ConnectionError('lost', { failure: 'network', retryable: true, phase, ...parts });
}

/** A wait that was too long. */
export function timedOut(timer: Timer, phase: Phase, retryable: boolean): TimeoutError {
  return new TimeoutError('too long', { timer, phase, retryable });
}

/** An answer that cannot be read. */
export function unreadable(failure: 'empty' | 'html'): ResponseFormatError {
  return new ResponseFormatError('what?', { failure, status: 200, retryable: failure === 'empty', phase: 'answered' });
}
