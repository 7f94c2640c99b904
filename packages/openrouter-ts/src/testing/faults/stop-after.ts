import type { SimulatedResponse } from '../exchange.ts';
import { toBytes } from '../step.ts';
import type { HangStep, Step, StopStep } from '../step.ts';

/** How much of a body still gets through: so many bytes, or so many events of a stream (comments do not count). */
export type Limit = { readonly bytes: number } | { readonly events: number };

/**
 * Ends a response properly before it has said everything: the transport notices nothing.
 *
 * @param response - what would have been sent
 * @param limit - how much of it gets through
 * @returns the response
 */
export function endAfter(response: SimulatedResponse, limit: Limit): SimulatedResponse {
  return (exchange) => stopped(response(exchange), limit, 'end');
}

/**
 * Closes the connection (FIN) in the middle of a response: the body is visibly incomplete.
 *
 * @param response - what would have been sent
 * @param limit - how much of it gets through; default: everything but the end
 * @returns the response
 */
export function cutAfter(response: SimulatedResponse, limit?: Limit): SimulatedResponse {
  return (exchange) => stopped(response(exchange), limit, 'cut');
}

/**
 * Resets the connection (RST) in the middle of a response.
 *
 * @param response - what would have been sent
 * @param limit - how much of it gets through; default: everything but the end
 * @returns the response
 */
export function resetAfter(response: SimulatedResponse, limit?: Limit): SimulatedResponse {
  return (exchange) => stopped(response(exchange), limit, 'reset');
}

/**
 * Goes silent in the middle of a response and keeps the connection open.
 *
 * @param response - what would have been sent
 * @param limit - how much of it gets through; default: everything but the end
 * @returns the response
 */
export function hangAfter(response: SimulatedResponse, limit?: Limit): SimulatedResponse {
  return (exchange) => stopped(response(exchange), limit, 'hang');
}

function* stopped(
  steps: Iterable<Step>,
  limit: Limit | undefined,
  how: (StopStep | HangStep)['type'],
): Generator<Step, void, undefined> {
  let left = limit === undefined ? Number.POSITIVE_INFINITY : 'bytes' in limit ? limit.bytes : limit.events;
  const countsBytes = limit !== undefined && 'bytes' in limit;
  for (const step of steps) {
    if (isStop(step)) break;
    if (step.type !== 'write') {
      yield step;
      continue;
    }
    if (left <= 0) break;
    const bytes = toBytes(step.data);
    yield countsBytes ? { type: 'write', data: bytes.subarray(0, left) } : step;
    left -= countsBytes ? bytes.length : isEvent(bytes) ? 1 : 0;
    if (left <= 0) break;
  }
  yield { type: how };
}

function isStop(step: Step): step is StopStep | HangStep {
  return step.type === 'end' || step.type === 'cut' || step.type === 'reset' || step.type === 'hang';
}

const eventStart = toBytes('data:');

function isEvent(bytes: Uint8Array): boolean {
  return eventStart.every((byte, index) => bytes[index] === byte);
}
