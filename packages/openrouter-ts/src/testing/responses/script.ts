import type { Exchange, SimulatedResponse } from '../exchange.ts';
import type { Step } from '../step.ts';
import { standardHeaders } from './standard-headers.ts';
import type { HeadersOptions } from './standard-headers.ts';

/**
 * Does exactly these steps, for what no other response can say.
 *
 * @param steps - what the server does, from the headers on
 * @returns the response
 */
export function script(...steps: readonly Step[]): SimulatedResponse {
  return () => steps;
}

/**
 * Answers with one JSON body, whatever was asked.
 *
 * @param body - anything that JSON can say
 * @param options - status and headers
 * @returns the response
 */
export function json(body: unknown, options: HeadersOptions = {}): SimulatedResponse {
  return (exchange) => bodySteps(exchange, JSON.stringify(body), options);
}

/**
 * Answers with a body that is already there.
 *
 * @param data - text or bytes
 * @param options - status and headers; without a content type it claims to be JSON
 * @returns the response
 */
export function rawBody(data: string | Uint8Array, options: HeadersOptions = {}): SimulatedResponse {
  return (exchange) => bodySteps(exchange, data, options);
}

function bodySteps(exchange: Exchange, data: string | Uint8Array, options: HeadersOptions): readonly Step[] {
  return [standardHeaders(exchange, options), { type: 'write', data }, { type: 'end' }];
}
