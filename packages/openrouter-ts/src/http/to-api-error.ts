import { ApiError, type ApiErrorDetails } from '../errors/api-error.ts';
import type { Billing } from '../errors/billing.ts';
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
import type { FailedAnswer } from './failed-answer.ts';
import { errorStatus, errorTypeOf } from './error-status.ts';
import { rateLimitScope } from './rate-limit-scope.ts';
import { retryHint } from './retry-hint.ts';
import { isRetryable } from './is-retryable.ts';

/**
 * Turns an error answer into the error that callers see: the one classifier for HTTP errors, errors inside a success, and errors before a stream's first output.
 *
 * @param answer - what came, and where it was found
 * @returns the error, with the failure's own status, its verdict and what it may have cost; never throws, whatever the body is
 */
export function toApiError(answer: FailedAnswer): ApiError {
  const { error, httpStatus, headers, operation, phase, generationId } = answer;
  const status = errorStatus(error, httpStatus) ?? Math.max(httpStatus, 502);
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
  const advice = adviceFor({ status, errorType: fields.errorType, operation, words });
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

/** The other statuses of the 500s are the server's own, those of the 400s have no class of their own. */
const byStatus: Readonly<Record<number, readonly [StatusError: typeof ApiError, kind: string]>> = {
  400: [BadRequestError, 'bad-request'],
  401: [AuthenticationError, 'authentication'],
  402: [InsufficientCreditsError, 'insufficient-credits'],
  403: [PermissionError, 'permission'],
  404: [NotFoundError, 'not-found'],
  408: [RequestTimeoutError, 'request-timeout'],
  409: [ConflictError, 'conflict'],
  413: [PayloadTooLargeError, 'payload-too-large'],
  422: [BadRequestError, 'bad-request'],
};

function create(message: string, details: ApiErrorDetails & Pick<RateLimitError, 'scope' | 'resetAt'>): ApiError {
  const { status } = details;
  if (status === 429) return new RateLimitError(message, details);
  if (/^5(?:0[234]|2\d)$/.test(String(status))) return new ProviderError(message, details, 'provider');
  if (status >= 500) return new ServerError(message, details, 'server');
  const [StatusError, kind] = byStatus[status] ?? [ApiError, 'api'];
  return new StatusError(message, details, kind);
}
