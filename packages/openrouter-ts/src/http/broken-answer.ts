import type { OpenRouterError } from '../errors/open-router-error.ts';
import { ResponseFormatError, type FormatFailure } from '../errors/response-format-error.ts';
import { causes } from '../util/causes.ts';
import { isJsonObject } from '../util/json.ts';
import { contentType } from './content-type.ts';
import { errorMessage } from './error-message.ts';
import { interruptedBody } from './interrupted-body.ts';
import type { BrokenExchange } from './loss-reader.ts';
import { operationName, type ReadContext } from './read-context.ts';
import { toApiError } from './to-api-error.ts';
import type { TransportResponse } from './transport.ts';

/**
 * Finds out what came in the place of an answer: an empty body, a web page, broken JSON, or an error.
 *
 * @param text - the body
 * @param response - the answer
 * @param context - the attempt
 * @returns the error
 */
export function notAnAnswer(text: string, response: TransportResponse, context: ReadContext): OpenRouterError {
  // Bodies begin with white space while OpenRouter waits for a provider; only that and then the end is no answer.
  if (!/\S/.test(text)) return unreadable('empty', 'an empty body', response, context);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return notJson(text, response, context, cause);
  }
  if (!isJsonObject(value)) return unreadable('invalid-json', 'JSON that is not an object', response, context);
  const { error, id } = value;
  return toApiError({
    operation: operationName(context.request),
    httpStatus: response.status,
    headers: response.headers,
    error,
    phase: 'answered',
    generationId: context.generationId ?? (typeof id === 'string' ? id : undefined),
    now: context.clock.epochMs(),
    stream: context.request.stream,
  });
}

function notJson(text: string, response: TransportResponse, context: ReadContext, cause: unknown): OpenRouterError {
  if (contentType(response.headers) === 'text/html' || /^\s*<(?:!doctype|html)/i.test(text.slice(0, 500)))
    return unreadable('html', `a web page (${errorMessage(undefined, text)})`, response, context, cause);
  const json = text.trim();
  if (json.startsWith('{') && !json.endsWith('}')) return interruptedBody(context);
  // The parser's own message quotes the text, which is the user's.
  return unreadable('invalid-json', 'a body that is not valid JSON', response, context);
}

/**
 * Describes a body that broke off, or that could not be unpacked.
 *
 * @param cause - what the transport threw
 * @param response - the answer
 * @param context - the attempt
 * @returns the error
 */
export function brokenBody(cause: unknown, response: TransportResponse, context: BrokenExchange): OpenRouterError {
  const undecodable = causes(cause).some(({ code }) => /^(?:Z_|ERR__)/.test(String(code)));
  return undecodable
    ? unreadable('encoding', 'a body whose content-encoding is broken', response, context, cause)
    : interruptedBody(context, cause);
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
  context: BrokenExchange,
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
