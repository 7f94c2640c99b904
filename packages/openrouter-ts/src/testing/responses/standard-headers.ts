import type { Exchange } from '../exchange.ts';
import { between } from '../seeded-random.ts';
import type { HeadersStep } from '../step.ts';

/** What a response's headers are made of. */
export interface HeadersOptions {
  /** Default 200. */
  readonly status?: number | undefined;
  /** Default `application/json`. */
  readonly contentType?: string | undefined;
  /** Headers beside the usual ones, or in their place; lower-case names. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * Status and headers as the API sends them.
 *
 * @param exchange - the request
 * @param options - what is different this time
 * @returns the step that sends them
 */
export function standardHeaders(exchange: Exchange, options: HeadersOptions = {}): HeadersStep {
  return {
    type: 'headers',
    status: options.status ?? 200,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'X-Generation-Id,X-Provider-Name,request-id,cf-ray',
      'cf-ray': `${hexadecimal(exchange, 16)}-SIM`,
      'content-type': options.contentType ?? 'application/json',
      date: new Date(exchange.clock.epochMs()).toUTCString(),
      server: 'openrouter-simulator',
      'x-content-type-options': 'nosniff',
      ...options.headers,
    },
  };
}

function hexadecimal(exchange: Exchange, length: number): string {
  return Array.from({ length }, () => between(exchange.random, 0, 15).toString(16)).join('');
}
