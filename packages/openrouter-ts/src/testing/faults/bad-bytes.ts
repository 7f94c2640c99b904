import type { SimulatedResponse } from '../exchange.ts';
import { toBytes } from '../step.ts';
import type { Step } from '../step.ts';

/** What is wrong with a body. */
export interface BadBytesOptions {
  /** Where in the body, in bytes from its beginning. */
  readonly at: number;
  /** What stands there instead. Default: two bytes that no UTF-8 text has. */
  readonly bytes?: readonly number[];
}

/**
 * Sends a body with wrong bytes in it.
 *
 * @param response - what would have been sent
 * @param options - where it is wrong
 * @returns the response
 */
export function badBytes(response: SimulatedResponse, options: BadBytesOptions): SimulatedResponse {
  return (exchange) => damaged(response(exchange), options.at, Uint8Array.from(options.bytes ?? [0xff, 0xfe]));
}

function* damaged(steps: Iterable<Step>, at: number, bad: Uint8Array): Generator<Step, void, undefined> {
  let position = 0;
  for (const step of steps) {
    if (step.type !== 'write') {
      yield step;
      continue;
    }
    const bytes = Uint8Array.from(toBytes(step.data));
    for (const [index, byte] of bad.entries()) {
      const place = at + index - position;
      if (place >= 0 && place < bytes.length) bytes[place] = byte;
    }
    position += bytes.length;
    yield { type: 'write', data: bytes };
  }
}
