import { isJsonObject } from '../util/json.ts';

/**
 * What words for a failure stand for, where nothing names a number: OpenRouter's own vocabulary (`error_type`), and what the other skins
 * of the API have in `code` and `type`. The first that fits counts.
 *
 * @see https://openrouter.ai/docs/api-reference/errors-and-debugging
 */
const statuses: readonly (readonly [word: RegExp, status: number])[] = [
  [/^rate_limit/, 429],
  [/not_found/, 404],
  [/^(?:invalid|refusal|content_policy)|image|exceeded|too_long/, 400],
  [/^authentication/, 401],
  [/^(?:payment|billing)/, 402],
  [/^permission/, 403],
  [/^precondition/, 412],
  [/^payload/, 413],
  [/^unprocessable/, 422],
  [/^(?:server|api_error|unmapped)/, 500],
  [/unavailable/, 502],
  [/^provider_overloaded/, 503],
  [/^timeout/, 504],
  [/^overloaded/, 529],
];

/**
 * Finds the status of a failure: the number that its error object names, otherwise the HTTP status, otherwise what the object's words stand for.
 *
 * @param error - the `error` member of an answer, whatever it is
 * @param httpStatus - the status of that answer; one below 400 says nothing of the failure in it
 * @returns the status, between 400 and 599, or `undefined` when nothing tells
 */
export function errorStatus(error: unknown, httpStatus?: number): number | undefined {
  const named = isJsonObject(error) ? error : {};
  return (
    toStatus(named['code']) ??
    toStatus(named['http_status']) ??
    toStatus(named['status']) ??
    toStatus(httpStatus) ??
    statusOf(errorTypeOf(error)) ??
    statusOf(named['code']) ??
    statusOf(named['type'])
  );
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
  const word = (isJsonObject(metadata) ? metadata['error_type'] : undefined) ?? error['error_type'];
  return typeof word === 'string' ? word : undefined;
}

function toStatus(value: unknown): number | undefined {
  return (typeof value === 'number' || typeof value === 'string') && /^[45]\d\d$/.test(String(value))
    ? Number(value)
    : undefined;
}

function statusOf(word: unknown): number | undefined {
  return typeof word === 'string' ? statuses.find(([pattern]) => pattern.test(word))?.[1] : undefined;
}
