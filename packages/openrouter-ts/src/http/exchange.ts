import { addDetails } from '../errors/add-details.ts';
import { isOpenRouterError } from '../errors/open-router-error.ts';
import { AbortScope } from '../util/abort-scope.ts';
import type { Clock } from '../util/clock.ts';
import type { ApiRequest } from './api-request.ts';
import type { Outcome } from './outcome.ts';
import { OutgoingRequest } from './outgoing-request.ts';
import type { PlainLosses } from './loss-reader.ts';
import type { DecodeUtf8, Reader, SizeLimits } from './read-context.ts';
import { readFailure, readLoss } from './read-failure.ts';
import { serializeBody } from './serialize-body.ts';
import type { Transport } from './transport.ts';
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
  /** What reads losses where the client's own code comes over the network. */
  readonly plainLosses?: PlainLosses | undefined;
}

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
  const { transport, baseUrl, clock, limits, decodeUtf8, decodeLatin1, plainLosses } = options;
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
  try {
    const answer = await transport(outgoing);
    reached.phase = 'answered';
    const generationId = answer.headers['x-generation-id'];
    reached.generationId = generationId;
    // A transport may have noticed too late.
    scope.throwIfAborted();
    progress?.answered?.(answer);
    const context = { request, clock, limits, decodeUtf8, decodeLatin1, plainLosses, scope, generationId };
    const { status } = answer;
    if (status >= 200 && status <= 299 && status !== 204 && status !== 206) return await read(answer, context);
    return await readFailure(answer, context, ({ refusal }) => refusal(answer, context, body));
  } catch (error) {
    const answered = reached.phase === 'answered';
    const failure = answered ? error : await unanswered(error, scope, outgoing, request, options, startedAt);
    // A timer does not know how far the attempt had come; and only what is posted can have cost anything.
    if (isOpenRouterError(failure) && answered && failure.phase === 'unsent')
      addDetails(failure, { ...reached, billing: 'possible' });
    if (isOpenRouterError(failure) && method !== 'POST') addDetails(failure, { billing: 'none' });
    // Closes the connection, if there still is one.
    scope.abort(failure);
    throw failure;
  }
}

/** The call's own end, whoever brought it about, goes before what it looked like on the connection. */
async function unanswered(
  cause: unknown,
  scope: AbortScope,
  outgoing: OutgoingRequest,
  request: ApiRequest,
  { transport, baseUrl, clock, plainLosses }: ExchangeOptions,
  startedAt: number,
): Promise<unknown> {
  const { reused } = outgoing;
  // A transport that cannot tell of a connection may have sent the request.
  const connected = transport.reportsConnection === true ? outgoing.connected : undefined;
  const sent = connected !== false;
  if (sent) request.reached.phase = 'sent';
  const lost = { request, baseUrl, connected, reused, durationMs: clock.now() - startedAt };
  const failure =
    scope.aborted || isOpenRouterError(cause)
      ? cause
      : await readLoss(cause, { request, scope, plainLosses }, ({ toConnectionError }) =>
          toConnectionError(cause, lost),
        ).catch((unread: unknown) => unread);
  const { reason, aborted } = scope;
  if (aborted && sent && isOpenRouterError(reason)) addDetails(reason, { phase: 'sent', billing: 'possible' });
  return aborted ? reason : failure;
}
