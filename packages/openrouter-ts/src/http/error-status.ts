import { isJsonObject } from '../util/json.ts';

/**
 * What OpenRouter's words for a failure stand for, where an error names no number: its own vocabulary (`error_type`),
 * and the words that the other skins of the API use in `code`.
 */
const statusOfWord: Readonly<Record<string, number>> = {
  context_length_exceeded: 400,
  max_tokens_exceeded: 400,
  token_limit_exceeded: 400,
  string_too_long: 400,
  invalid_request: 400,
  invalid_request_error: 400,
  invalid_prompt: 400,
  content_policy_violation: 400,
  refusal: 400,
  invalid_image: 400,
  image_too_large: 400,
  image_too_small: 400,
  unsupported_image_format: 400,
  image_download_failed: 400,
  authentication: 401,
  authentication_error: 401,
  payment_required: 402,
  billing_error: 402,
  permission_denied: 403,
  permission_error: 403,
  not_found: 404,
  not_found_error: 404,
  image_not_found: 404,
  precondition_failed: 412,
  payload_too_large: 413,
  unprocessable: 422,
  rate_limit_exceeded: 429,
  rate_limit_error: 429,
  server: 500,
  server_error: 500,
  api_error: 500,
  unmapped: 500,
  provider_unavailable: 502,
  provider_overloaded: 503,
  overloaded_error: 529,
  timeout: 504,
  timeout_error: 504,
};

/**
 * Finds the status that an error object claims for itself.
 *
 * @param error - the `error` member of an answer, whatever it is
 * @returns the status, or `undefined` when the object names none
 */
export function errorStatus(error: unknown): number | undefined {
  if (!isJsonObject(error)) return undefined;
  return toStatus(error['code']) ?? toStatus(error['http_status']) ?? toStatus(error['status']) ?? statusOf(errorTypeOf(error)) ?? statusOf(error['code']) ?? statusOf(error['type']);
}

/**
 * Reads OpenRouter's stable word for a failure.
 *
 * @param error - the `error` member of an answer
 * @returns `error.metadata.error_type`, or `error.error_type`
 */
export function errorTypeOf(error: unknown): string | undefined {
  if (!isJsonObject(error)) return undefined;
  const metadata = error['metadata'];
  const word = isJsonObject(metadata) ? (metadata['error_type'] ?? error['error_type']) : error['error_type'];
  return typeof word === 'string' ? word : undefined;
}

function toStatus(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 100 && number <= 599 ? number : undefined;
}

function statusOf(word: unknown): number | undefined {
  return typeof word === 'string' && Object.hasOwn(statusOfWord, word) ? statusOfWord[word] : undefined;
}
