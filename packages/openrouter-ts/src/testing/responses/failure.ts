import type { Availability } from '../../wire/availability.ts';
import type { ErrorMetadata } from '../../wire/error-metadata.ts';
import type { JsonObject } from '../../util/json.ts';
import { readChatRequest } from '../answers/read-chat-request.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import type { Step } from '../step.ts';
import { dataEvent, keepAliveWhitespace, processingComment } from './sse.ts';
import { standardHeaders } from './standard-headers.ts';

/** What a failure says. */
export interface FailureOptions {
  /** Default: what the API says for the status. */
  readonly message?: string;
  /** Default: the status. Null leaves it out. */
  readonly code?: number | string | null;
  /** More about it. Default: none. */
  readonly metadata?: ErrorMetadata | null;
  /** Why no endpoint could answer. Default: none. */
  readonly availability?: Availability;
  /** Headers beside the usual ones, or in their place; lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Who is told to have asked. Default: a made-up id, but none on a 401 as nobody is known there; null leaves it out. */
  readonly userId?: string | null;
}

const messages: Readonly<Record<number, string>> = {
  400: 'Invalid request parameters',
  401: 'Missing Authentication header',
  402: 'Insufficient credits. Add more using https://openrouter.ai/credits',
  403: 'Only management keys can perform this operation',
  404: 'Resource not found',
  408: 'Operation timed out. Please try again later.',
  409: 'Resource conflict. Please try again later.',
  413: 'Request payload too large',
  422: 'Invalid argument',
  429: 'Rate limit exceeded',
  500: 'Internal Server Error',
  502: 'Provider returned error',
  503: 'Service temporarily unavailable',
  504: 'Operation timed out. Please try again later.',
  524: 'Request timed out. Please try again later.',
  529: 'Provider returned error',
};

/**
 * Fails before anything was answered: a status and the API's error body.
 *
 * @see https://openrouter.ai/docs/api-reference/errors-and-debugging
 * @param status - the HTTP status
 * @param options - what the error says
 * @returns the response
 */
export function failure(status: number, options: FailureOptions = {}): SimulatedResponse {
  return (exchange) => [
    standardHeaders(exchange, { status, headers: options.headers }),
    { type: 'write', data: JSON.stringify(errorEnvelope(status, options)) },
    { type: 'end' },
  ];
}

/**
 * Fails although the status says 200, as OpenRouter does when keep-alives have gone out before the provider failed: after whitespace in
 * a JSON answer, after comments and before any content in a stream.
 *
 * @param status - the status that the error really has
 * @param options - what the error says
 * @returns the response
 */
export function errorIn200(status: number, options: FailureOptions = {}): SimulatedResponse {
  return (exchange) => errorIn200Steps(exchange, errorEnvelope(status, options), options);
}

function errorEnvelope(status: number, options: FailureOptions): JsonObject {
  const { userId = status === 401 ? null : 'user_simulated' } = options;
  return { error: errorOf(status, options), ...(userId === null ? {} : { user_id: userId }) };
}

/**
 * What went wrong, as the API puts it.
 *
 * @param status - the status that it tells as its code
 * @param options - what else it says
 * @returns the JSON
 */
export function errorOf(status: number, options: FailureOptions): JsonObject {
  const { code = status, metadata, availability } = options;
  return {
    message: options.message ?? messages[status] ?? 'Unknown error',
    ...(code === null ? {} : { code }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(availability === undefined ? {} : { availability }),
  };
}

function errorIn200Steps(exchange: Exchange, envelope: JsonObject, options: FailureOptions): readonly Step[] {
  const { headers } = options;
  if (!readChatRequest(exchange.request.json).streams) {
    const text: Step = { type: 'write', data: JSON.stringify(envelope) };
    return [standardHeaders(exchange, { headers }), keepAliveWhitespace, keepAliveWhitespace, text, { type: 'end' }];
  }
  const opening = standardHeaders(exchange, {
    contentType: 'text/event-stream',
    headers: { 'cache-control': 'no-cache', ...headers },
  });
  return [opening, processingComment, processingComment, dataEvent(envelope), { type: 'end' }];
}
