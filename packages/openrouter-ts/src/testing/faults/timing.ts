import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { keepAliveWhitespace, processingComment } from '../responses/sse.ts';
import type { HeadersStep, Step } from '../step.ts';

/**
 * Waits before anything is sent, headers included.
 *
 * @param response - what is sent then
 * @param ms - the wait, in milliseconds
 * @returns the response
 */
export function late(response: SimulatedResponse, ms: number): SimulatedResponse {
  return (exchange) => delayed(exchange, response, ms);
}

/** How a server says that it is still at work. */
export interface KeepAlivesOptions {
  /** The wait after each keep-alive, in milliseconds. */
  readonly everyMs: number;
  /** How many. Default: without end, so that nothing else ever comes. */
  readonly count?: number;
}

/**
 * Sends keep-alives after the headers, as OpenRouter does while a provider thinks: comments in a stream, whitespace before JSON.
 *
 * @param response - what comes after them
 * @param options - how many and how often
 * @returns the response
 */
export function afterKeepAlives(response: SimulatedResponse, options: KeepAlivesOptions): SimulatedResponse {
  return (exchange) => keptAlive(response(exchange), options);
}

/** What changes about the head of a response. */
export interface HeadChange {
  /** Default: as it was. */
  readonly status?: number;
  /** Headers that are added or replaced, with lower-case names; undefined takes a header away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/**
 * Sends other headers, or another status.
 *
 * @param response - what is sent otherwise
 * @param change - the status and the headers that change
 * @returns the response
 */
export function withHead(response: SimulatedResponse, change: HeadChange): SimulatedResponse {
  return (exchange) => changed(response(exchange), change);
}

function* delayed(exchange: Exchange, response: SimulatedResponse, ms: number): Generator<Step, void, undefined> {
  yield { type: 'wait', ms };
  yield* response(exchange);
}

function* keptAlive(steps: Iterable<Step>, options: KeepAlivesOptions): Generator<Step, void, undefined> {
  for (const step of steps) {
    yield step;
    if (step.type !== 'headers') continue;
    for (let index = 0; index < (options.count ?? Number.POSITIVE_INFINITY); index += 1) {
      yield isStream(step) ? processingComment : keepAliveWhitespace;
      yield { type: 'wait', ms: options.everyMs };
    }
  }
}

function* changed(steps: Iterable<Step>, change: HeadChange): Generator<Step, void, undefined> {
  for (const step of steps) {
    if (step.type !== 'headers') {
      yield step;
      continue;
    }
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries({ ...step.headers, ...change.headers })) {
      if (value !== undefined) headers[name] = value;
    }
    yield { ...step, status: change.status ?? step.status, headers };
  }
}

function isStream(step: HeadersStep): boolean {
  return step.headers['content-type']?.startsWith('text/event-stream') === true;
}
