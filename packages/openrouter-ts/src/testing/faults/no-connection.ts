import type { SimulatedResponse } from '../exchange.ts';
import { processingComment } from '../responses/sse.ts';
import { standardHeaders } from '../responses/standard-headers.ts';

/**
 * There is no connection: the call fails before anything was sent. Behind a real server, which was reached, the connection is reset.
 *
 * @param code - the code of the system's error. Default `ECONNREFUSED`
 * @returns the response
 */
export function unreachable(code = 'ECONNREFUSED'): SimulatedResponse {
  return () => [{ type: 'refuse', code }];
}

/**
 * Takes the request and says nothing.
 *
 * @param options - whether it is silent from the start, or only after headers and a keep-alive
 * @returns the response
 */
export function hang(options: { readonly before: 'headers' | 'content' }): SimulatedResponse {
  if (options.before === 'headers') return () => [{ type: 'hang' }];
  return (exchange) => [
    standardHeaders(exchange, { contentType: 'text/event-stream' }),
    processingComment,
    { type: 'hang' },
  ];
}

/**
 * Resets the connection instead of answering.
 *
 * @returns the response
 */
export function reset(): SimulatedResponse {
  return () => [{ type: 'reset' }];
}

/**
 * Closes the connection instead of answering.
 *
 * @returns the response
 */
export function cut(): SimulatedResponse {
  return () => [{ type: 'cut' }];
}
