import { ResponseFormatError } from '../errors/response-format-error.ts';
import { isJsonObject } from '../util/json.ts';
import { operationName, type ReadContext } from './read-context.ts';
import { readErrorBody } from './read-error-body.ts';
import { toApiError } from './to-api-error.ts';
import type { TransportResponse } from './transport.ts';

/**
 * Reads an answer whose status is not that of an answer.
 *
 * @param response - the answer
 * @param context - the attempt
 * @param sent - the body that was sent
 * @returns the error, or the reason for which the attempt ended meanwhile
 */
export async function refusal(
  response: TransportResponse,
  context: ReadContext,
  sent: string | undefined,
): Promise<unknown> {
  const { request, clock, limits, scope, generationId } = context;
  if (response.status < 400) return unexpectedStatus(response, context);
  const size = response.status === 413 && sent !== undefined ? ` (${new TextEncoder().encode(sent).length} bytes)` : '';
  const text = await readErrorBody(response, { errorBytes: limits.errorBytes, clock, scope });
  if (scope.aborted) return scope.reason;
  return toApiError({
    operation: operationName(request) + size,
    httpStatus: response.status,
    headers: response.headers,
    error: errorIn(text),
    text,
    phase: 'answered',
    generationId,
    now: clock.epochMs(),
    stream: request.stream,
  });
}

function unexpectedStatus(
  { status, headers }: TransportResponse,
  { request, generationId }: ReadContext,
): ResponseFormatError {
  // A browser hides a redirect that it was told not to follow behind the status 0.
  const redirect = status === 0 || (status >= 300 && status !== 304);
  const target = redirect ? originOf(headers['location']) : undefined;
  const what = redirect
    ? `a redirect${target === undefined ? '' : ` to ${target}`}, which is not followed. Set baseURL to where the API is.`
    : 'no answer in it.';
  return new ResponseFormatError(`${operationName(request)} was answered with status ${status} and ${what}`, {
    failure: redirect ? 'redirect' : 'unexpected-status',
    status,
    phase: 'answered',
    billing: redirect ? 'none' : 'possible',
    generationId,
  });
}

function originOf(location = ''): string | undefined {
  return URL.canParse(location) ? new URL(location).origin : undefined;
}

/** The `error` member of an error body; some gateways send the error itself as the body. */
function errorIn(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return isJsonObject(body) ? (body['error'] ?? body) : undefined;
  } catch {
    return undefined;
  }
}
