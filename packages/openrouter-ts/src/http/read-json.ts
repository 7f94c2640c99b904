import { ResponseFormatError, type FormatFailure } from '../errors/response-format-error.ts';
import { StreamInterruptedError } from '../errors/stream-error.ts';
import { causes } from '../util/causes.ts';
import { isJsonObject, type JsonObject } from '../util/json.ts';
import { contentType } from './content-type.ts';
import { errorMessage } from './error-message.ts';
import { readBody } from './read-body.ts';
import { operationName, type ReadContext } from './read-context.ts';
import { toApiError } from './to-api-error.ts';
import type { TransportResponse } from './transport.ts';

/**
 * Reads a JSON answer, and finds the failure in one that only looks like a success: an empty body, a web page, broken JSON,
 * or an error that came after the status had already been sent.
 *
 * @param response - a response with a status of 2xx
 * @param context - the attempt
 * @returns the answer as it came; its type is what the API documents, and only the members that the library itself reads are checked
 * @throws ApiError when the body holds an `error` and no answer
 * @throws ResponseFormatError when the body is not a JSON object
 * @throws StreamInterruptedError when the connection broke in the middle of the body
 */
export function readJson<Answer extends JsonObject>(
  response: TransportResponse,
  context: ReadContext,
): Promise<Answer> {
  return readBody(response, context).then(
    (text) => toAnswer<Answer>(text, response, context),
    (cause: unknown) => {
      throw lostBody(cause, response, context);
    },
  );
}

function toAnswer<Answer extends JsonObject>(text: string, response: TransportResponse, context: ReadContext): Answer {
  const value = parse(text, response, context);
  if (!isAnswer<Answer>(value)) throw unreadable('invalid-json', 'JSON that is not an object', response, context);
  throwErrorInside(value, response, context);
  return value;
}

/** No more is checked than that members can be read: an answer with a new field, or without an old one, is still an answer. */
function isAnswer<Answer extends JsonObject>(value: unknown): value is Answer {
  return isJsonObject(value);
}

/** The call's own end, whoever brought it about, goes before what it looked like on the connection. */
function lostBody(cause: unknown, response: TransportResponse, context: ReadContext): unknown {
  const { scope } = context;
  if (scope.aborted) return scope.reason;
  const undecodable = causes(cause).some(({ code }) => /^(?:Z_|ERR__)/.test(String(code)));
  return undecodable
    ? unreadable('encoding', 'a body whose content-encoding is broken', response, context, cause)
    : interrupted(context, cause);
}

function interrupted({ request, generationId }: ReadContext, cause?: unknown): StreamInterruptedError {
  return new StreamInterruptedError(
    `The connection broke in the middle of the answer to ${operationName(request)}. It had been generated; its cost can be asked for with the generation id.`,
    {
      cause,
      phase: 'streaming',
      billing: 'certain',
      generationId,
    },
  );
}

function parse(text: string, response: TransportResponse, context: ReadContext): unknown {
  // Bodies begin with white space while OpenRouter waits for a provider; only that and then the end is no answer.
  if (!/\S/.test(text)) throw unreadable('empty', 'an empty body', response, context);
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (contentType(response.headers) === 'text/html' || /^\s*<(?:!doctype|html)/i.test(text.slice(0, 500))) {
      throw unreadable('html', `a web page (${errorMessage(undefined, text)})`, response, context, cause);
    }
    const json = text.trim();
    if (json.startsWith('{') && !json.endsWith('}')) throw interrupted(context);
    // The parser's own message quotes the text, which is the user's.
    throw unreadable('invalid-json', 'a body that is not valid JSON', response, context);
  }
}

/** An `error` beside usable choices is an old habit of some providers' answers; the choices are then what counts. */
function throwErrorInside(value: JsonObject, response: TransportResponse, context: ReadContext): void {
  const { error, choices } = value;
  if (!error || (Array.isArray(choices) && choices.length > 0)) return;
  throw toApiError({
    operation: operationName(context.request),
    httpStatus: response.status,
    headers: response.headers,
    error,
    phase: 'answered',
    generationId: context.generationId ?? (typeof value['id'] === 'string' ? value['id'] : undefined),
    now: context.clock.epochMs(),
    stream: context.request.stream,
  });
}

/**
 * Describes an answer that cannot be read.
 *
 * @param failure - what is wrong with it
 * @param what - the same in words
 * @param response - the answer
 * @param context - the attempt
 * @param cause - what the parser said, unless it quotes the answer
 * @returns the error, with advice about the base URL where a web page came
 */
export function unreadable(
  failure: FormatFailure,
  what: string,
  response: TransportResponse,
  context: ReadContext,
  cause?: unknown,
): ResponseFormatError {
  const advice = failure === 'html' ? ' Check that baseURL ends in /api/v1, and that no captive portal answers.' : '';
  return new ResponseFormatError(
    `${operationName(context.request)} was answered with status ${response.status} and ${what}.${advice}`,
    {
      cause,
      failure,
      status: response.status,
      phase: 'answered',
      // An empty body is what is left of an answer whose connection was lost behind a gateway.
      retryable: failure === 'empty',
      billing: failure === 'html' ? 'none' : 'possible',
      generationId: context.generationId,
    },
  );
}
