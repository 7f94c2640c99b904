import { describe, expect, it, vi } from 'vitest';
import { scriptedAttempt, type AttemptOptions, type ScriptedAttempt } from '../../tests/support/read-context.ts';
import { chunkOf, done, eventOf, finish, keepAlive, text, usage, usageChunk } from '../../tests/support/sse-text.ts';
import { LimitExceededError } from '../errors/limit-exceeded-error.ts';
import { ProviderError } from '../errors/status-errors.ts';
import { StreamProtocolError, StreamProviderError, StreamTruncatedError } from '../errors/stream-error.ts';
import { StreamInterruptedError } from '../errors/stream-interrupted-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { ChatChunk } from '../wire/chat-chunk.ts';
import { ChunkReader } from './chunk-reader.ts';
import { CompletionAssembler } from './completion-assembler.ts';

interface Opened extends ScriptedAttempt {
  readonly reader: ChunkReader;
  readonly assembler: CompletionAssembler;
  /** Takes all chunks that there are, waiting where it must, until the stream ends or fails. */
  readonly rest: () => Promise<readonly ChatChunk[]>;
}

function open(options: AttemptOptions = {}): Opened {
  const attempt = scriptedAttempt(options);
  const assembler = new CompletionAssembler();
  const reader = new ChunkReader(attempt.response, attempt.context, assembler);
  const rest = async (): Promise<readonly ChatChunk[]> => {
    const chunks: ChatChunk[] = [];
    while (!reader.ended) {
      const chunk = reader.take();
      if (chunk === undefined) await reader.fill();
      else chunks.push(chunk);
    }
    return chunks;
  };
  return { ...attempt, reader, assembler, rest };
}

/** What a promise or a function failed with. */
async function failureOf(work: Promise<unknown> | (() => unknown)): Promise<unknown> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    return error;
  }
  return 'nothing failed';
}

describe('the chunks of a stream', () => {
  it('are taken one by one, as they came, and added up', async () => {
    const { body, reader, assembler } = open();
    const [first, second] = [text('Hel'), text('lo')];
    body.send(keepAlive + eventOf(first) + eventOf(second));
    expect(reader.take()).toBeUndefined();
    await reader.fill();
    expect(reader.take()).toEqual(first);
    expect(assembler.completion().choices[0]?.message.content).toBe('Hel');
    expect(reader.take()).toEqual(second);
    expect(assembler.completion().choices[0]?.message.content).toBe('Hello');
    expect(reader.take()).toBeUndefined();
    expect(reader.ended).toBe(false);
  });

  it('are not read ahead: bytes are asked for only when they are waited for', async () => {
    const { body, reader } = open();
    expect(body.pulls).toBe(0);
    body.send(eventOf(text('a'))).send(eventOf(text('b')));
    await reader.fill();
    reader.take();
    reader.take();
    expect(body.pulls).toBe(1);
  });

  it('are the same whoever waits for them: several waits are one', async () => {
    const { body, reader } = open();
    const waits = [reader.fill(), reader.fill()];
    body.send(eventOf(text('a')));
    await Promise.all(waits);
    expect(body.pulls).toBe(1);
    expect(reader.take()).toEqual(text('a'));
  });

  it('may be cut anywhere', async () => {
    const { body, rest } = open();
    const bytes = new TextEncoder().encode(eventOf(text('é👩‍👩‍👧\u2028')) + eventOf(finish()) + done);
    for (const byte of bytes) body.send(Uint8Array.of(byte));
    expect(await rest()).toEqual([text('é👩‍👩‍👧\u2028'), finish()]);
  });

  it('are taken without a wait where the transport has them already', async () => {
    const attempt = scriptedAttempt();
    const ready = [eventOf(text('b')), eventOf(text('c'))].map((event) => new TextEncoder().encode(event));
    const bytes = vi.fn();
    const response = { ...attempt.response, body: Object.assign(attempt.body, { takeReady: () => ready.shift() }) };
    const reader = new ChunkReader(
      response,
      { ...attempt.context, request: { ...attempt.context.request, progress: { bytes } } },
      new CompletionAssembler(),
    );
    const waiting = reader.fill();
    // While a wait is under way, what comes belongs to it.
    expect(reader.take()).toBeUndefined();
    attempt.body.send(eventOf(text('a')));
    await waiting;
    expect([reader.take(), reader.take(), reader.take(), reader.take()]).toEqual([
      text('a'),
      text('b'),
      text('c'),
      undefined,
    ]);
    expect([attempt.body.pulls, bytes.mock.calls.length]).toEqual([1, 3]);
  });

  it('are decoded by what the platform lends', async () => {
    const { body, reader } = open({
      decodeUtf8: (bytes, start, end) => new TextDecoder().decode(bytes.subarray(start, end)).replace('a', 'b'),
    });
    body.send('data: {"x":"a"}\n\n');
    await reader.fill();
    expect(reader.take()).toEqual({ x: 'b' });
  });
});

describe('the phase of a stream', () => {
  it('goes from answered to streaming to finished', async () => {
    const { body, reader } = open();
    const phases: string[] = [reader.phase];
    body.send(...[chunkOf({ content: '' }), text('a'), finish(), usageChunk].map((chunk) => eventOf(chunk)), done);
    while (!reader.ended) {
      await reader.fill();
      reader.take();
      phases.push(reader.phase);
    }
    expect(phases).toEqual(['answered', 'answered', 'streaming', 'finished', 'finished', 'finished']);
  });

  it('is finished at once when the first output is the finish reason', async () => {
    const { body, reader } = open();
    body.send(eventOf(finish('content_filter')));
    await reader.fill();
    reader.take();
    expect(reader.phase).toBe('finished');
  });

  it('is told to whoever watches the attempt', async () => {
    const told: string[] = [];
    const note = (what: string) => (): void => {
      told.push(what);
    };
    const progress = { waiting: note('waiting'), bytes: note('bytes'), data: note('data'), output: note('output') };
    const { body, reader } = open({ progress });
    body.send(keepAlive, eventOf(chunkOf({})) + eventOf(text('a')) + eventOf(text('b')), done);
    await reader.fill();
    reader.take();
    await reader.fill();
    for (let left = 3; left > 0; left -= 1) reader.take();
    await reader.fill();
    reader.take();
    await reader.fill();
    expect(told).toEqual([
      'waiting',
      'bytes',
      'waiting',
      'bytes',
      'data',
      'data',
      'output',
      'data',
      'waiting',
      'bytes',
      'data',
    ]);
  });
});

describe('the generation id of a stream', () => {
  it('is that of the header, even when the chunks have another', async () => {
    const { body, reader } = open({ headers: { 'x-generation-id': 'gen-header' } });
    expect(reader.generationId).toBe('gen-header');
    body.send(eventOf(text('a')));
    await reader.fill();
    reader.take();
    expect(reader.generationId).toBe('gen-header');
  });

  it('is otherwise that of the first chunk that has one', async () => {
    const { body, reader } = open();
    body.send(
      ...[{ ...text('a'), id: '' }, { ...text('b'), id: 7 }, text('c'), { ...text('d'), id: 'gen-2' }].map((chunk) =>
        eventOf(chunk),
      ),
    );
    const ids: unknown[] = [reader.generationId];
    for (let left = 4; left > 0; left -= 1) {
      await reader.fill();
      reader.take();
      ids.push(reader.generationId);
    }
    expect(ids).toEqual([undefined, undefined, undefined, 'gen-1', 'gen-1']);
  });
});

describe('the end of a stream', () => {
  it('is [DONE]: what comes after it is not read, and the body is given back', async () => {
    const { body, reader, rest } = open();
    body.send(eventOf(text('a')) + eventOf(finish()) + done + done + eventOf(text('late')) + 'data: {broken\n\n');
    expect(await rest()).toEqual([text('a'), finish()]);
    expect([body.pulls, body.returns, reader.warnings]).toEqual([1, 1, []]);
    expect(reader.take()).toBeUndefined();
    await reader.fill();
    expect(body.pulls).toBe(1);
  });

  it('is the end of the body, once the model has finished', async () => {
    const { body, reader, rest } = open();
    body.send(eventOf(text('a')), eventOf(finish())).end();
    expect(await rest()).toEqual([text('a'), finish()]);
    expect([body.returns, reader.warnings]).toEqual([1, []]);
  });

  it('is a connection that breaks, once the model has finished', async () => {
    const { body, reader, rest } = open();
    body.send(eventOf(text('a')), eventOf(finish())).fail(new Error('ECONNRESET'));
    expect(await rest()).toEqual([text('a'), finish()]);
    expect(reader.warnings).toEqual([]);
  });

  it('is [DONE] even without a finish reason, with a warning', async () => {
    const { body, reader, rest } = open();
    body.send(eventOf(text('a')), done);
    expect(await rest()).toEqual([text('a')]);
    expect(reader.warnings).toEqual(['finish-missing']);
  });

  it('is [DONE] even without any output, with another warning', async () => {
    const { body, reader, rest } = open();
    body.send(eventOf(chunkOf({ content: '' })) + done);
    await rest();
    expect(reader.warnings).toEqual(['finish-missing', 'empty']);
  });

  it('does not care whether giving the body back works', async () => {
    const attempt = scriptedAttempt();
    const iterator = {
      next: () => attempt.body[Symbol.asyncIterator]().next(),
      return: () => Promise.reject(new Error('no')),
    };
    const response = { ...attempt.response, body: { [Symbol.asyncIterator]: () => iterator } };
    const reader = new ChunkReader(response, attempt.context, new CompletionAssembler());
    attempt.body.send(eventOf(finish()) + done);
    await reader.fill();
    reader.take();
    reader.take();
    expect(reader.ended).toBe(true);
    await attempt.clock.advance(0);
  });

  it('needs no body that can be given back', async () => {
    const attempt = scriptedAttempt();
    const iterator = { next: () => attempt.body[Symbol.asyncIterator]().next() };
    const reader = new ChunkReader(
      { ...attempt.response, body: { [Symbol.asyncIterator]: () => iterator } },
      attempt.context,
      new CompletionAssembler(),
    );
    attempt.body.send(eventOf(finish()) + done);
    await reader.fill();
    reader.take();
    reader.take();
    expect(reader.ended).toBe(true);
  });
});

describe('an end that comes too early', () => {
  it('is raised when the body ends before any output', async () => {
    const { body, rest } = open({ headers: { 'x-generation-id': 'gen-header' } });
    body.send(keepAlive, eventOf(chunkOf({ content: '' }))).end();
    const failure = await failureOf(rest());
    expect(failure).toBeInstanceOf(StreamTruncatedError);
    expect(failure).toMatchObject({ phase: 'answered', retryable: true, generationId: 'gen-header' });
  });

  it('is raised when the body ends in the middle of the answer', async () => {
    const { body, reader, rest } = open();
    body.send(eventOf(text('a'))).end();
    const failure = await failureOf(rest());
    expect(failure).toBeInstanceOf(StreamTruncatedError);
    expect(failure).toMatchObject({ phase: 'streaming', retryable: false, generationId: 'gen-1' });
    expect(reader.ended).toBe(false);
  });

  it('is raised when only an event without its blank line said that the model had finished', async () => {
    const { body, rest } = open();
    body.send(eventOf(text('a')) + eventOf(finish()).trimEnd()).end();
    expect(await failureOf(rest())).toBeInstanceOf(StreamTruncatedError);
  });

  it.each([
    ['before any output', '', 'answered'],
    ['in the middle of the answer', eventOf(text('a')), 'streaming'],
  ])('is raised when the connection breaks %s', async (_, sent, phase) => {
    const { body, rest } = open();
    const cause = new Error('ECONNRESET');
    body.send(sent).fail(cause);
    const failure = await failureOf(rest());
    expect(failure).toBeInstanceOf(StreamInterruptedError);
    expect(failure).toMatchObject({ cause, phase, retryable: phase === 'answered' });
  });
});

describe('a stream that finished but is not closed', () => {
  async function finished(): Promise<Opened & { readonly waiting: Promise<readonly ChatChunk[]> }> {
    const opened = open();
    opened.body.send(eventOf(text('a')), eventOf(finish()));
    const waiting = opened.rest();
    await opened.clock.advance(0);
    return { ...opened, waiting };
  }

  it('is over five seconds after the finish reason, and its connection is closed', async () => {
    const { waiting, clock, reader, scope, body } = await finished();
    expect(clock.nextTimerMs).toBe(5_000);
    await clock.advance(4_999);
    expect([reader.ended, scope.aborted]).toEqual([false, false]);
    await clock.advance(1);
    expect([reader.ended, scope.aborted, body.returns]).toEqual([true, true, 1]);
    expect(await waiting).toEqual([text('a'), finish()]);
    expect(reader.warnings).toEqual([]);
    expect(scope.reason).toEqual(new Error('The stream was not closed after its end.'));
  });

  it('is over then even if its transport does not notice', async () => {
    const attempt = scriptedAttempt();
    let piece: Uint8Array | undefined = new TextEncoder().encode(eventOf(finish()));
    const deaf = {
      [Symbol.asyncIterator]: () => ({
        next: (): Promise<IteratorResult<Uint8Array>> => {
          const value = piece;
          piece = undefined;
          return value === undefined ? new Promise(() => undefined) : Promise.resolve({ done: false, value });
        },
      }),
    };
    const reader = new ChunkReader({ ...attempt.response, body: deaf }, attempt.context, new CompletionAssembler());
    await reader.fill();
    reader.take();
    await attempt.clock.runUntil(reader.fill());
    expect([reader.ended, attempt.clock.now()]).toEqual([true, 5_000]);
  });

  it('has five seconds in all, however often it says that it is alive', async () => {
    const { waiting, clock, reader, body } = await finished();
    await clock.advance(3_000);
    body.send(keepAlive);
    await clock.advance(0);
    expect(clock.nextTimerMs).toBe(2_000);
    await clock.advance(1_999);
    body.send(keepAlive);
    await clock.advance(0);
    expect(reader.ended).toBe(false);
    await clock.advance(1);
    expect(reader.ended).toBe(true);
    await waiting;
  });

  it('has five seconds more after each chunk, since some models go on', async () => {
    const { waiting, clock, body } = await finished();
    await clock.advance(4_000);
    body.send(eventOf(text('b')));
    await clock.advance(0);
    expect(clock.nextTimerMs).toBe(5_000);
    await clock.advance(4_000);
    body.send(eventOf(usageChunk), done);
    expect(await waiting).toEqual([text('a'), finish(), text('b'), usageChunk]);
  });

  it('leaves no timer behind, however it ends', async () => {
    const endings: readonly ((opened: Opened) => unknown)[] = [
      ({ body }) => body.send(done),
      ({ body }) => body.end(),
      ({ body }) => body.fail(new Error('ECONNRESET')),
    ];
    for (const end of endings) {
      const opened = await finished();
      end(opened);
      await opened.waiting;
      expect([opened.clock.pendingTimers, opened.scope.aborted, opened.clock.now()]).toEqual([0, false, 0]);
    }
  });

  it('counts from when somebody waits for the rest', async () => {
    const { body, reader, clock } = open();
    body.send(eventOf(finish()));
    await reader.fill();
    reader.take();
    await clock.advance(60_000);
    expect([reader.ended, clock.pendingTimers]).toEqual([false, 0]);
    await clock.runUntil(reader.fill());
    expect([reader.ended, clock.now()]).toEqual([true, 65_000]);
  });
});

describe('an error in a stream', () => {
  const error = { code: 502, message: 'Provider disconnected' };

  it('is an ordinary failure before any output, and known by the id of its chunk', async () => {
    const { body, rest } = open();
    body.send(keepAlive, eventOf({ id: 'gen-9', error, choices: [] }));
    const failure = await failureOf(rest());
    expect(failure).toBeInstanceOf(ProviderError);
    expect(failure).toMatchObject({ status: 502, phase: 'answered', generationId: 'gen-9' });
  });

  it.each([
    ['in the middle of the answer', [text('a')], 'streaming'],
    ['after the finish reason', [text('a'), finish('length')], 'finished'],
  ] as const)('is one of the provider %s', async (_, before, phase) => {
    const { body, rest } = open();
    body.send(...before.map((chunk) => eventOf(chunk)), eventOf({ ...chunkOf({ content: '' }), error }));
    const failure = await failureOf(rest());
    expect(failure).toBeInstanceOf(StreamProviderError);
    expect(failure).toMatchObject({ status: 502, phase, generationId: 'gen-1' });
  });

  it('brings what its chunk says to the answer so far', async () => {
    const { body, rest, assembler } = open();
    body.send(
      eventOf(text('Hel')),
      eventOf({ ...chunkOf({ content: 'lo' }, { finish_reason: 'error' }), error, usage }),
    );
    await failureOf(rest());
    expect(assembler.usage).toEqual(usage);
    expect(assembler.completion()).toMatchObject({
      error,
      choices: [{ finish_reason: 'error', message: { content: 'Hello' } }],
    });
  });
});

describe('an event that is not a chunk', () => {
  it.each(['{"choices":[{"delta":{"content":"secret', '"secret"', '[]', 'null'])(
    'fails the stream without being quoted: %s',
    async (data) => {
      const { body, rest } = open();
      body.send(eventOf(text('a')), eventOf(data));
      const failure = await failureOf(rest());
      expect(failure).toBeInstanceOf(StreamProtocolError);
      expect(failure).toMatchObject({ phase: 'streaming', generationId: 'gen-1', retryable: false });
      expect(String(failure)).not.toContain('secret');
    },
  );
});

it('ends a stream with an event that is not a chunk, once the model has finished', async () => {
  const { body, reader, rest } = open();
  body.send(eventOf(text('a')) + eventOf(finish()) + eventOf('{"usage":{"cost') + eventOf(text('late')));
  expect(await rest()).toEqual([text('a'), finish()]);
  expect(reader.ended).toBe(true);
});

describe('too much of a stream', () => {
  it('is an event larger than eventBytes', async () => {
    const { body, reader, rest } = open({ limits: { eventBytes: 400 }, headers: { 'x-generation-id': 'gen-header' } });
    body.send(eventOf(text('a')), `data: ${'x'.repeat(400)}`);
    const failure = await failureOf(rest());
    expect(failure).toBeInstanceOf(LimitExceededError);
    expect(failure).toMatchObject({
      limit: 400,
      phase: 'streaming',
      billing: 'possible',
      generationId: 'gen-header',
      message: 'One event of the stream is larger than 400 bytes. Raise limits.eventBytes if that is expected.',
    });
    expect(reader.ended).toBe(false);
  });

  it('is a stream larger than answerBytes, keep-alives included', async () => {
    const first = eventOf(text('a'));
    const { body, rest } = open({ limits: { answerBytes: first.length + 10 } });
    body.send(first, ':'.repeat(10), ':');
    const failure = await failureOf(rest());
    expect(failure).toBeInstanceOf(LimitExceededError);
    expect(failure).toMatchObject({
      limit: first.length + 10,
      phase: 'streaming',
      generationId: 'gen-1',
      message: `The stream is larger than ${first.length + 10} bytes. Raise limits.answerBytes if that is expected.`,
    });
  });

  it('is not a stream of exactly answerBytes', async () => {
    const all = eventOf(text('a')) + eventOf(finish());
    const { body, rest } = open({ limits: { answerBytes: all.length } });
    body.send(all).end();
    expect(await rest()).toHaveLength(2);
  });
});

describe('a stream that is ended from outside', () => {
  const reason = new Error('enough');

  it.each([
    ['before any output', []],
    ['in the middle of the answer', [text('a')]],
    ['after the finish reason', [text('a'), finish()]],
  ] as const)('fails with the very reason %s', async (_, before) => {
    const { body, rest, scope, clock } = open();
    body.send(...before.map((chunk) => eventOf(chunk)));
    const failed = failureOf(rest());
    await clock.advance(0);
    scope.abort(reason);
    expect(await failed).toBe(reason);
    expect(clock.pendingTimers).toBe(0);
  });

  it('fails with the reason even when bytes, or the end, arrive at the same time', async () => {
    for (const last of ['send', 'end'] as const) {
      const { body, reader, scope } = open();
      const waiting = failureOf(reader.fill());
      if (last === 'send') body.send(eventOf(text('a')));
      else body.end();
      scope.abort(reason);
      expect(await waiting).toBe(reason);
    }
  });

  it('tells the error of a timer how far it was', async () => {
    const timeout = new TimeoutError('too long', { timer: 'idle-data', timeoutMs: 1 });
    const { body, rest, scope, clock } = open();
    body.send(eventOf(text('a')));
    const failed = failureOf(rest());
    await clock.advance(0);
    scope.abort(timeout);
    expect(await failed).toBe(timeout);
    expect(timeout).toMatchObject({ phase: 'streaming', billing: 'possible', generationId: 'gen-1' });
  });

  it('can be waited for again', async () => {
    const { reader, scope } = open();
    const first = failureOf(reader.fill());
    scope.abort(reason);
    expect([await first, await failureOf(reader.fill())]).toEqual([reason, reason]);
  });
});
