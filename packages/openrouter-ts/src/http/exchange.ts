import { addDetails } from '../errors/add-details.ts';
import type { Phase } from '../errors/phase.ts';
import { isOpenRouterError } from '../errors/open-router-error.ts';
import { ResponseFormatError } from '../errors/response-format-error.ts';
import { AbortScope } from '../util/abort-scope.ts';
import type { Clock } from '../util/clock.ts';
import { isJsonObject } from '../util/json.ts';
import type { ApiRequest } from './api-request.ts';
import type { Outcome } from './outcome.ts';
import { OutgoingRequest } from './outgoing-request.ts';
import { operationName, type DecodeUtf8, type ReadContext, type Reader, type SizeLimits } from './read-context.ts';
import { readErrorBody } from './read-error-body.ts';
import { serializeBody } from './serialize-body.ts';
import { toApiError } from './to-api-error.ts';
import { toConnectionError, type LostExchange } from './to-connection-error.ts';
import type { Transport, TransportResponse } from './transport.ts';
import { requestUrl } from './url.ts';

/** What every exchange of a client shares. */
export interface ExchangeOptions {
  readonly transport: Transport;
  /** Normalised, without a trailing slash. */
  readonly baseUrl: string;
  /** The headers of a request, with the key; called for each attempt, since a key may change. */
  readonly headersFor: (
    request: ApiRequest,
  ) => Promise<Readonly<Record<string, string>>> | Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly limits: SizeLimits;
  /** The platform's fastest way from UTF-8 to text, if it has one. */
  readonly decodeUtf8?: DecodeUtf8 | undefined;
  /** The platform's way to a text with a character for each byte, if it has a fast one. */
  readonly decodeLatin1?: DecodeUtf8 | undefined;
}

/** The server's word that it had closed a kept connection comes at once; one that comes later may be about the request itself. */
const staleMs = 1_000;

/**
 * One attempt: sends the request once and reads the answer. It is the innermost step of the pipeline, and everything that goes wrong in it leaves as a typed error.
 *
 * @param request - what to send
 * @param read - what makes a value of a good answer
 * @param options - the transport and what else the client shares
 * @returns the value and the promise of its end; the connection is open until then
 * @throws OpenRouterError of the kind that fits, or the reason of the signal when that aborts
 */
export async function exchange<Value>(
  request: ApiRequest,
  read: Reader<Value>,
  options: ExchangeOptions,
): Promise<Outcome<Value>> {
  const { transport, baseUrl, clock, limits, decodeUtf8, decodeLatin1 } = options;
  const { method, progress, reached } = request;
  // Before anything can fail: what the attempt before this one reached says nothing of it.
  reached.phase = 'unsent';
  reached.generationId = undefined;
  const body = serializeBody(request);
  const ready = options.headersFor(request);
  const headers = ready instanceof Promise ? await ready : ready;
  request.scope.throwIfAborted();
  const scope = new AbortScope(request.scope);
  progress?.began?.(scope);
  const outgoing = new OutgoingRequest({ method, url: requestUrl(baseUrl, request), headers, body, scope, progress });
  const startedAt = clock.now();
  let response: TransportResponse | undefined;
  try {
    response = await transport(outgoing);
    // A transport may have noticed too late.
    scope.throwIfAborted();
    progress?.answered?.(response);
    const generationId = response.headers['x-generation-id'];
    const context = { request, clock, limits, decodeUtf8, decodeLatin1, scope, generationId };
    const { status } = response;
    if (status < 200 || status > 299 || status === 204 || status === 206) throw await refusal(response, context, body);
    return await read(response, context);
  } catch (error) {
    reached.phase = phaseOf(response, outgoing, transport);
    reached.generationId = response?.headers['x-generation-id'];
    const failure =
      response === undefined ? unanswered(error, scope, lostExchange(request, outgoing, options, startedAt)) : error;
    // A timer does not know how far the attempt had come; and only what is posted can have cost anything.
    if (isOpenRouterError(failure) && response !== undefined && failure.phase === 'unsent')
      addDetails(failure, {
        phase: 'answered',
        billing: 'possible',
        generationId: response.headers['x-generation-id'],
      });
    if (isOpenRouterError(failure) && method !== 'POST') addDetails(failure, { billing: 'none' });
    // Closes the connection, if there still is one.
    scope.abort(failure);
    throw failure;
  }
}

/** A transport that cannot tell of a connection may have sent the request. */
function phaseOf(
  response: TransportResponse | undefined,
  { connected }: OutgoingRequest,
  { reportsConnection }: Transport,
): Phase {
  if (response !== undefined) return 'answered';
  return connected || reportsConnection !== true ? 'sent' : 'unsent';
}

function lostExchange(
  request: ApiRequest,
  { connected, reused }: OutgoingRequest,
  { transport, baseUrl, clock }: ExchangeOptions,
  startedAt: number,
): LostExchange {
  return {
    request,
    host: new URL(baseUrl).host,
    connected: transport.reportsConnection === true ? connected : undefined,
    stale: reused && clock.now() - startedAt < staleMs,
  };
}

/** The call's own end, whoever brought it about, goes before what it looked like on the connection. */
function unanswered(cause: unknown, { aborted, reason }: AbortScope, lost: LostExchange): unknown {
  if (aborted)
    return isOpenRouterError(reason) && lost.connected !== false
      ? addDetails(reason, { phase: 'sent', billing: 'possible' })
      : reason;
  return isOpenRouterError(cause) ? cause : toConnectionError(cause, lost);
}

async function refusal(response: TransportResponse, context: ReadContext, sent: string | undefined): Promise<unknown> {
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
