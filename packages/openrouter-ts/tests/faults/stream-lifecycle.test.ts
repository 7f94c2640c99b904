import { describe, expect } from 'vitest';
import {
  OpenRouter,
  ProviderError,
  RateLimitError,
  StreamInterruptedError,
  StreamProtocolError,
  StreamProviderError,
  StreamTruncatedError,
  TimeoutError,
  type ChatChunk,
  type ChatStream,
} from '../../src/index.ts';
import {
  afterKeepAlives,
  delta,
  FakeClock,
  Simulator,
  slowDrip,
  reply,
  stream as streamOf,
} from '../../src/testing/index.ts';
import {
  fin,
  rst,
  stall,
  until,
  write,
  chunk,
  type ScriptedServer,
  type ScriptedStep,
} from '../../src/testing/server/index.ts';
import { deferred } from '../support/deferred.ts';
import {
  anyStream,
  closedByClient,
  failureOf,
  fault,
  faultKey,
  faultQuestion,
  streamed,
  type FaultContext,
} from '../support/fault.ts';
import { bodyEnd, events, generationId, pieces, streamHead } from '../support/scripted-answers.ts';
import { chunkOf, done, eventOf, finish, keepAlive, text, usage, usageChunk } from '../support/sse-text.ts';
import { turnsUntil } from '../support/turns.ts';

/** A stream of which a reader has seen the beginning, before anything else happens. */
interface Begun {
  readonly server: ScriptedServer;
  readonly stream: ChatStream;
  /** Reads the rest. */
  readonly rest: () => Promise<ChatChunk[]>;
}

/** Opens a stream, reads its first chunks, and lets the server go on. */
async function begin(
  { serve, client }: FaultContext,
  first: readonly unknown[],
  after: readonly ScriptedStep[],
): Promise<Begun> {
  const gate = deferred();
  const server = await serve([streamHead(), pieces(keepAlive, ...first), until(gate.promise), ...after]);
  const stream = await client(server).chat.stream(faultQuestion);
  const iterator = stream[Symbol.asyncIterator]();
  for (const expected of first) expect((await iterator.next()).value).toEqual(expected);
  gate.resolve();
  const rest = async (): Promise<ChatChunk[]> => {
    const chunks: ChatChunk[] = [];
    for await (const each of iterator) chunks.push(each);
    return chunks;
  };
  return { server, stream, rest };
}

const hello = [text('Hel'), text('lo')];
const partial = { choices: [{ message: { content: 'Hello' } }] };

describe('The life of a stream', () => {
  for (const [how, ...steps] of [
    ['reset', rst()],
    ['closed in the middle of a chunk', write('10\r\n: OPEN'), fin()],
    ['a chunk whose length is no number', write('zz\r\n: OPEN\r\n'), stall()],
  ] as const) {
    fault(
      'F97',
      {
        title: 'the connection is lost after the headers, before any output',
        variant: how,
        phase: 'answered',
        retry: 'yes',
        result: 'is tried again, and the caller does not notice; then StreamInterruptedError',
        bill: 'possible',
      },
      streamed,
      async ({ serve, fails, recovers, hello: good }) => {
        const lost = [streamHead(), pieces(keepAlive, chunkOf({ content: '' })), ...steps];
        await fails(await serve(lost), StreamInterruptedError, { generationId, retryable: true });
        await recovers(await serve((_, number) => (number === 1 ? lost : good)));
      },
    );

    fault(
      'F98',
      {
        title: 'the connection is lost after some output',
        variant: how,
        phase: 'streaming',
        retry: 'no',
        result: 'StreamInterruptedError with what had arrived in `partial`; nothing is sent twice',
        bill: 'possible',
      },
      streamed,
      async (context) => {
        const { server, rest } = await begin(context, hello, steps);
        await context.failsAs(rest(), StreamInterruptedError, { partial, generationId, retryable: false });
        expect(server.requests).toHaveLength(1);
      },
    );
  }

  fault(
    'F99',
    {
      title: 'the stream ends in good order after some output, but the model had not finished',
      phase: 'streaming',
      retry: 'no',
      result: 'StreamTruncatedError with what had arrived in `partial`, never a good answer',
      bill: 'possible',
    },
    streamed,
    async (context) => {
      // An event without its empty line was cut; it is not part of what had arrived.
      for (const cut of ['', `data: ${JSON.stringify(text('!'))}\n`, 'data: {"cho']) {
        const { server, rest } = await begin(context, hello, [...(cut === '' ? [] : [pieces(cut)]), bodyEnd]);
        await context.failsAs(rest(), StreamTruncatedError, { partial, generationId, retryable: false });
        expect(server.requests).toHaveLength(1);
      }
    },
  );

  fault(
    'F100',
    {
      title: 'the stream ends in good order before any output',
      phase: 'answered',
      retry: 'yes',
      result: 'is tried again, and the caller does not notice; then StreamTruncatedError',
      bill: 'insured',
    },
    streamed,
    async ({ serve, fails, recovers, hello: good }) => {
      for (const first of [[], [keepAlive], [chunkOf({ content: '' })]]) {
        await fails(await serve(events(...first)), StreamTruncatedError, { retryable: true });
        await recovers(await serve((_, number) => (number === 1 ? events(...first) : good)));
      }
    },
  );

  for (const [id, how, last] of [
    ['F101', 'ends in good order', bodyEnd],
    ['F102', 'is reset', rst()],
  ] as const) {
    fault(
      id,
      {
        title: `the stream ${how} after the model had finished, without usage and end mark`,
        phase: 'finished',
        retry: 'no',
        result: 'is a good answer, with the warning `usage-missing`',
        bill: 'certain',
      },
      streamed,
      async (context) => {
        const { server, stream, rest } = await begin(context, [...hello, finish()], [last]);
        expect(await rest()).toEqual([]);
        expect(await stream.completion()).toMatchObject({
          choices: [{ message: { content: 'Hello' }, finish_reason: 'stop' }],
        });
        expect(stream.response.warnings).toEqual(['usage-missing']);
        expect(await stream.settled).toMatchObject({ usage: undefined, error: undefined, generationId });
        expect(server.requests).toHaveLength(1);
      },
    );
  }

  fault(
    'F103',
    {
      title: 'the end mark comes, but no usage',
      phase: 'finished',
      retry: 'no',
      result: 'is a good answer, with the warning `usage-missing`',
      bill: 'certain',
    },
    streamed,
    async ({ serve, ask }) => {
      const { completion, response } = await ask(await serve(events(...hello, finish(), done)));
      expect(completion).toMatchObject(partial);
      expect(completion.usage).toBeUndefined();
      expect(response.warnings).toEqual(['usage-missing']);
    },
  );

  fault(
    'F104',
    {
      title: 'the end mark comes, but the model never said why it stopped',
      phase: 'streaming',
      retry: 'no',
      result: 'is a good answer whose finish reason is null, with the warning `finish-missing`',
      bill: 'certain',
    },
    streamed,
    async ({ serve, ask }) => {
      const server = await serve(events(...hello, usageChunk, done));
      const { completion, response } = await ask(server);
      expect(completion).toMatchObject({ choices: [{ message: { content: 'Hello' }, finish_reason: null }], usage });
      expect(response.warnings).toEqual(['finish-missing']);
      expect(server.requests).toHaveLength(1);
    },
  );

  fault(
    'F104',
    {
      title: 'the end mark comes, and nothing before it',
      phase: 'answered',
      retry: 'once',
      result: 'is asked for once more; then it is returned as it came, with the warning `empty`',
      bill: 'insured',
    },
    streamed,
    async ({ serve, ask, hello: good }) => {
      const empty = events(keepAlive, chunkOf({ content: '' }), done);
      const server = await serve(empty);
      const { response } = await ask(server);
      expect(response.warnings).toContain('empty');
      expect(server.requests).toHaveLength(2);
      const second = await serve((_, number) => (number === 1 ? empty : good));
      expect((await ask(second)).completion).toMatchObject(partial);
    },
  );

  fault(
    'F105',
    {
      title: 'more comes after the end mark: another one, text, an error',
      phase: 'finished',
      retry: 'no',
      result: 'is not part of the answer, and does not disturb the next call',
      bill: 'certain',
    },
    streamed,
    async ({ serve, client, ask }) => {
      const more = [done, text('more'), { error: { code: 500, message: 'late' } }, 'data: {broken\n\n'];
      const server = await serve(events(...hello, finish(), usageChunk, done, ...more));
      const one = client(server);
      for (let call = 0; call < 2; call += 1) {
        const { completion, response } = await ask(one);
        expect(completion).toMatchObject({ ...partial, usage });
        expect(response.warnings).toEqual([]);
      }
      expect(server.requests).toHaveLength(2);
    },
  );

  for (const [how, more] of [
    ['with choices', { choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }] }],
    ['by itself', {}],
  ] as const) {
    fault(
      'F106',
      {
        title: 'an error comes in the stream before any output',
        variant: how,
        phase: 'answered',
        retry: 'yes',
        result: 'counts as the status in `error.code`: is tried again where that is, and the caller does not notice',
        bill: 'insured',
      },
      streamed,
      async ({ serve, fails, recovers, ask, hello: good }) => {
        const failed = (code: number): readonly ScriptedStep[] =>
          events(keepAlive, chunkOf({ content: '' }), { id: 'gen-1', error: { code, message: 'no' }, ...more });
        await fails(await serve(failed(502)), ProviderError, { status: 502, retryable: true });
        await fails(await serve(failed(429)), RateLimitError, { status: 429, retryable: true });
        await recovers(await serve((_, number) => (number === 1 ? failed(503) : good)));
        const final = await serve(failed(401));
        expect(await failureOf(ask(final))).toMatchObject({ name: 'AuthenticationError', retryable: false });
        expect(final.requests).toHaveLength(1);
      },
    );
  }

  for (const code of [502, 'server_error', '429']) {
    fault(
      'F107',
      {
        title: 'an error comes in the stream after some output, whether its code is a number or a word',
        variant: JSON.stringify(code),
        phase: 'streaming',
        retry: 'no',
        result: 'StreamProviderError with the code as it came and what had arrived in `partial`',
        bill: 'insured',
      },
      streamed,
      async (context) => {
        const error = { code, message: 'Overloaded', metadata: { provider_name: 'Azure' } };
        const { server, rest } = await begin(context, hello, [pieces({ ...finish('error'), error }), bodyEnd]);
        await context.failsAs(rest(), StreamProviderError, { code, providerName: 'Azure', partial, retryable: false });
        expect(server.requests).toHaveLength(1);
      },
    );
  }

  fault(
    'F108',
    {
      title: 'an error comes in the stream, and the server does not close it',
      phase: 'streaming',
      retry: 'no',
      result: 'StreamProviderError at once, and the connection is closed',
      bill: 'insured',
    },
    streamed,
    async (context) => {
      const error = { code: 502, message: 'Overloaded' };
      const { server, rest } = await begin(context, hello, [pieces({ error }), stall()]);
      await context.failsAs(rest(), StreamProviderError, { status: 502, partial });
      await closedByClient(server);
    },
  );

  for (const [what, broken] of [
    ['not JSON', 'data: {"choices": [secret words\n\n'],
    ['no object', 'data: "secret words"\n\n'],
  ] as const) {
    fault(
      'F110',
      {
        title: 'an event that is not JSON, or no object',
        variant: what,
        phase: 'streaming',
        retry: 'no',
        result: 'StreamProtocolError without the text of the event; nothing after it is given out',
        bill: 'possible',
      },
      streamed,
      async (context) => {
        const { server, rest } = await begin(context, hello, [pieces(broken, text('never')), stall()]);
        const error = await context.failsAs(rest(), StreamProtocolError, { partial, retryable: false });
        expect(error.message).not.toContain('secret');
        await closedByClient(server);
      },
    );
  }

  fault(
    'F111',
    {
      title: 'chunks without choices, or of a kind that nobody knows',
      result: 'are given out like others and add nothing',
    },
    streamed,
    async ({ serve, client }) => {
      const odd = [{ choices: [] }, { object: 'debug', debug: { echo: 1 } }, { choices: null }, { choices: [null, 7] }];
      const server = await serve(events(...odd, ...hello, ...odd, finish(), usageChunk, done));
      const stream = await client(server).chat.stream(faultQuestion);
      const chunks: ChatChunk[] = [];
      for await (const each of stream) chunks.push(each);
      expect(chunks).toEqual([...odd, ...hello, ...odd, finish(), usageChunk]);
      expect(await stream.completion()).toMatchObject({ ...partial, usage });
    },
  );

  fault(
    'F112',
    {
      title:
        'tool calls in pieces: gaps in the index, names in halves, ids repeated, two at a time, arguments after the end',
      result: 'are put together by index and id, in their order',
    },
    streamed,
    async ({ serve, ask }) => {
      const piece = (index: number, id: string | undefined, name: string | undefined, given: string): unknown =>
        chunkOf({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: given } }] });
      const server = await serve(
        events(
          piece(2, 'call_a', 'wea', ''),
          piece(2, 'call_a', 'ther', '{"a"'),
          piece(5, 'call_b', 'time', '{'),
          piece(2, 'call_a', 'weather', ':1'),
          piece(5, '', undefined, '"b":2}'),
          piece(2, undefined, undefined, ''),
          finish('tool_calls'),
          piece(2, undefined, undefined, '}'),
          usageChunk,
          done,
        ),
      );
      const { completion } = await ask(server);
      const calls = completion.choices[0]?.message.tool_calls?.map((call) => [
        call.id,
        'function' in call && call.function,
      ]);
      expect(calls).toEqual([
        ['call_a', { name: 'weather', arguments: '{"a":1}' }],
        ['call_b', { name: 'time', arguments: '{"b":2}' }],
      ]);
    },
  );

  fault(
    'F113',
    {
      title: 'silence in the middle of the stream',
      phase: 'streaming',
      retry: 'no',
      result:
        'TimeoutError (idle-bytes) after a minute with what had arrived in `partial`, and the connection is closed',
      bill: 'possible',
    },
    streamed,
    async (context) => {
      const { server, rest } = await begin(context, hello, [stall()]);
      const failed = context.failsAs(rest(), TimeoutError, { timer: 'idle-bytes', timeoutMs: 60_000, partial });
      await context.clock.advance(60_000);
      await failed;
      await closedByClient(server);
      expect(server.requests).toHaveLength(1);
    },
  );

  fault(
    'F114',
    {
      title: 'nothing but keep-alives in the middle of the stream',
      phase: 'streaming',
      retry: 'no',
      result: 'TimeoutError (idle-data) after five minutes with what had arrived in `partial`',
      bill: 'possible',
    },
    anyStream,
    async ({ failsAs }) => {
      const clock = new FakeClock();
      function* silence(): Generator<string | ReturnType<typeof delta>> {
        yield delta({ content: 'Hello' });
        for (;;) yield keepAlive;
      }
      const simulator = new Simulator({ clock });
      simulator.next(streamOf(silence(), { delayMs: 10_000 }));
      const client = new OpenRouter({ apiKey: faultKey, transport: simulator.transport, clock });
      const stream = await clock.runUntil(client.chat.stream(faultQuestion));
      const failed = failsAs(stream.completion(), TimeoutError, { timer: 'idle-data', timeoutMs: 300_000, partial });
      await clock.runUntil(failed);
      expect(clock.pendingTimers).toBe(0);
    },
  );

  fault(
    'F114',
    {
      title: 'nothing but keep-alives before any output',
      phase: 'answered',
      retry: 'no',
      result: 'TimeoutError (first-content) after two minutes',
      bill: 'possible',
    },
    anyStream,
    async ({ failsAs }) => {
      const clock = new FakeClock();
      const simulator = new Simulator({ clock });
      simulator.next(afterKeepAlives(reply('Hello'), { everyMs: 10_000 }));
      const client = new OpenRouter({ apiKey: faultKey, transport: simulator.transport, clock });
      const asked = client.chat.stream(faultQuestion);
      await clock.runUntil(failsAs(asked, TimeoutError, { timer: 'first-content', timeoutMs: 120_000 }));
      expect(clock.pendingTimers).toBe(0);
    },
  );

  fault(
    'F115',
    {
      title: 'one byte a second',
      phase: 'answered',
      retry: 'no',
      result: 'TimeoutError (total) when the time of the call is over, and not before',
      bill: 'possible',
    },
    anyStream,
    async ({ failsAs }) => {
      const clock = new FakeClock();
      const simulator = new Simulator({ clock });
      simulator.next(slowDrip(reply({ content: 'x'.repeat(2_000), keepAlives: 1_000 }), { bytes: 1, everyMs: 1_000 }));
      const timeouts = { firstContentMs: Infinity, idleDataMs: Infinity };
      const client = new OpenRouter({ apiKey: faultKey, transport: simulator.transport, clock, timeouts });
      const asked = client.chat.stream(faultQuestion, { timeoutMs: 900_000 });
      await clock.runUntil(failsAs(asked, TimeoutError, { timer: 'total', timeoutMs: 900_000 }));
      expect(clock.now()).toBe(900_000);
    },
  );

  fault(
    'F116',
    {
      title: 'the model has finished, and the server never closes the stream',
      phase: 'finished',
      retry: 'no',
      result: 'is a good answer five seconds later, with the warning `usage-missing`, and the connection is closed',
      bill: 'certain',
    },
    streamed,
    async (context) => {
      const { server, stream, rest } = await begin(context, [...hello, finish()], [stall()]);
      const ended = rest();
      await turnsUntil(() => context.clock.nextTimerMs === 5_000);
      await context.clock.advance(5_000);
      expect(await ended).toEqual([]);
      expect(await stream.completion()).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
      expect(stream.response.warnings).toEqual(['usage-missing']);
      await closedByClient(server);
    },
  );

  fault(
    'F117',
    {
      title: 'another model answers than was asked for',
      result: '`model` is the one that answered',
    },
    streamed,
    async ({ serve, ask }) => {
      const model = 'anthropic/claude-sonnet-4.5';
      const server = await serve(events(...[...hello, finish(), usageChunk].map((each) => ({ ...each, model })), done));
      expect((await ask(server)).completion.model).toBe(model);
    },
  );

  fault(
    'F118',
    {
      title: 'the id in the header is missing, or is not that of the chunks',
      result: 'both are kept: `response.generationId` prefers the header, `completion.id` is that of the chunks',
    },
    streamed,
    async ({ serve, ask }) => {
      const chunks = [...hello, finish(), usageChunk].map((each) => chunk(eventOf(each)));
      const end = [write([...chunks, chunk(done)]), bodyEnd];
      const other = await ask(await serve([streamHead(), ...end]));
      expect([other.response.generationId, other.completion.id]).toEqual([generationId, 'gen-1']);
      const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n';
      const without = await ask(await serve([write(head), ...end]));
      expect([without.response.generationId, without.completion.id]).toEqual(['gen-1', 'gen-1']);
    },
  );

  fault(
    'F119',
    {
      title: 'something on the way resets the connection after a long silence',
      phase: 'streaming',
      retry: 'no',
      result: 'as F98',
      bill: 'possible',
    },
    streamed,
    async (context) => {
      const gate = deferred();
      const { server, rest } = await begin(context, hello, [until(gate.promise), rst()]);
      const failed = context.failsAs(rest(), StreamInterruptedError, { partial, retryable: false });
      await server.until(() => server.connections[0]?.events.at(-1)?.what === 'until');
      await context.clock.advance(59_000);
      gate.resolve();
      await failed;
      expect(server.requests).toHaveLength(1);
    },
  );
});
