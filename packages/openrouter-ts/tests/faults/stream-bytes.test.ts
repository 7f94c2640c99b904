import {
  brotliCompressSync,
  createBrotliCompress,
  createGzip,
  gzipSync,
  type BrotliCompress,
  type Gzip,
} from 'node:zlib';
import { describe, expect } from 'vitest';
import { ApiError, LimitExceededError, ResponseFormatError } from '../../src/index.ts';
import { chunk, until, write, type ScriptedStep } from '../../src/testing/server/index.ts';
import { deferred } from '../support/deferred.ts';
import { anyStream, closedByClient, fault, faultQuestion, streamed, type FaultContext } from '../support/fault.ts';
import { bodyEnd, completionOf, events, json, pieces, sized, streamHead } from '../support/scripted-answers.ts';
import { done, eventOf, finish, text, usageChunk } from '../support/sse-text.ts';

// What bytes mean is held by properties over all inputs: src/streaming/sse-parser.test.ts and tests/conformance/sse-vectors.test.ts.
// Here a few of them take the whole way from a socket to the caller.

/** Text with characters of one to four bytes, and of several code points. */
const words = 'naïve 👩‍👩‍👧 한글 é';

/** A chunk with nothing but what it must have: every byte of it is cut at. */
function short(content: string): string {
  return JSON.stringify({ choices: [{ delta: { content } }] });
}

/** A stream in which every kind of line stands. */
const everything = Buffer.from(
  [
    '\uFEFF: OPENROUTER PROCESSING\r\n\r\n',
    `event: message\rid: 7\rretry: 10\rdata: ${short(words)}\r\r`,
    `data:${short(' and')}\n\n`,
    'data: {"choices":[{"finish_reason":"stop"}]}\r\n\r\n',
    done,
  ].join(''),
);

async function textOf({ ask }: FaultContext, server: Parameters<FaultContext['ask']>[0]): Promise<unknown> {
  const { completion } = await ask(server);
  return completion.choices[0]?.message.content;
}

/** A stream of the given text, as it is. */
function raw(...parts: readonly (string | Uint8Array)[]): readonly ScriptedStep[] {
  return [streamHead(), pieces(...parts), bodyEnd];
}

describe('Bytes of a stream', () => {
  fault(
    'F83',
    {
      title: 'the stream is cut in two, at whatever byte',
      result: 'reads the same',
    },
    anyStream,
    async (context) => {
      const server = await context.serve((_, number) =>
        raw(everything.subarray(0, number), everything.subarray(number)),
      );
      const client = context.client(server);
      for (let at = 1; at < everything.length; at += 1)
        expect(await textOf(context, client), `cut at byte ${at}`).toBe(`${words} and`);
    },
  );

  fault(
    'F83',
    {
      title: 'every byte of the stream comes by itself',
      result: 'reads the same',
    },
    streamed,
    async (context) => {
      const server = await context.serve(raw(...Array.from(everything, (byte) => Uint8Array.of(byte))));
      expect(await textOf(context, server)).toBe(`${words} and`);
    },
  );

  fault(
    'F84',
    {
      title: 'a character is cut between its bytes, its surrogates or its parts',
      result: 'comes whole, without U+FFFD',
    },
    streamed,
    async (context) => {
      const bytes = Buffer.from(eventOf(text(words)));
      const escaped = eventOf(text('x')).replace('"x"', String.raw`"\ud83d\udc69"`);
      const server = await context.serve(
        raw(
          ...Array.from(bytes, (byte) => Uint8Array.of(byte)),
          escaped.slice(0, -20),
          escaped.slice(-20),
          eventOf(finish()),
          done,
        ),
      );
      expect(await textOf(context, server)).toBe(`${words}👩`);
    },
  );

  fault(
    'F85',
    {
      title: 'bytes that are not UTF-8',
      result: 'become U+FFFD, as everywhere; nothing fails',
    },
    streamed,
    async (context) => {
      const [before = '', after = ''] = eventOf(text('[]')).split('[]');
      const bad = Uint8Array.of(0xc0, 0xaf, 0x80, 0xf0, 0x9f);
      const server = await context.serve(
        raw(Buffer.concat([Buffer.from(before), bad, Buffer.from(after)]), eventOf(finish()), done),
      );
      expect(await textOf(context, server)).toBe('\ufffd\ufffd\ufffd\ufffd');
    },
  );

  for (const [name, end] of [
    ['CR', '\r'],
    ['CRLF', '\r\n'],
    ['CR and LF by turns', undefined],
  ] as const) {
    fault(
      'F86',
      {
        title: 'lines end with CR, LF, CRLF or any of them, also across pieces',
        variant: name,
        result: 'reads the same, without an event too many',
      },
      streamed,
      async (context) => {
        let turns = 0;
        const ends = ['\r', '\n', '\r\n'];
        const stream = `${eventOf(text('Hel'))}${eventOf(text('lo'))}${eventOf(finish())}${done}`;
        const changed = stream.replaceAll('\n\n', () => {
          turns += 1;
          const each = end ?? ends[turns % 3] ?? '';
          return each + each;
        });
        // After each CR, and so between CR and LF.
        const server = await context.serve(raw(...changed.split(/(?<=\r)/)));
        const answer = await context.client(server).chat.stream(faultQuestion);
        const texts: unknown[] = [];
        for await (const each of answer) texts.push(each.choices[0]?.delta.content);
        expect(texts).toEqual(['Hel', 'lo', '']);
      },
    );
  }

  fault(
    'F87',
    {
      title: 'byte order marks',
      result: 'exactly one is removed, at the very beginning',
    },
    streamed,
    async (context) => {
      const rest = `${eventOf(text('\uFEFFlo'))}${eventOf(finish())}${done}`;
      const one = await context.serve(raw(`\uFEFF${eventOf(text('Hel'))}${rest}`));
      expect(await textOf(context, one)).toBe('Hel\uFEFFlo');
      // With a second one the first line is no field that anybody knows.
      const two = await context.serve(raw(`\uFEFF\uFEFF${eventOf(text('Hel'))}${rest}`));
      expect(await textOf(context, two)).toBe('\uFEFFlo');
    },
  );

  fault(
    'F88',
    {
      title: 'comments, also long ones and one without an end',
      result: 'are no part of the answer',
    },
    streamed,
    async (context) => {
      const comments = [': OPENROUTER PROCESSING\n\n', ':\n', `: ${'x'.repeat(2_048)}\n`, ':data: {"no":1}\n\n'];
      const server = await context.serve(
        raw(...comments, eventOf(text('Hel')), ...comments, eventOf(text('lo')), eventOf(finish()), ': never end'),
      );
      expect(await textOf(context, server)).toBe('Hello');
    },
  );

  fault(
    'F89',
    {
      title: 'data in several lines, without a space, with two, with a tab, without a colon',
      result: 'reads as the standard says',
    },
    streamed,
    async (context) => {
      const [first = '', ...rest] = JSON.stringify(text('Hel'), null, 1).split('\n');
      const several = [`data: ${first}`, ...rest.map((line) => `data:${line}`)].join('\n');
      const server = await context.serve(
        raw(
          `${several}\n\n`,
          `data\ndata:  ${JSON.stringify(text('l'))}\n\n`,
          `data:\t${JSON.stringify(text('o'))}\n\n`,
          `data:${JSON.stringify(finish())}\n\n`,
          done,
        ),
      );
      expect(await textOf(context, server)).toBe('Hello');
    },
  );

  fault(
    'F90',
    {
      title: 'fields besides data: event, id (also with NUL), retry, unknown ones',
      result: 'are no part of the answer; `retry` never asks again',
    },
    streamed,
    async (context) => {
      const server = await context.serve(
        raw(
          `event: ping\nid: 1\0\nretry: 1\n\n`,
          `event: whatever\nid: 2\nretry: 1\nx-own: y\nDATA: no\n${eventOf(text('Hello'))}`,
          eventOf(finish()),
          done,
        ),
      );
      expect(await textOf(context, server)).toBe('Hello');
      expect(server.requests).toHaveLength(1);
    },
  );

  fault(
    'F91',
    {
      title: 'U+2028, U+2029, U+0085 and vertical tabs within the JSON',
      result: 'end no line',
    },
    streamed,
    async (context) => {
      const odd = 'a\u2028b\u2029c\u0085d';
      const server = await context.serve(
        raw(eventOf(text(odd)), eventOf(text('\u000b\u000c')), eventOf(finish()), done),
      );
      expect(await textOf(context, server)).toBe(`${odd}\u000b\u000c`);
    },
  );

  fault(
    'F92',
    {
      title: 'a line that never ends',
      phase: 'answered',
      retry: 'no',
      result: 'LimitExceededError as soon as it is larger than `limits.eventBytes`, and the connection is closed',
      bill: 'possible',
    },
    streamed,
    async ({ serve, fails }) => {
      function* endless(): Generator<Uint8Array> {
        yield chunk('data: ');
        for (;;) yield chunk('x'.repeat(64 * 1024));
      }
      const server = await serve([streamHead(), write(endless())]);
      const limits = { eventBytes: 1024 * 1024 };
      await fails(server, LimitExceededError, { limit: limits.eventBytes, retryable: false }, { limits });
      await closedByClient(server);
      expect(server.connections[0]?.bytesSent).toBeLessThan(32 * 1024 * 1024);
    },
  );

  fault(
    'F93',
    {
      title: 'an event of 28 MB (an image)',
      result: 'comes whole',
    },
    streamed,
    async ({ serve, ask }) => {
      const url = `data:image/png;base64,${'A'.repeat(28_000_000)}`;
      const image = { choices: [{ index: 0, delta: { images: [{ type: 'image_url', image_url: { url } }] } }] };
      const server = await serve(events(image, finish(), usageChunk, done));
      const { completion } = await ask(server);
      const [received] = completion.choices[0]?.message.images ?? [];
      expect(received?.image_url.url.length).toBe(url.length);
    },
  );

  fault(
    'F94',
    {
      title: '20,000 events in one piece, and 2,000 pieces of one event',
      result: 'come one after the other, none lost',
    },
    streamed,
    async ({ serve, client }) => {
      const many = eventOf(text('x')).repeat(20_000);
      const single = Array.from({ length: 2_000 }, () => eventOf(text('y')));
      const server = await serve(raw(many, ...single, eventOf(finish()), done));
      const counts = { x: 0, y: 0, other: 0 };
      for await (const piece of (await client(server).chat.stream(faultQuestion)).textDeltas())
        counts[piece === 'x' || piece === 'y' ? piece : 'other'] += 1;
      expect(counts).toEqual({ x: 20_000, y: 2_000, other: 0 });
    },
  );

  fault(
    'F95',
    {
      title: 'an error as JSON in the place of a stream',
      phase: 'answered',
      retry: 'no',
      result: 'the error in it',
      bill: 'insured',
    },
    streamed,
    async ({ serve, fails }) => {
      await fails(await serve([json(200, { error: { code: 402, message: 'No credits' } })]), ApiError, { status: 402 });
    },
  );

  fault(
    'F95',
    {
      title: 'something else in the place of a stream',
      phase: 'answered',
      retry: 'no',
      result: 'ResponseFormatError (unexpected-content-type), never an empty answer',
      bill: 'possible',
    },
    streamed,
    async ({ serve, fails }) => {
      for (const answer of [sized(200, { 'content-type': 'text/plain' }, 'hello'), json(200, completionOf())])
        await fails(await serve([answer]), ResponseFormatError, { failure: 'unexpected-content-type' });
    },
  );

  for (const [encoding, open] of [
    ['gzip', () => createGzip()],
    ['br', () => createBrotliCompress()],
  ] as const) {
    fault(
      'F96',
      {
        title: 'a stream that is packed and sent event by event',
        variant: encoding,
        result: 'each event comes when it is sent, not at the end',
      },
      streamed,
      async ({ serve, client }) => {
        const packed = await pack(open(), [eventOf(text('Hel')), eventOf(text('lo')) + eventOf(finish()) + done]);
        const gate = deferred();
        const server = await serve([
          streamHead({ 'content-encoding': encoding }),
          pieces(packed[0]),
          until(gate.promise),
          pieces(packed[1]),
          bodyEnd,
        ]);
        const stream = await client(server).chat.stream(faultQuestion);
        const texts: string[] = [];
        for await (const piece of stream.textDeltas()) {
          texts.push(piece);
          gate.resolve();
        }
        expect(texts).toEqual(['Hel', 'lo']);
      },
    );
  }

  fault(
    'F96',
    {
      title: 'a stream that is packed and comes at once',
      result: 'reads the same',
    },
    streamed,
    async (context) => {
      for (const [encoding, packed] of [
        ['gzip', gzipSync(everything)],
        ['br', brotliCompressSync(everything)],
      ] as const) {
        const steps = [streamHead({ 'content-encoding': encoding }), pieces(packed), bodyEnd];
        expect(await textOf(context, await context.serve(steps))).toBe(`${words} and`);
      }
    },
  );
});

/** Packs parts so that each can be unpacked before the next one is there. */
async function pack(stream: Gzip | BrotliCompress, parts: readonly string[]): Promise<readonly Uint8Array[]> {
  const packed: Uint8Array[] = [];
  let piece: Buffer[] = [];
  stream.on('data', (bytes: Buffer) => piece.push(bytes));
  for (const [index, part] of parts.entries()) {
    stream.write(part);
    const last = index === parts.length - 1;
    await new Promise<void>((resolve) => {
      if (last) stream.once('end', resolve).end();
      else stream.flush(() => setImmediate(resolve));
    });
    packed.push(Buffer.concat(piece));
    piece = [];
  }
  return packed;
}
