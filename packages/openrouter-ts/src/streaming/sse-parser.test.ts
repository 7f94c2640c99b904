import { createParser } from 'eventsource-parser';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SseEvent } from './sse-event.ts';
import { SseParser } from './sse-parser.ts';

const encoder = new TextEncoder();

class TooLarge extends Error {}

function tooLarge(limit: number): Error {
  return new TooLarge(`more than ${limit} bytes`);
}

function toBytes(input: string | Uint8Array): Uint8Array {
  return typeof input === 'string' ? encoder.encode(input) : input;
}

/** Every event that is complete within what `parser` was given. */
function drain(parser: SseParser): SseEvent[] {
  const events: SseEvent[] = [];
  for (let event = parser.next(); event !== undefined; event = parser.next()) events.push(event);
  return events;
}

/** The events of a stream that arrives in these pieces, each read before the next one is pushed. */
function eventsOf(...pieces: readonly (string | Uint8Array)[]): SseEvent[] {
  const parser = new SseParser({ tooLarge });
  return pieces.flatMap((piece) => {
    parser.push(toBytes(piece));
    return drain(parser);
  });
}

function dataOf(...pieces: readonly (string | Uint8Array)[]): string[] {
  return eventsOf(...pieces).map((event) => event.data);
}

function inPieces(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

function decodeToUpperCase(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.subarray(start, end)).toString().toUpperCase();
}

/** A decoder, and the lengths of what it has decoded. */
function countingDecoder(): {
  readonly decodeUtf8: (bytes: Uint8Array, start: number, end: number) => string;
  readonly decoded: number[];
} {
  const decoded: number[] = [];
  const decodeUtf8 = (bytes: Uint8Array, start: number, end: number): string => {
    decoded.push(end - start);
    return Buffer.from(bytes.subarray(start, end)).toString();
  };
  return { decodeUtf8, decoded };
}

/** Cuts `bytes` before each of the offsets that they have. */
function cut(bytes: Uint8Array, offsets: readonly number[]): Uint8Array[] {
  const edges = [0, ...offsets.map((offset) => Math.min(offset, bytes.length)), bytes.length];
  edges.sort((a, b) => a - b);
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
}

interface OtherEvent {
  readonly event: string;
  readonly data: string;
  readonly id: string | undefined;
}

/**
 * What another parser makes of a stream. It is fed text, so the one byte order mark is removed here. The comments around the stream are
 * there because it takes the characters U+00EF U+00BB U+00BF at the start of its input for a mark, and because it waits at a last
 * carriage return for what follows.
 */
function eventsOfOtherParser(bytes: Uint8Array): OtherEvent[] {
  const events: OtherEvent[] = [];
  const parser = createParser({ onEvent: ({ event = 'message', data, id }) => events.push({ event, data, id }) });
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  parser.feed(':\n');
  parser.feed(text.startsWith('\uFEFF') ? text.slice(1) : text);
  parser.feed(':\n');
  return events;
}

describe('an SseParser', () => {
  it('gives each event with its type, its data and the last id', () => {
    expect(eventsOf('data: one\n\nevent: delta\nid: 7\ndata: two\n\ndata: three\n\n')).toEqual([
      { event: 'message', data: 'one', id: '' },
      { event: 'delta', data: 'two', id: '7' },
      { event: 'message', data: 'three', id: '7' },
    ]);
  });

  it('joins the lines of an event with line feeds', () => {
    expect(dataOf('data: a\ndata\ndata:\ndata: b\n\ndata: c\ndata: d\n\n')).toEqual(['a\n\n\nb', 'c\nd']);
  });

  it('removes one space after the colon and no more', () => {
    expect(dataOf('data:a\n\ndata: b\n\ndata:  c\n\ndata:\td\n\ndata: \n\n')).toEqual(['a', 'b', ' c', '\td', '']);
  });

  it('knows fields by their exact names', () => {
    expect(dataOf('Data: a\ndat: b\ndatax: c\n data: d\ndata : e\ndatax\ndata: kept\neven: f\n\n')).toEqual(['kept']);
  });

  it('ignores retry and fields that it does not know', () => {
    expect(eventsOf('retry: 10\nfoo: bar\nretry\ndata: x\n\n')).toEqual([{ event: 'message', data: 'x', id: '' }]);
  });

  it('forgets the type of an event without data, but not its id', () => {
    expect(eventsOf('event: ping\nid: 3\n\ndata: x\n\n')).toEqual([{ event: 'message', data: 'x', id: '3' }]);
  });

  it('takes an empty event field for no type, and the last one of several', () => {
    expect(eventsOf('event: a\nevent:\ndata: x\n\nevent: a\nevent: b\ndata: y\n\n').map(({ event }) => event)).toEqual([
      'message',
      'b',
    ]);
  });

  it('ignores an id with a NUL and takes an empty one', () => {
    expect(eventsOf('id: 1\ndata: a\n\nid: 2\0\ndata: b\n\nid\ndata: c\n\n').map(({ id }) => id)).toEqual([
      '1',
      '1',
      '',
    ]);
  });

  it('drops a last event that no blank line ends', () => {
    expect(dataOf('data: a\n\ndata: b\n')).toEqual(['a']);
    expect(dataOf('data: a\n\ndata: b')).toEqual(['a']);
  });

  it('gives nothing for an empty stream and for empty pushes', () => {
    expect(eventsOf()).toEqual([]);
    expect(eventsOf('', '')).toEqual([]);
    expect(dataOf('data: a', '', '\r', '', '\n', '', '\n')).toEqual(['a']);
  });

  it('takes nothing of an earlier line for part of a shorter one', () => {
    expect(dataOf('da', 'ta: a\nda', 't\n\n')).toEqual(['a']);
    const lengths: number[] = [];
    const parser = new SseParser({ tooLarge, decodeUtf8: (_, start, end) => String(lengths.push(end - start)) });
    for (const piece of ['da', 'ta: a\nda', 'ta:\n\n']) {
      parser.push(toBytes(piece));
      drain(parser);
    }
    expect(lengths).toEqual([1, 0]);
  });

  it('keeps the order of pushes that were not read in between', () => {
    const parser = new SseParser({ tooLarge });
    for (const text of ['data: a\n\nda', 'ta: b\n\n', 'data: c\n\n']) parser.push(toBytes(text));
    expect(parser.next()?.data).toBe('a');
    parser.push(toBytes('data: d\n\n'));
    expect(drain(parser).map(({ data }) => data)).toEqual(['b', 'c', 'd']);
  });
});

describe('line ends', () => {
  it.each([
    ['line feeds', '\n'],
    ['carriage returns', '\r'],
    ['pairs of both', '\r\n'],
  ])('may be %s', (_, end) => {
    expect(dataOf(`data: a${end}data: b${end}${end}data: c${end}${end}`)).toEqual(['a\nb', 'c']);
  });

  it('may be mixed', () => {
    expect(dataOf('data: a\r\ndata: b\rdata: c\n\r\ndata: d\n\rdata: e\r\n\r')).toEqual(['a\nb\nc', 'd', 'e']);
  });

  it('are one when a pair is cut in two', () => {
    expect(dataOf('data: a\r', '\ndata: b\r', '\n\r', '\ndata: c\r', '\n\r', '\n')).toEqual(['a\nb', 'c']);
  });

  it('are two when a carriage return ends a push and no line feed follows', () => {
    expect(dataOf('data: a\r', '\rdata: b\r', 'data: c\r', '\r')).toEqual(['a', 'b\nc']);
  });

  it('complete an event at once when a push ends with a carriage return', () => {
    const parser = new SseParser({ tooLarge });
    parser.push(toBytes('data: a\r\n\r'));
    expect(parser.next()?.data).toBe('a');
    parser.push(toBytes('\n'));
    expect(parser.next()).toBeUndefined();
    parser.push(toBytes('data: b\n\n'));
    expect(parser.next()?.data).toBe('b');
  });

  it('are not what only Unicode calls a line break', () => {
    expect(dataOf('data: a\u2028b\u2029c\u0085d\ve\ff\n\n')).toEqual(['a\u2028b\u2029c\u0085d\ve\ff']);
  });
});

describe('a byte order mark', () => {
  it('is removed from the start of the stream, however it is cut', () => {
    for (const size of [1, 2, 3, 4]) expect(dataOf(...inPieces(toBytes('\uFEFFdata: a\n\n'), size))).toEqual(['a']);
  });

  it('is removed once', () => {
    expect(dataOf('\uFEFF\uFEFFdata: a\n\ndata: b\n\n')).toEqual(['b']);
    expect(dataOf('\uFEFF', '\uFEFFdata: a\n\ndata: b\n\n')).toEqual(['b']);
  });

  it('is text everywhere else', () => {
    expect(dataOf('\n\uFEFFdata: a\n\ndata: \uFEFFb\n\n')).toEqual(['\uFEFFb']);
  });

  it('that turns out to be something else is the start of the first line', () => {
    expect(dataOf(Uint8Array.of(0xef, 0xbb), 'data: a\ndata: b\n\n')).toEqual(['b']);
    expect(dataOf(Uint8Array.of(0xef), ':\ndata: b\n\n')).toEqual(['b']);
  });
});

describe('text', () => {
  it('may be cut within a character', () => {
    const text = '😀é漢字👩\u200D👩\u200D👧';
    for (const size of [1, 2, 3, 5]) expect(dataOf(...inPieces(toBytes(`data: ${text}\n\n`), size))).toEqual([text]);
  });

  it.each([
    ['a lone continuation byte', [0x61, 0x80, 0x62], 'a\uFFFDb'],
    ['an overlong slash', [0xc0, 0xaf], '\uFFFD\uFFFD'],
    ['a surrogate', [0xed, 0xa0, 0x80], '\uFFFD\uFFFD\uFFFD'],
    ['a character that its line cuts short', [0xf0, 0x9f, 0x98], '\uFFFD'],
  ])('has replacement characters for %s', (_, bytes, expected) => {
    const stream = Uint8Array.of(...toBytes('data: '), ...bytes, ...toBytes('\n\n'));
    expect(dataOf(stream)).toEqual([expected]);
    expect(dataOf(...inPieces(stream, 1))).toEqual([expected]);
  });

  it('is decoded by the decoder that was given', () => {
    const parser = new SseParser({ tooLarge, decodeUtf8: decodeToUpperCase });
    parser.push(toBytes('event: a\nid: b\ndata: c\n\nda'));
    expect(drain(parser)).toEqual([{ event: 'A', data: 'C', id: 'B' }]);
    parser.push(toBytes('ta: dé\n\n'));
    expect(drain(parser)).toEqual([{ event: 'message', data: 'DÉ', id: 'B' }]);
  });
});

describe('comments', () => {
  it('are no part of an event, and are counted', () => {
    const parser = new SseParser({ tooLarge });
    expect(parser.comments).toBe(0);
    parser.push(toBytes(': PROCESSING\n\n:\ndata: a\r\n: data: b\r\n:\rdata: c\n\ndata: d: e\n\n'));
    expect(drain(parser).map(({ data }) => data)).toEqual(['a\nc', 'd: e']);
    expect(parser.comments).toBe(4);
  });

  it('are counted when they begin, and once, however they are cut', () => {
    const parser = new SseParser({ tooLarge });
    const counts = [':', ' a:', ':b', '\r', '\n', ':', '\n', 'data: :', ':\n', '\n'].map((piece) => {
      parser.push(toBytes(piece));
      drain(parser);
      return parser.comments;
    });
    expect(counts).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
  });

  it('may be of any length, because they are not kept', () => {
    const parser = new SseParser({ tooLarge, maxEventBytes: 7 });
    for (let index = 0; index < 1000; index++) {
      parser.push(toBytes(index === 0 ? `:${'x'.repeat(99)}` : 'x'.repeat(100)));
      expect(parser.next()).toBeUndefined();
    }
    parser.push(toBytes(`\ndata: a\n:${'x'.repeat(100)}\n\n`));
    expect(parser.next()?.data).toBe('a');
  });
});

describe('an event that is too large', () => {
  const event = 'event: e\r\ndata: four\r\n: a comment\r\ndata: five\r\n\r\n';
  const eventBytes = 'event: edata: fourdata: five'.length;

  it('is not one with exactly the limit, nor are many that only exceed it together', () => {
    const parser = new SseParser({ tooLarge, maxEventBytes: eventBytes });
    for (const piece of inPieces(toBytes(event.repeat(3)), 5)) {
      parser.push(piece);
      for (const { data } of drain(parser)) expect(data).toBe('four\nfive');
    }
  });

  it('throws what the caller gives, after the events before it, wherever it is cut, and again when asked again', () => {
    const stream = toBytes(`data: a\n\n${event}`);
    for (let size = 1; size <= stream.length; size++) {
      const parser = new SseParser({ tooLarge, maxEventBytes: eventBytes - 1 });
      const events: SseEvent[] = [];
      const read = (): void => {
        for (const piece of inPieces(stream, size)) {
          parser.push(piece);
          for (let next = parser.next(); next !== undefined; next = parser.next()) events.push(next);
        }
      };
      expect(read).toThrow(new TooLarge(`more than ${eventBytes - 1} bytes`));
      expect(() => parser.next()).toThrow(TooLarge);
      expect(events.map(({ data }) => data)).toEqual(['a']);
    }
  });

  it('throws as soon as an unfinished line exceeds the limit', () => {
    const parser = new SseParser({ tooLarge, maxEventBytes: 100 });
    for (let pushed = 10; pushed <= 100; pushed += 10) {
      parser.push(toBytes('x'.repeat(10)));
      expect(parser.next()).toBeUndefined();
    }
    parser.push(toBytes('x'));
    expect(() => parser.next()).toThrow(TooLarge);
  });

  it('has more than 128 MiB unless the caller says otherwise', () => {
    const parser = new SseParser({ tooLarge });
    const line = Buffer.from(`${'x'.repeat(32_768)}\n`);
    for (let index = 0; index < 4096; index++) {
      parser.push(line);
      expect(parser.next()).toBeUndefined();
    }
    parser.push(toBytes('x'));
    expect(() => parser.next()).toThrow(new TooLarge('more than 134217728 bytes'));
  });
});

describe('the work', () => {
  let searched = 0;

  /** Bytes that count how many of them were searched for a line end. */
  class CountingBytes extends Uint8Array {
    override indexOf(byte: number, from = 0): number {
      const index = super.indexOf(byte, from);
      searched += (index === -1 ? this.length : index + 1) - from;
      return index;
    }
  }

  function countingBytes(text: string): Uint8Array {
    searched = 0;
    return new CountingBytes(toBytes(text));
  }

  const event = `data: ${'x'.repeat(94)}\n\n`;

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('for the first event of a push leaves the rest undecoded', () => {
    const { decodeUtf8, decoded } = countingDecoder();
    const parser = new SseParser({ tooLarge, decodeUtf8 });
    parser.push(toBytes(event.repeat(1000)));
    expect(decoded).toEqual([]);
    expect(parser.next()?.data).toHaveLength(94);
    expect(decoded).toEqual([94]);
    expect(drain(parser)).toHaveLength(999);
    expect(decoded).toEqual(Array.from({ length: 1000 }, () => 94));
  });

  it('for the first event of a large push leaves most of the rest unread', () => {
    const bytes = countingBytes(event.repeat(20_000));
    const parser = new SseParser({ tooLarge });
    parser.push(bytes);
    expect(searched).toBe(0);
    expect(parser.next()?.data).toHaveLength(94);
    expect(searched).toBeLessThan(70_000);
    expect(drain(parser)).toHaveLength(19_999);
  });

  it.each([
    ['many events with line feeds', event.repeat(2000)],
    ['many events with carriage returns', event.replaceAll('\n', '\r').repeat(2000)],
    ['many events with pairs of both', event.replaceAll('\n', '\r\n').repeat(2000)],
    ['many events of mixed line ends', (event + event.replaceAll('\n', '\r')).repeat(1000)],
    ['many blank lines', '\n'.repeat(200_000)],
    ['many blank lines of carriage returns', '\r'.repeat(200_000)],
    ['many comments', ': x\r'.repeat(50_000)],
    ['one long line', `data: ${'x'.repeat(200_000)}\n\n`],
  ])('looks for line ends at each byte at most twice in %s, in one push or in many', (_, text) => {
    for (const size of [text.length, 1000, 1]) {
      const bytes = countingBytes(text);
      const parser = new SseParser({ tooLarge });
      for (const piece of inPieces(bytes, size)) {
        parser.push(piece);
        drain(parser);
      }
      expect(searched).toBeLessThanOrEqual(2 * bytes.length);
    }
  });

  it('copies each byte of a line in many pieces a fixed number of times, and decodes it once', () => {
    const set = vi.spyOn(Uint8Array.prototype, 'set');
    for (const size of [1, 100]) {
      set.mockClear();
      const { decodeUtf8, decoded } = countingDecoder();
      const parser = new SseParser({ tooLarge, decodeUtf8 });
      for (const piece of inPieces(toBytes(`data: ${'x'.repeat(100_000)}\n\n`), size)) {
        parser.push(piece);
        drain(parser);
      }
      expect(decoded).toEqual([100_000]);
      const copied = set.mock.calls.reduce((sum, [source]) => sum + source.length, 0);
      expect(copied).toBeGreaterThanOrEqual(100_000);
      expect(copied).toBeLessThan(300_000);
    }
  });

  it('delivers an event of 32 MiB, and what follows it', () => {
    const parser = new SseParser({ tooLarge });
    const piece = Buffer.alloc(65_536, 'x');
    parser.push(toBytes('data: '));
    for (let index = 0; index < 512; index++) {
      parser.push(piece);
      expect(parser.next()).toBeUndefined();
    }
    parser.push(toBytes('\n\ndata: b'));
    expect(parser.next()?.data).toHaveLength(32 * 1024 * 1024);
    parser.push(toBytes('c\n\n'));
    expect(parser.next()?.data).toBe('bc');
  });

  it('for a large event does not hold its memory for the rest of the stream', () => {
    const buffers: number[] = [];
    const parser = new SseParser({ tooLarge, decodeUtf8: (bytes) => String(buffers.push(bytes.buffer.byteLength)) });
    for (const piece of ['data: ', 'x'.repeat(1_000_000), '\n\nda', 'ta: b\n\n']) {
      parser.push(toBytes(piece));
      drain(parser);
    }
    expect(buffers[0]).toBeGreaterThanOrEqual(1_000_000);
    expect(buffers[1]).toBeLessThan(10_000);
  });
});

describe('any stream', () => {
  const token = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('\n', '\r', '\r\n', '\n\n') },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        'data',
        'data:',
        'data: ',
        'event: ',
        'event',
        'id:',
        'id',
        'retry: 5',
        ':',
        ' ',
        'foo',
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom('\0', '\uFEFF', '\u2028', 'é', '漢', '😀') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
  );
  const chunk = fc.oneof(
    { weight: 8, arbitrary: token.map(toBytes) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 3 }) },
  );
  const stream = fc
    .array(chunk, { maxLength: 60, size: 'max' })
    .map((chunks) => Uint8Array.from(chunks.flatMap((bytes) => [...bytes])));
  const cuts = fc.array(fc.nat({ max: 200 }), { maxLength: 8 });

  it('gives the same events however it is cut', () => {
    fc.assert(
      fc.property(stream, cuts, (bytes, offsets) => {
        const whole = eventsOf(bytes);
        expect(eventsOf(...cut(bytes, offsets))).toEqual(whole);
        expect(eventsOf(...inPieces(bytes, 1))).toEqual(whole);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the events that eventsource-parser gives', () => {
    fc.assert(
      fc.property(stream, cuts, (bytes, offsets) => {
        const others = eventsOfOtherParser(bytes);
        const ours = eventsOf(...cut(bytes, offsets));
        // The other parser gives an event the id that its own block set, the standard the last one that the stream set.
        const comparable = ours.map((event, index) =>
          others[index]?.id === undefined ? { ...event, id: undefined } : event,
        );
        expect(comparable).toEqual(others);
      }),
      { numRuns: 2000 },
    );
  });
});
