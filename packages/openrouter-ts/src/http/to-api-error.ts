import { ApiError, type ApiErrorDetails } from '../errors/api-error.ts';
import type { Billing } from '../errors/billing.ts';
import type { Phase } from '../errors/phase.ts';
import {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InsufficientCreditsError,
  NotFoundError,
  PayloadTooLargeError,
  PermissionError,
  ProviderError,
  RateLimitError,
  RequestTimeoutError,
  ServerError,
} from '../errors/status-errors.ts';
import type { ErrorBody } from '../wire/error-body.ts';
import { isJsonObject, type JsonObject } from '../util/json.ts';
import { oneLine } from '../util/one-line.ts';
import { redact } from '../util/redact.ts';
import { adviceFor } from './advice.ts';
import { errorMessage, providerReason } from './error-message.ts';
import { errorStatus, errorTypeOf } from './error-status.ts';
import { rateLimitScope } from './rate-limit-scope.ts';
import { retryHint } from './retry-hint.ts';
import { isRetryable } from './is-retryable.ts';

/** An error answer, wherever it was found. */
export interface FailedAnswer {
  /** For the message, such as `POST /chat/completions`. */
  readonly operation: string;
  /** The HTTP status; 200 when the error was inside a success. */
  readonly httpStatus: number;
  /** The response headers, lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The `error` member of the body; `undefined` when the body held none. */
  readonly error: unknown;
  /** The body as text, for answers that are not JSON. */
  readonly text?: string | undefined;
  readonly phase: Phase;
  readonly generationId: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether the request asked for a stream. */
  readonly stream: boolean;
}

/**
 * Turns an error answer into the error that callers see: the one classifier for HTTP errors, errors inside a success, and errors before a stream's first output.
 *
 * @param answer - what came, and where it was found
 * @returns the error, with the failure's own status, its verdict and what it may have cost; never throws, whatever the body is
 */
export function toApiError(answer: FailedAnswer): ApiError {
  const { error, httpStatus, headers, operation, phase, generationId } = answer;
  const status = errorStatus(error, httpStatus) ?? (httpStatus >= 400 ? httpStatus : 502);
  const fields = errorFields(error);
  const hint = retryHint(headers, error, answer.now);
  const details = {
    status,
    retryable: isRetryable(status, answer),
    retryAfterMs: hint?.retryAfterMs,
    phase,
    billing: billingOf(status, httpStatus),
    generationId,
    ...fields,
    headers,
    scope: rateLimitScope(error),
    resetAt: hint?.resetAt ?? (hint && answer.now + hint.retryAfterMs),
  };
  const words = errorMessage(error, answer.text);
  const advice = adviceFor(status, fields.errorType, operation);
  const end = /[.!?]\s*$/.test(words) ? ' ' : '. ';
  return create(`OpenRouter answered ${operation} with ${status}: ${words}${advice && end + advice}`, details);
}

/**
 * Reads the fields of an error object that callers branch on.
 *
 * @param error - the `error` member of an answer, whatever it is
 * @returns its code, word, provider and the provider's reason
 */
export function errorFields(
  error: unknown,
): Pick<ApiErrorDetails, 'code' | 'errorType' | 'providerName' | 'providerReason' | 'body'> {
  if (!isErrorBody(error)) return {};
  const body: JsonObject = error;
  const { code, metadata } = body;
  return {
    code: typeof code === 'number' ? code : name(code),
    errorType: name(errorTypeOf(body)),
    providerName: name(isJsonObject(metadata) ? metadata['provider_name'] : undefined),
    providerReason: providerReason(body),
    body: error,
  };
}

function name(value: unknown): string | undefined {
  return typeof value === 'string' ? redact(oneLine(value, 200)) : undefined;
}

function isErrorBody(error: unknown): error is ErrorBody {
  return isJsonObject(error);
}

const billings: Readonly<Record<number, Billing>> = {
  408: 'possible',
  503: 'none',
  504: 'possible',
  524: 'possible',
  529: 'none',
};

/** OpenRouter does not bill the tokens of an answer whose failure it reports itself; one that lost patience says nothing of the model behind it. */
function billingOf(status: number, httpStatus: number): Billing {
  return httpStatus < 400 ? 'insured' : (billings[status] ?? (status >= 500 ? 'insured' : 'none'));
}

function create(message: string, details: ApiErrorDetails & Pick<RateLimitError, 'scope' | 'resetAt'>): ApiError {
  const { status } = details;
  if (status === 400 || status === 422) return new BadRequestError(message, details, 'bad-request');
  if (status === 401) return new AuthenticationError(message, details, 'authentication');
  if (status === 402) return new InsufficientCreditsError(message, details, 'insufficient-credits');
  if (status === 403) return new PermissionError(message, details, 'permission');
  if (status === 404) return new NotFoundError(message, details, 'not-found');
  if (status === 408) return new RequestTimeoutError(message, details, 'request-timeout');
  if (status === 409) return new ConflictError(message, details, 'conflict');
  if (status === 413) return new PayloadTooLargeError(message, details, 'payload-too-large');
  if (status === 429) return new RateLimitError(message, details);
  if ((status >= 502 && status <= 504) || (status >= 520 && status <= 529))
    return new ProviderError(message, details, 'provider');
  if (status >= 500) return new ServerError(message, details, 'server');
  return new ApiError(message, details);
}
