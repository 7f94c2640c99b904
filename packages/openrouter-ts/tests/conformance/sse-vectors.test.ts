import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SseEvent } from '../../src/streaming/sse-event.ts';
import { SseParser } from '../../src/streaming/sse-parser.ts';
import vectors from './fixtures/sse-vectors.json' with { type: 'json' };

// Each vector is a byte stream and the events that the WHATWG HTML standard says it holds.

function eventsOf(pieces: Iterable<Uint8Array>): SseEvent[] {
  const parser = new SseParser({ tooLarge: (limit) => new Error(`more than ${limit} bytes`) });
  const events: SseEvent[] = [];
  for (const piece of pieces) {
    parser.push(piece);
    for (let event = parser.next(); event !== undefined; event = parser.next()) events.push(event);
  }
  return events;
}

/** Cuts `bytes` before each of the offsets. */
function cut(bytes: Uint8Array, offsets: readonly number[]): Uint8Array[] {
  const edges = [0, ...offsets, bytes.length];
  edges.sort((a, b) => a - b);
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
}

it('has all thirty vectors', () => {
  expect(new Set(vectors.map((vector) => vector.name)).size).toBe(30);
});

describe.each(vectors)('the server-sent events vector $name', ({ inputBase64, expected }) => {
  const bytes = new Uint8Array(Buffer.from(inputBase64, 'base64'));

  it('gives its events when it arrives in one piece', () => {
    expect(eventsOf([bytes])).toEqual(expected);
  });

  it('gives its events when it is cut in two, at whatever byte', () => {
    for (let at = 0; at <= bytes.length; at++) {
      expect(eventsOf(cut(bytes, [at])), `cut at byte ${at}`).toEqual(expected);
    }
  });

  it('gives its events when each byte arrives alone', () => {
    expect(eventsOf(cut(bytes, [...bytes.keys()].slice(1)))).toEqual(expected);
  });

  it('gives its events when it is cut in many places', () => {
    const offsets = fc.array(fc.nat({ max: bytes.length }), { maxLength: 12 });
    fc.assert(
      fc.property(offsets, (at) => {
        expect(eventsOf(cut(bytes, at))).toEqual(expected);
      }),
    );
  });
});
