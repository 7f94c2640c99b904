import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  StreamInterruptedError,
  StreamProviderError,
  StreamTruncatedError,
  type ChatChunk,
  type ChatStream,
} from 'openrouter-ts';
import {
  brokenAnswer,
  cutAfter,
  delta,
  endAfter,
  errorIn200,
  FakeClock,
  hangAfter,
  reply,
  resetAfter,
  splitRandomly,
  stream,
} from 'openrouter-ts/testing';
import { question, simulatedApi } from '../support/simulated-api.ts';

const api = simulatedApi();
const poem = reply({ content: ['Roses ', 'are ', 'red, ', 'é👩‍👩‍👧.'], keepAlives: 2 });

async function chunksOf(answer: ChatStream): Promise<readonly ChatChunk[]> {
  const chunks: ChatChunk[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return chunks;
}

/** What the loop got, and how it ended. */
async function read(answer: ChatStream): Promise<{ readonly said: string; readonly error: unknown }> {
  let said = '';
  try {
    for await (const piece of answer.textDeltas()) said += piece;
  } catch (error) {
    return { said, error };
  }
  return { said, error: undefined };
}

describe('chat.stream', () => {
  it("gives the API's own chunks in a loop", async () => {
    api.simulator.next(poem);
    const chunks = await chunksOf(await api.client().chat.stream(question));
    expect(chunks.every(({ object }) => object === 'chat.completion.chunk')).toBe(true);
    expect(chunks.flatMap(({ choices }) => choices.map((choice) => choice.delta.content ?? '')).join('')).toBe(
      'Roses are red, é👩‍👩‍👧.',
    );
    expect(api.simulator.requests[0]).toMatchObject({
      json: { ...question, stream: true },
      headers: { accept: 'text/event-stream' },
    });
  });

  it('gives just the text in a loop', async () => {
    api.simulator.next(poem);
    const pieces: string[] = [];
    for await (const piece of (await api.client().chat.stream(question)).textDeltas()) pieces.push(piece);
    expect(pieces).toEqual(['Roses ', 'are ', 'red, ', 'é👩‍👩‍👧.']);
  });

  it('gives the whole answer, in the shape of one that was not streamed', async () => {
    api.simulator.next(
      reply({ content: 'Look.', reasoning: ['I ', 'think.'], toolCalls: [{ name: 'look', arguments: { at: 'sky' } }] }),
    );
    const answer = await (await api.client().chat.stream(question)).completion();
    expect(answer).toMatchObject({
      object: 'chat.completion',
      choices: [
        {
          finish_reason: 'tool_calls',
          message: {
            content: 'Look.',
            reasoning: 'I think.',
            tool_calls: [{ function: { name: 'look', arguments: '{"at":"sky"}' } }],
          },
        },
      ],
    });
    expect(answer.usage?.cost).toBe(api.simulator.spentUsd);
  });

  it.each([['repeatsFinish'], ['nullFinish'], ['noChoices'], ['onFinish']] as const)(
    'tells the usage wherever the API sends it: %s',
    async (usageChunk) => {
      api.simulator.next(reply({ content: 'Hi', usageChunk }));
      const answer = await api.client().chat.stream(question);
      expect((await answer.completion()).usage?.cost).toBe(api.simulator.spentUsd);
      expect(answer.response.warnings).toEqual([]);
    },
  );

  it('is good without usage, too, and says so', async () => {
    api.simulator.next(reply({ content: 'Hi', usageChunk: 'none' }));
    const answer = await api.client().chat.stream(question);
    expect((await answer.completion()).choices[0]?.message.content).toBe('Hi');
    expect(answer.response.warnings).toEqual(['usage-missing']);
  });

  it('is good without [DONE], and without a byte after the finish reason', async () => {
    api.simulator.next(
      reply({ content: 'Hi', done: false }),
      cutAfter(stream([delta({ content: 'Hi' }), delta({ content: '' }, 'stop')], { done: false })),
    );
    for (let call = 0; call < 2; call += 1)
      expect(await read(await api.client().chat.stream(question))).toEqual({ said: 'Hi', error: undefined });
  });

  it('ends five seconds after the finish reason although the server does not close it', async () => {
    const clock = new FakeClock();
    api.simulator.next(hangAfter(stream([delta({ content: 'Hi' }), delta({ content: '' }, 'stop')], { done: false })));
    const answer = await api.client({ clock }).chat.stream(question);
    const chunks = answer[Symbol.asyncIterator]();
    for (let left = 2; left > 0; left -= 1) await chunks.next();
    const last = chunks.next();
    await clock.advance(5_000);
    expect(await last).toEqual({ done: true, value: undefined });
    expect((await answer.completion()).choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'Hi' } });
    await api.simulator.requests[0]?.over;
    expect(api.simulator.requests[0]?.closedByClient).toBe(true);
  });

  it('is the same however its bytes are cut', async () => {
    api.simulator.when({ stream: true }, splitRandomly(poem, 7));
    const expected = { said: 'Roses are red, é👩‍👩‍👧.', error: undefined };
    for (let call = 0; call < 5; call += 1)
      expect(await read(await api.client().chat.stream(question))).toEqual(expected);
  });

  it('works the same over a fetch of your own', async () => {
    api.simulator.next(poem);
    expect(await read(await api.client({ fetch: globalThis.fetch }).chat.stream(question))).toMatchObject({
      error: undefined,
      said: expect.stringContaining('red'),
    });
  });

  it('keeps its connection for later calls when it was read to its end', async () => {
    const client = api.client();
    for (let call = 0; call < 6; call += 1) await (await client.chat.stream(question)).completion();
    // The next call does not wait for what may still come behind [DONE], so a second connection may be needed.
    expect(api.server.connectionsEver).toBeLessThanOrEqual(2);
  });
});

describe('an answer that breaks off', () => {
  it.each([
    ['is cut by the server', cutAfter(poem, { events: 2 }), StreamInterruptedError],
    ['is reset', resetAfter(poem, { events: 2 }), StreamInterruptedError],
    ['ends in good order, but too early', endAfter(poem, { events: 2 }), StreamTruncatedError],
  ])('fails in the loop, with what had arrived, when its connection %s', async (_, response, kind) => {
    api.simulator.next(response);
    const { data: answer, response: details } = await api.client().chat.stream(question).withResponse();
    const { said, error } = await read(answer);
    expect('Roses are red, é👩‍👩‍👧.'.startsWith(said)).toBe(true);
    expect(said).not.toBe('');
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({
      phase: 'streaming',
      billing: 'possible',
      retryable: false,
      generationId: details.generationId,
      partial: { choices: [{ message: { content: said } }] },
      attempts: [{ number: 1 }],
    });
  });

  it.each([['finishError'], ['finishNull'], ['noChoices'], ['bare']] as const)(
    'fails in the loop when the provider dies, and the error is told like this: %s',
    async (shape) => {
      api.simulator.next(brokenAnswer({ answer: 'Roses are', status: 502, shape, message: 'Provider disconnected' }));
      const { said, error } = await read(await api.client().chat.stream(question));
      expect(said).toBe('Roses are');
      expect(error).toBeInstanceOf(StreamProviderError);
      expect(error).toMatchObject({
        status: 502,
        code: 502,
        billing: 'insured',
        message: expect.stringContaining('Provider disconnected'),
        partial: { choices: [{ message: { content: 'Roses are' } }] },
      });
    },
  );

  it('rejects the call itself when it breaks off before its first output', async () => {
    api.simulator.when({ stream: true }, errorIn200(402, { message: 'Insufficient credits' }));
    await expect(api.client().chat.stream(question)).rejects.toMatchObject({
      name: 'InsufficientCreditsError',
      status: 402,
      phase: 'answered',
    });
  });
});

describe('an answer that nobody wants any more', () => {
  const endless = hangAfter(poem, { events: 3 });

  it.each([
    [
      'break in the loop',
      async (answer: ChatStream) => {
        for await (const _ of answer) break;
      },
    ],
    ['abort() on the stream', async (answer: ChatStream) => answer.abort()],
    ['the end of its scope', async (answer: ChatStream) => answer[Symbol.asyncDispose]()],
  ])('is closed at once by %s', async (_, leave) => {
    api.simulator.next(endless);
    await leave(await api.client().chat.stream(question));
    const [request] = api.simulator.requests;
    await request?.over;
    expect(request?.closedByClient).toBe(true);
  });

  it('is closed at once by an error in the loop, which comes out as it is', async () => {
    api.simulator.next(endless);
    const mine = new Error('mine');
    const answer = await api.client().chat.stream(question);
    const reading = (async () => {
      for await (const chunk of answer) if (chunk !== undefined) throw mine;
    })();
    await expect(reading).rejects.toBe(mine);
    await api.simulator.requests[0]?.over;
    expect(api.simulator.requests[0]?.closedByClient).toBe(true);
  });

  it('fails with the very reason of its signal, and leaves no listener on it', async () => {
    api.simulator.next(endless);
    const controller = new AbortController();
    const reason = new Error('The user has left.');
    const answer = await api.client().chat.stream(question, { signal: controller.signal });
    const reading = read(answer);
    controller.abort(reason);
    expect((await reading).error).toBe(reason);
    await expect(answer.completion()).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    await api.simulator.requests[0]?.over;
    expect(api.simulator.requests[0]?.closedByClient).toBe(true);
  });
});
