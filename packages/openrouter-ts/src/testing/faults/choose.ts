import type { SimulatedResponse } from '../exchange.ts';
import { between } from '../seeded-random.ts';

/**
 * What the simulator does when no test tells it otherwise. It can be put wherever a response is expected: `slowDrip(usual, …)`.
 *
 * @param exchange - the request
 * @returns the steps
 */
export const usual: SimulatedResponse = (exchange) => exchange.usual();

/**
 * Does something now and then, as the seed decides for each request.
 *
 * @param probability - from 0 for never to 1 for always
 * @param response - what is done then
 * @param otherwise - what is done at other times. Default: the usual
 * @returns the response
 */
export function sometimes(
  probability: number,
  response: SimulatedResponse,
  otherwise: SimulatedResponse = usual,
): SimulatedResponse {
  return (exchange) => (exchange.random() < probability ? response(exchange) : otherwise(exchange));
}

/**
 * Does one of several things, as the seed decides for each request.
 *
 * @param responses - what may be done; each is as likely as the others
 * @returns the response
 */
export function oneOf(...responses: readonly [SimulatedResponse, ...SimulatedResponse[]]): SimulatedResponse {
  const [first] = responses;
  return (exchange) => (responses[between(exchange.random, 0, responses.length - 1)] ?? first)(exchange);
}
