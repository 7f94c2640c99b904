import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatChunks } from '../../tests/support/chat-chunks.ts';
import { scriptedAttempt, type AttemptOptions, type ScriptedAttempt } from '../../tests/support/read-context.ts';
import { addUp } from '../../tests/support/reference-completion.ts';
import { chunkOf, done, eventOf, finish, keepAlive, text, usage, usageChunk } from '../../tests/support/sse-text.ts';
import type { Attempt } from '../errors/attempt.ts';
import { ConfigError } from '../errors/config-error.ts';
import { LimitExceededError } from '../errors/limit-exceeded-error.ts';
import { StreamProtocolError, StreamProviderError, StreamTruncatedError } from '../errors/stream-error.ts';
import { type StreamError, StreamInterruptedError } from '../errors/stream-interrupted-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { Settlement } from '../http/outcome.ts';
import type { ChatChunk } from '../wire/chat-chunk.ts';
import type { ChatCompletion } from '../wire/chat-completion.ts';
import { ChatStream } from './chat-stream.ts';
import { ChunkReader } from './chunk-reader.ts';
import { CompletionAssembler } from './completion-assembler.ts';
import { readChatStream } from './read-chat-stream.ts';

interface Opened extends ScriptedAttempt {
  readonly stream: ChatStream;
}

/** Opens a stream whose first output has arrived; the rest is up to the test. */
async function open(first: readonly ChatChunk[] = [text('Hel')], options: AttemptOptions = {}): Promise<Opened> {
  const attempt = scriptedAttempt(options);
  attempt.body.send(...first.map((chunk) => eventOf(chunk)));
  const { value: stream } = await readChatStream(attempt.response, attempt.context);
  return { ...attempt, stream };
}

interface Read {
  readonly chunks: ChatChunk[];
  error: unknown;
}

/** Reads in a loop and says how it ended. */
async function readAll(
  stream: AsyncIterable<ChatChunk>,
  each: (chunk: ChatChunk, index: number) => unknown = () => undefined,
): Promise<Read> {
  const read: Read = { chunks: [], error: undefined };
  try {
    for await (const chunk of stream) {
      read.chunks.push(chunk);
      await each(chunk, read.chunks.length);
    }
  } catch (error) {
    read.error = error;
  }
  return read;
}

function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'nothing failed',
    (error: unknown) => error,
  );
}

const whole = [text('Hel'), text('lo'), finish(), usageChunk];
const rest: string = [...whole.slice(1).map((chunk) => eventOf(chunk)), done].join('');

describe('a loop over a stream', () => {
  it('gets each chunk once, as it came, and ends with the stream', async () => {
    const { stream, body } = await open();
    body.send(keepAlive, rest);
    expect(await readAll(stream)).toEqual({ chunks: whole, error: undefined });
  });

  it('gets a chunk as soon as it is here', async () => {
    const { stream, body, clock } = await open();
    const chunks: ChatChunk[] = [];
    const reading = readAll(stream, (chunk) => chunks.push(chunk));
    await clock.advance(0);
    expect(chunks).toEqual([text('Hel')]);
    body.send(keepAlive);
    await clock.advance(0);
    expect(chunks).toHaveLength(1);
    body.send(eventOf(text('lo')));
    await clock.advance(0);
    expect(chunks).toEqual([text('Hel'), text('lo')]);
    body.send(eventOf(finish()), done);
    await reading;
  });

  it('reads no further than it has got', async () => {
    const { stream, body, clock } = await open();
    body.send(eventOf(text('b')), eventOf(text('c')), eventOf(text('d')));
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    expect(body.pulls).toBe(1);
    await chunks.next();
    await clock.advance(0);
    expect(body.pulls).toBe(2);
  });

  it('may ask for several chunks at once', async () => {
    const { stream, body } = await open();
    const chunks = stream[Symbol.asyncIterator]();
    const asked = [chunks.next(), chunks.next(), chunks.next(), chunks.next(), chunks.next(), chunks.next()];
    body.send(eventOf(text('lo')), eventOf(finish()), eventOf(usageChunk) + done);
    const got = await Promise.all(asked);
    expect(got.map(({ value }) => value)).toEqual([...whole, undefined, undefined]);
    expect(got.map(({ done: over }) => over)).toEqual([false, false, false, false, true, true]);
  });

  it('can be had only once', async () => {
    const { stream, body } = await open();
    body.send(rest);
    await readAll(stream);
    expect(() => stream[Symbol.asyncIterator]()).toThrow(ConfigError);
    expect(() => stream[Symbol.asyncIterator]()).toThrow(
      'This stream is already being read, or was read. Read it once, or take completion().',
    );
    expect((await readAll(stream)).error).toBeInstanceOf(ConfigError);
  });

  it('cannot be had beside another', async () => {
    const { stream, body } = await open();
    const first = stream[Symbol.asyncIterator]();
    expect(() => stream[Symbol.asyncIterator]()).toThrow(ConfigError);
    body.send(rest);
    expect((await first.next()).value).toEqual(text('Hel'));
    expect(first[Symbol.asyncIterator]()).toBe(first);
  });

  it('cannot be had over what completion() has read', async () => {
    const { stream, body } = await open();
    const completion = stream.completion();
    await Promise.resolve();
    expect(() => stream[Symbol.asyncIterator]()).toThrow(ConfigError);
    body.send(rest);
    await completion;
    expect(() => stream[Symbol.asyncIterator]()).toThrow(ConfigError);
  });
});

describe('the text of a stream', () => {
  it('comes in the pieces in which it came, without the empty ones', async () => {
    const { stream, body } = await open([chunkOf({ content: '' }), chunkOf({ reasoning: 'Hm' }), text('Hel')]);
    body.send(eventOf(text('')), rest);
    const texts: string[] = [];
    for await (const piece of stream.textDeltas()) texts.push(piece);
    expect(texts).toEqual(['Hel', 'lo']);
  });

  it('is that of the first choice alone', async () => {
    const other = { ...text(''), choices: [{ index: 1, delta: { content: 'x' }, finish_reason: null }] };
    const { stream, body } = await open([text('Hel'), other]);
    body.send(eventOf(other), rest);
    const texts: string[] = [];
    for await (const piece of stream.textDeltas()) texts.push(piece);
    expect(texts.join('')).toBe('Hello');
  });

  it('fails as the stream does', async () => {
    const { stream, body } = await open();
    body.end();
    const texts: string[] = [];
    const reading = (async () => {
      for await (const piece of stream.textDeltas()) texts.push(piece);
    })();
    await expect(reading).rejects.toBeInstanceOf(StreamTruncatedError);
    expect(texts).toEqual(['Hel']);
  });

  it('closes the connection when its loop is left', async () => {
    const { stream, scope } = await open();
    for await (const piece of stream.textDeltas()) if (piece === 'Hel') break;
    expect(scope.aborted).toBe(true);
  });

  it('can be had only once', async () => {
    const { stream, body } = await open();
    body.send(rest);
    await readAll(stream);
    await expect(stream.textDeltas().next()).rejects.toBeInstanceOf(ConfigError);
  });
});

describe('the completion of a stream', () => {
  const answer = addUp(whole);

  it('reads the stream itself when nobody else does', async () => {
    const { stream, body } = await open();
    body.send(rest);
    expect(await stream.completion()).toEqual(answer);
  });

  it('can be had twice, before and after the end', async () => {
    const { stream, body } = await open();
    const both = [stream.completion(), stream.completion()];
    body.send(rest);
    expect(await Promise.all(both)).toEqual([answer, answer]);
    expect(await stream.completion()).toEqual(answer);
  });

  it('can be had before a loop, which gets every chunk', async () => {
    const { stream, body } = await open();
    const completion = stream.completion();
    const reading = readAll(stream);
    body.send(rest);
    expect(await reading).toEqual({ chunks: whole, error: undefined });
    expect(await completion).toEqual(answer);
  });

  it('can be had before a loop over the text', async () => {
    const { stream, body } = await open();
    const completion = stream.completion();
    const texts: string[] = [];
    body.send(rest);
    for await (const piece of stream.textDeltas()) texts.push(piece);
    expect([texts, await completion]).toEqual([['Hel', 'lo'], answer]);
  });

  it('can be had after a loop', async () => {
    const { stream, body } = await open();
    body.send(rest);
    await readAll(stream);
    expect(await stream.completion()).toEqual(answer);
  });

  it('can be waited for inside a loop, which then gets the chunks that came meanwhile', async () => {
    const { stream, body } = await open();
    body.send(keepAlive, rest);
    let inside: unknown;
    const read = await readAll(stream, async (_, count) => {
      if (count === 2) inside = await stream.completion();
    });
    expect(read).toEqual({ chunks: whole, error: undefined });
    expect(inside).toEqual(answer);
  });

  it('can be waited for inside a loop at its first chunk, and in each turn', async () => {
    const { stream, body } = await open([chunkOf({ content: '' }), text('Hel')]);
    body.send(...whole.slice(1).map((chunk) => eventOf(chunk)), done);
    const inside: unknown[] = [];
    const read = await readAll(stream, async () => inside.push(await stream.completion()));
    expect(read.chunks).toEqual([chunkOf({ content: '' }), ...whole]);
    expect(inside).toEqual(Array.from({ length: 5 }, () => answer));
  });

  it('can be asked for while a loop waits, and takes nothing away from it', async () => {
    const { stream, body, clock } = await open();
    const reading = readAll(stream);
    await clock.advance(0);
    const completion = stream.completion();
    await clock.advance(0);
    for (const chunk of whole.slice(1)) {
      body.send(eventOf(chunk));
      await clock.advance(0);
    }
    body.send(done);
    expect(await reading).toEqual({ chunks: whole, error: undefined });
    expect(await completion).toEqual(answer);
  });

  it('fails as the stream does, with the very same error as the loop', async () => {
    const { stream, body } = await open();
    const completion = failureOf(stream.completion());
    body.send(eventOf(text('lo'))).fail(new Error('ECONNRESET'));
    const read = await readAll(stream);
    expect(read.chunks).toEqual([text('Hel'), text('lo')]);
    expect(read.error).toBeInstanceOf(StreamInterruptedError);
    expect(await completion).toBe(read.error);
    expect(await failureOf(stream.completion())).toBe(read.error);
  });

  it('fails inside a loop, too, which still gets the chunks that had come', async () => {
    const { stream, body } = await open();
    body.send(eventOf(text('lo'))).end();
    let inside: unknown;
    const read = await readAll(stream, async (_, count) => {
      if (count === 1) inside = await failureOf(stream.completion());
    });
    expect(read.chunks).toEqual([text('Hel'), text('lo')]);
    expect(inside).toBeInstanceOf(StreamTruncatedError);
    expect(read.error).toBe(inside);
  });

  it('fails when the loop is left before it is there', async () => {
    const { stream, body } = await open();
    const completion = failureOf(stream.completion());
    body.send(eventOf(text('lo')));
    for await (const chunk of stream) if (chunk !== undefined) break;
    expect(await completion).toBeInstanceOf(StreamInterruptedError);
  });

  it('is no unhandled rejection when nobody waits for it', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): unknown => unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      for (const when of ['before', 'beside', 'after', 'alone'] as const) {
        const { stream, body, clock } = await open();
        if (when === 'before' || when === 'alone') void stream.completion();
        body.end();
        if (when !== 'alone') await readAll(stream, () => when === 'beside' && void stream.completion());
        await clock.advance(0);
        if (when === 'after') void stream.completion();
        await clock.advance(0);
        await clock.advance(0);
      }
    } finally {
      process.off('unhandledRejection', note);
    }
    expect(unhandled).toEqual([]);
  });
});

describe('what a stream says of itself', () => {
  it('is the answer as far as it has arrived', async () => {
    const { stream, body } = await open();
    expect(stream.partial.choices[0]).toMatchObject({ finish_reason: null, message: { content: 'Hel' } });
    body.send(rest);
    await readAll(stream);
    expect(stream.partial).toEqual(addUp(whole));
  });

  it('is how it ended, well', async () => {
    const { stream, body } = await open();
    body.send(rest);
    await readAll(stream);
    expect(await stream.settled).toEqual({
      usage,
      model: 'openai/gpt-4o-mini',
      generationId: 'gen-1',
      error: undefined,
    });
    expect(stream.response.warnings).toEqual([]);
  });

  it('is how it ended, badly', async () => {
    const { stream, body } = await open();
    body.send(eventOf({ ...text('lo'), usage })).end();
    const { error } = await readAll(stream);
    expect(await stream.settled).toEqual({ usage, model: 'openai/gpt-4o-mini', generationId: 'gen-1', error });
  });

  it('settles when the stream is over, and not before', async () => {
    const { stream, body, clock } = await open();
    let settlement: Settlement | undefined;
    void stream.settled.then((value) => (settlement = value));
    body.send(eventOf(finish()), eventOf(usageChunk));
    const reading = readAll(stream);
    await clock.advance(0);
    expect(settlement).toBeUndefined();
    body.send(done);
    await reading;
    expect(settlement).toBeDefined();
  });

  it('warns when the stream brought no usage', async () => {
    const { stream, body } = await open();
    body.send(eventOf(finish()), done);
    await readAll(stream);
    expect(stream.response.warnings).toEqual(['usage-missing']);
    expect(await stream.completion()).not.toHaveProperty('usage');
  });

  it('does not warn so when it broke off', async () => {
    const { stream, body } = await open();
    body.end();
    await readAll(stream);
    expect(stream.response.warnings).toEqual([]);
  });
});

describe('usage and finish reason', () => {
  it.each([
    ['on a chunk without choices', [finish(), usageChunk]],
    ['on a chunk that repeats the finish reason', [finish(), { ...finish(), usage }]],
    ['on a chunk whose finish reason is null again', [finish(), { ...text(''), usage }]],
    ['on the chunk that finishes', [{ ...finish(), usage }]],
    ['before the finish reason', [{ ...text(''), usage }, finish()]],
  ])('may come %s', async (_, last) => {
    const { stream, body } = await open();
    body.send(...last.map((chunk) => eventOf(chunk)), done);
    expect(await stream.completion()).toMatchObject({ usage, choices: [{ finish_reason: 'stop' }] });
    expect(await stream.settled).toMatchObject({ usage, error: undefined });
    expect(stream.response.warnings).toEqual([]);
  });
});

const attempts: readonly Attempt[] = [{ number: 1, startedAt: 0, durationMs: 1, failure: 'rate-limit' }];
const providerError = { code: 502, message: 'Provider disconnected', metadata: { error_type: 'provider_unavailable' } };

describe('a stream that breaks off', () => {
  it.each([
    ['the end of the body', (body: Opened['body']) => body.end(), StreamTruncatedError, 'possible'],
    [
      'a broken connection',
      (body: Opened['body']) => body.fail(new Error('ECONNRESET')),
      StreamInterruptedError,
      'possible',
    ],
    [
      'an error of the provider',
      (body: Opened['body']) => body.send(eventOf({ id: 'gen-1', error: providerError, choices: [] })),
      StreamProviderError,
      'insured',
    ],
    [
      'the finish reason error',
      (body: Opened['body']) => body.send(eventOf(chunkOf({ content: '' }, { finish_reason: 'error' }))),
      StreamProviderError,
      'insured',
    ],
    [
      'the native finish reason network_error',
      (body: Opened['body']) =>
        body.send(eventOf(chunkOf({ content: '' }, { finish_reason: 'stop', native_finish_reason: 'network_error' }))),
      StreamProviderError,
      'insured',
    ],
    [
      'an event that is not a chunk',
      (body: Opened['body']) => body.send(eventOf('{"choices')),
      StreamProtocolError,
      'possible',
    ],
    [
      'too many tool calls',
      (body: Opened['body']) => body.send(eventOf(chunkOf({ tool_calls: [{ index: 5_000 }] }))),
      LimitExceededError,
      'possible',
    ],
    [
      'an event that is too large',
      (body: Opened['body']) => body.send(`data: ${'x'.repeat(2_000)}`),
      LimitExceededError,
      'possible',
    ],
  ])('by %s fails with what had arrived, and is closed', async (_, break_, kind, billing) => {
    const { stream, body, scope } = await open([text('Hel')], { attempts, limits: { eventBytes: 1_000 } });
    body.send(eventOf(text('lo')));
    break_(body);
    body.send(eventOf(text('never')), done);
    const { chunks, error } = await readAll(stream);
    expect(chunks).toEqual([text('Hel'), text('lo')]);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({
      phase: 'streaming',
      billing,
      generationId: 'gen-1',
      attempts,
      retryable: false,
      partial: { id: 'gen-1', choices: [{ message: { content: 'Hello' } }] },
    });
    expect([scope.aborted, scope.reason]).toEqual([true, error]);
    expect(await stream.settled).toMatchObject({ error });
    expect(Object.keys(error as object)).not.toContain('partial');
  });

  it('does so although the server keeps its connection open', async () => {
    const { stream, body, clock } = await open();
    body.send(eventOf({ error: providerError }));
    expect((await readAll(stream)).error).toBeInstanceOf(StreamProviderError);
    expect(clock.now()).toBe(0);
  });

  it('fails after its finish reason, too, when an error comes then', async () => {
    const { stream, body } = await open();
    body.send(eventOf(finish('length')), eventOf({ ...text(''), error: providerError }));
    const { chunks, error } = await readAll(stream);
    expect(chunks).toEqual([text('Hel'), finish('length')]);
    expect(error).toMatchObject({
      name: 'StreamProviderError',
      phase: 'finished',
      partial: { choices: [{ finish_reason: 'length' }] },
    });
  });

  it('has what the last chunk said in its partial answer and its settlement', async () => {
    const { stream, body } = await open();
    body.send(eventOf({ ...chunkOf({ content: 'lo' }), error: providerError, usage }));
    const { chunks, error } = await readAll(stream);
    expect(chunks).toEqual([text('Hel')]);
    expect(error).toMatchObject({
      partial: { usage, error: providerError, choices: [{ message: { content: 'Hello' } }] },
    });
    expect(await stream.settled).toMatchObject({ usage, error });
  });

  it('fails again for whoever asks again', async () => {
    const { stream, body } = await open();
    body.end();
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    const error = await failureOf(chunks.next());
    expect(error).toBeInstanceOf(StreamTruncatedError);
    expect(await failureOf(chunks.next())).toBe(error);
  });

  it('fails with what went wrong inside, if that should happen', async () => {
    const { stream, body, scope } = await open([text('Hel')], { progress: { data: undefined } });
    const bug = new TypeError('a bug');
    Object.defineProperty(body, 'takeReady', {
      value: () => {
        throw bug;
      },
    });
    expect((await readAll(stream)).error).toBe(bug);
    expect(scope.reason).toBe(bug);
  });
});

describe('a stream that is left', () => {
  it.each([
    [
      'by break',
      async (stream: ChatStream) => {
        for await (const chunk of stream) if (chunk !== undefined) break;
      },
    ],
    [
      'by return()',
      async (stream: ChatStream) => {
        const chunks = stream[Symbol.asyncIterator]();
        await chunks.next();
        expect(await chunks.return?.()).toEqual({ done: true, value: undefined });
      },
    ],
    [
      'by return() before its first chunk',
      async (stream: ChatStream) => {
        expect(await stream[Symbol.asyncIterator]().return?.()).toEqual({ done: true, value: undefined });
      },
    ],
    ['by abort()', async (stream: ChatStream) => stream.abort()],
    ['by the end of its scope', async (stream: ChatStream) => stream[Symbol.asyncDispose]()],
  ])('%s is closed, and its completion fails', async (_, leave) => {
    const { stream, body, scope } = await open([text('Hel')], { attempts });
    body.send(rest);
    await leave(stream);
    expect(scope.aborted).toBe(true);
    const error = await failureOf(stream.completion());
    expect(error).toBeInstanceOf(StreamInterruptedError);
    expect(error).toMatchObject({
      message: 'The stream was closed by its reader before its end.',
      phase: 'streaming',
      billing: 'possible',
      generationId: 'gen-1',
      attempts,
      retryable: false,
      partial: { choices: [{ message: { content: 'Hel' } }] },
    });
    expect(scope.reason).toBe(error);
    expect(await stream.settled).toMatchObject({ error });
  });

  it('by an error in its loop is closed, and the error comes out as it is', async () => {
    const { stream, scope } = await open();
    const mine = new Error('mine');
    const { error } = await readAll(stream, () => {
      throw mine;
    });
    expect(error).toBe(mine);
    expect(scope.aborted).toBe(true);
    expect(await stream.settled).toMatchObject({ error: expect.any(StreamInterruptedError) });
  });

  it('gives nothing more afterwards', async () => {
    const { stream, body } = await open([chunkOf({}), text('Hel'), text('x')]);
    body.send(rest);
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    await chunks.return?.();
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });

  it('gives nothing more afterwards, even when completion() had read ahead', async () => {
    const { stream, body } = await open();
    body.send(rest);
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    const completion = await stream.completion();
    stream.abort();
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
    expect(await stream.completion()).toEqual(completion);
  });

  it('is left quietly by whoever waits in a loop while another closes it', async () => {
    const { stream, clock } = await open();
    const reading = readAll(stream);
    await clock.advance(0);
    stream.abort();
    expect(await reading).toEqual({ chunks: [text('Hel')], error: undefined });
  });

  it('is over once: what comes later changes nothing', async () => {
    const { stream, body, scope } = await open();
    body.send(rest);
    await readAll(stream);
    stream.abort(new Error('late'));
    await stream[Symbol.asyncDispose]();
    scope.abort(new Error('later'));
    expect(await stream.completion()).toEqual(addUp(whole));
    expect(await stream.settled).toMatchObject({ error: undefined });
  });

  it('with a reason fails with that', async () => {
    const { stream, clock, scope } = await open();
    const reason = { my: 'reason' };
    const reading = readAll(stream);
    const completion = failureOf(stream.completion());
    await clock.advance(0);
    stream.abort(reason);
    const read = await reading;
    expect(read.error).toBe(reason);
    expect([await completion, scope.reason, (await stream.settled).error]).toEqual([reason, reason, reason]);
    expect(reason).toEqual({ my: 'reason' });
  });

  it.each([
    [
      'by break',
      async (stream: ChatStream) => {
        for await (const chunk of stream) if (chunk.choices[0]?.finish_reason === 'stop') break;
      },
    ],
    [
      'by abort()',
      async (stream: ChatStream) => {
        const chunks = stream[Symbol.asyncIterator]();
        for (let left = 3; left > 0; left -= 1) await chunks.next();
        stream.abort();
        expect(await chunks.next()).toEqual({ done: true, value: undefined });
      },
    ],
  ])('%s after the model had finished has its answer, and is closed all the same', async (_, leave) => {
    const { stream, body, scope } = await open();
    body.send(eventOf(text('lo')), eventOf(finish()));
    await leave(stream);
    expect(scope.aborted).toBe(true);
    expect(scope.reason).toBeInstanceOf(StreamInterruptedError);
    expect(await stream.completion()).toMatchObject({
      choices: [{ finish_reason: 'stop', message: { content: 'Hello' } }],
    });
    expect(await stream.settled).toMatchObject({ error: undefined });
    expect(stream.response.warnings).toEqual(['usage-missing']);
  });

  it('with a reason after the model had finished fails with that', async () => {
    const { stream, body } = await open();
    body.send(eventOf(finish()));
    const chunks = stream[Symbol.asyncIterator]();
    for (let left = 2; left > 0; left -= 1) await chunks.next();
    const reason = new Error('mine');
    stream.abort(reason);
    expect([await failureOf(chunks.next()), await failureOf(stream.completion())]).toEqual([reason, reason]);
  });
});

describe('a stream that is ended by its caller', () => {
  const reason = new Error('enough');

  it('fails with the very reason, for the loop and for completion()', async () => {
    const { stream, body, scope, clock } = await open();
    const completion = failureOf(stream.completion());
    const reading = readAll(stream);
    body.send(eventOf(text('lo')));
    await clock.advance(0);
    scope.abort(reason);
    const { chunks, error } = await reading;
    expect(chunks).toEqual([text('Hel'), text('lo')]);
    expect([error, await completion]).toEqual([reason, reason]);
    expect(await stream.settled).toEqual({
      usage: undefined,
      model: 'openai/gpt-4o-mini',
      generationId: 'gen-1',
      error: reason,
    });
    expect(Object.keys(reason)).toEqual([]);
  });

  it('gives no further chunk, even if some are here', async () => {
    const { stream, body, scope } = await open([chunkOf({}), text('Hel')]);
    body.send(rest);
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    scope.abort(reason);
    expect(await failureOf(chunks.next())).toBe(reason);
  });

  it('fails so after the finish reason, too', async () => {
    const { stream, body, scope, clock } = await open();
    body.send(eventOf(finish()));
    const reading = readAll(stream);
    await clock.advance(0);
    scope.abort(reason);
    expect((await reading).error).toBe(reason);
    expect(clock.pendingTimers).toBe(0);
  });

  it('fails so when nobody reads', async () => {
    const { stream, scope } = await open();
    scope.abort(reason);
    expect((await stream.settled).error).toBe(reason);
    expect((await readAll(stream)).error).toBe(reason);
    expect(await failureOf(stream.completion())).toBe(reason);
  });

  it('fails so when that was in the very moment in which it opened', async () => {
    const attempt = scriptedAttempt();
    const assembler = new CompletionAssembler();
    const reader = new ChunkReader(attempt.response, attempt.context, assembler);
    attempt.scope.abort(reason);
    const response = { status: 200, headers: {}, generationId: undefined, attempts: [], warnings: [] };
    const stream = new ChatStream({ reader, opening: [text('Hel')], response, scope: attempt.scope });
    expect((await stream.settled).error).toBe(reason);
    expect((await readAll(stream)).chunks).toEqual([]);
  });
});

it('is whole when it was, although it was ended in the very moment in which it opened', async () => {
  const attempt = scriptedAttempt();
  const assembler = new CompletionAssembler();
  const reader = new ChunkReader(attempt.response, attempt.context, assembler);
  attempt.body.send(eventOf(text('Hello')) + eventOf(finish()) + done);
  await reader.fill();
  const opening = [reader.take()!, reader.take()!];
  reader.take();
  attempt.scope.abort(new Error('late'));
  const response = { status: 200, headers: {}, generationId: undefined, attempts: [], warnings: reader.warnings };
  const stream = new ChatStream({ reader, opening, response, scope: attempt.scope });
  expect(await readAll(stream)).toEqual({ chunks: opening, error: undefined });
  expect(await stream.settled).toMatchObject({ error: undefined });
  expect(response.warnings).toEqual(['usage-missing']);
});

describe('a stream that is ended by a timer', () => {
  const timeout = (): TimeoutError => new TimeoutError('too long', { timer: 'idle-data', timeoutMs: 1 });

  it('fails with its error, which tells how far it was', async () => {
    const { stream, scope, clock } = await open([text('Hel')], { attempts });
    const reading = readAll(stream);
    await clock.advance(0);
    const late = timeout();
    scope.abort(late);
    expect((await reading).error).toBe(late);
    expect(late).toMatchObject({
      phase: 'streaming',
      billing: 'possible',
      generationId: 'gen-1',
      attempts,
      partial: { choices: [{ message: { content: 'Hel' } }] },
    });
    expect((await stream.settled).error).toBe(late);
  });

  it('has its answer when only usage and end mark were missing', async () => {
    const { stream, body, scope, clock } = await open();
    body.send(eventOf(text('lo')), eventOf(finish()));
    const reading = readAll(stream);
    await clock.advance(0);
    scope.abort(timeout());
    expect(await reading).toEqual({ chunks: [text('Hel'), text('lo'), finish()], error: undefined });
    expect(await stream.completion()).toMatchObject({
      choices: [{ finish_reason: 'stop', message: { content: 'Hello' } }],
    });
    expect(stream.response.warnings).toEqual(['usage-missing']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is over five seconds after its finish reason when its server does not close it', async () => {
    const { stream, body, scope, clock } = await open();
    body.send(eventOf(finish()));
    expect(await clock.runUntil(readAll(stream))).toEqual({ chunks: [text('Hel'), finish()], error: undefined });
    expect(clock.now()).toBe(5_000);
    expect(scope.aborted).toBe(true);
    expect(await stream.settled).toMatchObject({ error: undefined });
    expect((await stream.completion()).choices[0]?.finish_reason).toBe('stop');
    expect(stream.response.warnings).toEqual(['usage-missing']);
  });

  it('is over then for completion(), too', async () => {
    const { stream, body, clock } = await open();
    body.send(eventOf(finish()));
    expect((await clock.runUntil(stream.completion())).choices[0]?.finish_reason).toBe('stop');
    expect(clock.now()).toBe(5_000);
  });
});

/** Cuts bytes into pieces of random sizes. */
function* pieces(bytes: Uint8Array, sizes: Iterator<number>): Generator<Uint8Array> {
  let at = 0;
  while (at < bytes.length) {
    const end = at + Number(sizes.next().value);
    yield bytes.subarray(at, end);
    at = end;
  }
}

const sizes = fc.oneof(
  fc.infiniteStream(fc.integer({ min: 1, max: 7 })),
  fc.infiniteStream(fc.integer({ min: 1, max: 400 })),
);
const between = fc.infiniteStream(fc.constantFrom('', '', keepAlive, ':\n\n', '\n', 'event: message\n'));

describe('whatever the chunks and however their bytes are cut', () => {
  it('a loop gets exactly the chunks, and they add up to the answer', async () => {
    await fc.assert(
      fc.asyncProperty(chatChunks, sizes, between, async (chunks, cuts, noise) => {
        const { body, response, context } = scriptedAttempt();
        const bytes = new TextEncoder().encode(
          [...chunks.map((chunk) => noise.next().value + eventOf(chunk)), done].join(''),
        );
        body.send(...pieces(bytes, cuts)).end();
        const { value: stream } = await readChatStream(response, context);
        expect(await readAll(stream)).toEqual({ chunks, error: undefined });
        expect(await stream.completion()).toEqual(addUp(chunks));
      }),
    );
  });

  it('completion() alone comes to the same', async () => {
    await fc.assert(
      fc.asyncProperty(chatChunks, sizes, async (chunks, cuts) => {
        const { body, response, context } = scriptedAttempt();
        body
          .send(...pieces(new TextEncoder().encode([...chunks.map((chunk) => eventOf(chunk)), done].join('')), cuts))
          .end();
        const { value: stream } = await readChatStream(response, context);
        expect(await stream.completion()).toEqual(addUp(chunks));
      }),
    );
  });
});

describe('a stream that is cut at any byte', () => {
  const poem = 'One é👩‍👩‍👧 three';
  const events = [
    keepAlive,
    ...[text('One '), text('é👩‍👩‍👧 '), text('three'), finish(), usageChunk].map((chunk) => eventOf(chunk)),
    done,
  ];
  const bytes = new TextEncoder().encode(events.join(''));
  const finishedAt = new TextEncoder().encode(events.slice(0, 5).join('')).length;

  it.each([
    ['ends', StreamTruncatedError],
    ['breaks', StreamInterruptedError],
  ])(
    'fails when it %s before the finish reason is whole, with a prefix of the text, and is good after it',
    async (how, kind) => {
      for (let cut = 0; cut <= bytes.length; cut += 1) {
        const { body, response, context } = scriptedAttempt();
        body.send(bytes.subarray(0, cut));
        if (how === 'ends') body.end();
        else body.fail(new Error('ECONNRESET'));
        let said = '';
        const reading = async (): Promise<ChatCompletion> => {
          const { value } = await readChatStream(response, context);
          for await (const piece of value.textDeltas()) said += piece;
          return value.completion();
        };
        const result = await reading().then(
          (completion) => ({ kind: 'whole', text: completion.choices[0]?.message.content }),
          (error: unknown) => ({
            kind: (error as StreamError).constructor,
            text: (error as StreamError).partial?.choices[0]?.message.content ?? '',
          }),
        );
        expect(poem.startsWith(said), `cut at ${cut}`).toBe(true);
        expect({ cut, ...result }).toEqual({
          cut,
          ...(cut < finishedAt ? { kind, text: said } : { kind: 'whole', text: poem }),
        });
      }
    },
  );
});
