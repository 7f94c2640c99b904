import { joinBytes } from '../../util/join-bytes.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { between } from '../seeded-random.ts';
import { toBytes } from '../step.ts';
import type { Step, WriteStep } from '../step.ts';

/**
 * Sends a body in pieces of a size, wherever that cuts: inside an event, a line, a character.
 *
 * @param response - what is sent
 * @param bytes - the size of the pieces. Default 1
 * @returns the response
 */
export function splitEvery(response: SimulatedResponse, bytes = 1): SimulatedResponse {
  return (exchange) => rechunked(response(exchange), () => Math.max(1, bytes));
}

/**
 * Sends a body in as many pieces as it has cuts, and one more.
 *
 * @param response - what is sent
 * @param offsets - where it is cut, in bytes from its beginning, in rising order
 * @returns the response
 */
export function splitAt(response: SimulatedResponse, ...offsets: readonly number[]): SimulatedResponse {
  return (exchange) => {
    let index = 0;
    const size = (): number => {
      const start = offsets[index - 1] ?? 0;
      const end = offsets[index] ?? Number.POSITIVE_INFINITY;
      index += 1;
      return end - start;
    };
    return rechunked(response(exchange), size);
  };
}

/**
 * Sends a body in pieces whose sizes the seed decides.
 *
 * @param response - what is sent
 * @param maxBytes - the size of the largest piece. Default 64
 * @returns the response
 */
export function splitRandomly(response: SimulatedResponse, maxBytes = 64): SimulatedResponse {
  return (exchange) => rechunked(response(exchange), () => between(exchange.random, 1, maxBytes));
}

/**
 * Sends a body in one piece, however many events it has.
 *
 * @param response - what is sent
 * @returns the response
 */
export function joined(response: SimulatedResponse): SimulatedResponse {
  return (exchange) => rechunked(response(exchange), () => Number.POSITIVE_INFINITY);
}

/** How slowly a body drips. */
export interface SlowDripOptions {
  /** The size of a drop. Default 1. */
  readonly bytes?: number;
  /** The wait after each drop, in milliseconds. */
  readonly everyMs: number;
}

/**
 * Lets a body drip.
 *
 * @param response - what is sent
 * @param options - how slowly
 * @returns the response
 */
export function slowDrip(response: SimulatedResponse, options: SlowDripOptions): SimulatedResponse {
  return (exchange) => dripping(exchange, response, options);
}

function* dripping(exchange: Exchange, response: SimulatedResponse, options: SlowDripOptions): Iterable<Step> {
  for (const step of rechunked(response(exchange), () => Math.max(1, options.bytes ?? 1))) {
    yield step;
    if (step.type === 'write') yield { type: 'wait', ms: options.everyMs };
  }
}

/** Cuts what is written into pieces of the sizes that `nextSize` names. Waits keep their place as far as whole pieces allow. */
function* rechunked(steps: Iterable<Step>, nextSize: () => number): Generator<Step, void, undefined> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let size = nextSize();
  for (const step of steps) {
    if (step.type !== 'write') {
      if (step.type !== 'wait' && length > 0) yield write(joinBytes(parts, length));
      if (step.type !== 'wait') [parts, length] = [[], 0];
      yield step;
      continue;
    }
    const bytes = toBytes(step.data);
    parts.push(bytes);
    length += bytes.length;
    if (length < size) continue;
    let rest = joinBytes(parts, length);
    for (; rest.length >= size; size = nextSize()) {
      yield write(rest.subarray(0, size));
      rest = rest.subarray(size);
    }
    [parts, length] = [[rest], rest.length];
  }
}

function write(data: Uint8Array): WriteStep {
  return { type: 'write', data };
}
