import * as money from '../../src/cost/index.ts';
import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  BudgetExceededError,
  isOpenRouterError,
  OpenRouter,
  type Failover,
  type OpenRouterError,
  type OpenRouterOptions,
} from '../../src/index.ts';
import {
  cutAfter,
  delta,
  endAfter,
  failure,
  FakeClock,
  rateLimited,
  reply,
  resetAfter,
  Simulator,
  stream as streamOf,
  type SimulatedResponse,
} from '../../src/testing/index.ts';
import { goodKey, question } from '../support/simulated-api.ts';

const words = ['The ', 'sky ', 'is ', 'blue ', 'because ', 'of ', 'scattering.'];
const text = words.join('');

function setup(options: OpenRouterOptions = {}): { readonly simulator: Simulator; readonly client: OpenRouter } {
  const simulator = new Simulator();
  return { simulator, client: new OpenRouter({ apiKey: goodKey, transport: simulator.transport, ...options }) };
}

async function failureOf(work: Promise<unknown>): Promise<OpenRouterError> {
  try {
    await work;
  } catch (error) {
    if (isOpenRouterError(error)) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

async function piecesOf(client: OpenRouter, failover: Failover): Promise<readonly string[]> {
  const pieces: string[] = [];
  const stream = await client.chat.stream(question, { failover });
  for await (const piece of stream.textDeltas()) pieces.push(piece);
  return pieces;
}

/** What the model says when it is asked to go on, or from the beginning. */
const goesOn: SimulatedResponse = (exchange) => {
  const { messages } = exchange.request.json as { readonly messages: readonly { readonly content: string }[] };
  const last = messages.length > question.messages.length ? (messages.at(-1)?.content ?? '') : '';
  const left = text.slice(last.length);
  return reply({ content: left.match(/\s*\S+/g) ?? [left] })(exchange);
};

const whole = reply({ content: words, keepAlives: 0 });

/** The ways in which an answer breaks off after so many events. */
const breaks: readonly (readonly [name: string, broken: (events: number) => SimulatedResponse])[] = [
  ['ended in good order', (events) => endAfter(whole, { events })],
  ['cut', (events) => cutAfter(whole, { events })],
  ['reset', (events) => resetAfter(whole, { events })],
  [
    'ended by an error of the provider',
    (events) =>
      streamOf([
        ...words.slice(0, events).map((content) => delta({ content })),
        { error: { code: 502, message: 'The provider is gone' }, choices: [] },
      ]),
  ],
];

describe.each(breaks)('an answer that is %s', (_name, broken) => {
  const cuts = Array.from({ length: words.length }, (_, index) => index + 1);

  describe.each(['restart', 'continue'] as const)('with the failover %s', (failover) => {
    it.each(cuts)('is read once and in order, whichever chunk it breaks off after (%d)', async (events) => {
      const { simulator, client } = setup();
      simulator.next(broken(events), goesOn);
      expect((await piecesOf(client, failover)).join('')).toBe(text);
      expect(simulator.requests).toHaveLength(2);
    });

    it('is whole for whoever waits for it, and tells of every request', async () => {
      const { simulator, client } = setup();
      simulator.next(broken(3), goesOn);
      const { data: stream, response } = await client.chat.stream(question, { failover }).withResponse();
      const completion = await stream.completion();
      expect(completion.choices[0]?.message.content).toBe(text);
      expect(response.attempts).toMatchObject([
        { number: 1, failure: expect.stringMatching(/^stream-/), billing: expect.any(String) },
        { number: 2, status: 200 },
      ]);
      expect(response.attempts[1]?.failure).toBeUndefined();
    });
  });
});

describe('an answer that breaks off', () => {
  it('is the error that it was when nothing else is said', async () => {
    const { simulator, client } = setup();
    simulator.next(cutAfter(whole, { events: 3 }), whole);
    await expect(piecesOf(client, 'off')).rejects.toMatchObject({ kind: 'stream-interrupted' });
    expect(simulator.requests).toHaveLength(1);
  });

  it('goes on with the next model when its own fails again, and never with one that costs money for a free one', async () => {
    const { simulator, client } = setup({
      failover: 'continue',
      maxRetries: 0,
      fallbackModels: ['openai/gpt-4o', 'anthropic/claude-sonnet-4'],
    });
    simulator.next(cutAfter(whole, { events: 3 }), failure(400), goesOn);
    const stream = await client.chat.stream(question);
    expect((await stream.completion()).choices[0]?.message.content).toBe(text);
    expect(simulator.requests.map(({ json }) => (json as { model: string }).model)).toEqual([
      question.model,
      question.model,
      'openai/gpt-4o',
    ]);
  });

  it('is the error that it was when the second answer is another one than the reader has begun', async () => {
    const { simulator, client } = setup();
    simulator.next(cutAfter(whole, { events: 3 }), reply({ content: 'Something else entirely.' }));
    const error = await failureOf(piecesOf(client, 'restart'));
    expect(error).toMatchObject({ kind: 'stream-interrupted' });
    expect(error.partial?.choices[0]?.message.content).toMatch(/^The sky /);
  });

  it('may be another one for whoever waits for the whole', async () => {
    const { simulator, client } = setup();
    simulator.next(cutAfter(whole, { events: 3 }), reply({ content: 'Something else entirely.' }));
    const stream = await client.chat.stream(question, { failover: 'restart' });
    expect((await stream.completion()).choices[0]?.message.content).toBe('Something else entirely.');
  });

  it.each(['restart', 'continue'] as const)('cannot be gone on with in a tool call (%s)', async (failover) => {
    const { simulator, client } = setup();
    const call = reply({ content: null, toolCalls: [{ name: 'weather', arguments: { city: 'Bern' } }] });
    simulator.next(cutAfter(call, { events: 2 }), call);
    const stream = await client.chat.stream(question, { failover });
    const read = async (): Promise<void> => {
      for await (const chunk of stream) expect(chunk.id).toBeTypeOf('string');
    };
    await expect(read()).rejects.toMatchObject({ kind: 'stream-interrupted' });
    expect(simulator.requests).toHaveLength(1);
  });

  it('is not gone on with after the caller has ended it', async () => {
    const { simulator, client } = setup();
    simulator.next(whole, whole);
    const abort = new AbortController();
    const stream = await client.chat.stream(question, { failover: 'restart', signal: abort.signal });
    const reason = new Error('enough');
    const read = async (): Promise<void> => {
      for await (const piece of stream.textDeltas()) if (piece !== '') abort.abort(reason);
    };
    await expect(read()).rejects.toBe(reason);
    expect(simulator.requests).toHaveLength(1);
  });

  it('is under one deadline with all that follow', async () => {
    const { simulator, client } = setup({ timeoutMs: 5_000 });
    simulator.next(cutAfter(whole, { events: 2 }), cutAfter(whole, { events: 3 }), whole);
    const stream = await client.chat.stream(question, { failover: 'continue' });
    await expect(stream.completion()).rejects.toMatchObject({ kind: 'stream-interrupted' });
    expect(simulator.requests).toHaveLength(2);
  });

  it.each(['restart', 'continue'] as const)('is not gone on with by one that says nothing (%s)', async (failover) => {
    const { simulator, client } = setup({ maxRetries: 0, fallbackModels: ['openai/gpt-4o'] });
    const silence = reply({ content: null, finishReason: null });
    simulator.next(cutAfter(whole, { events: 3 }), silence, goesOn);
    expect((await piecesOf(client, failover)).join('')).toBe(text);
    expect(simulator.requests).toHaveLength(3);
    simulator.next(cutAfter(whole, { events: 3 }), silence, silence);
    await expect(piecesOf(client, failover)).rejects.toMatchObject({ kind: 'stream-interrupted' });
  });

  it('is not made whole by one that ends before it has said as much', async () => {
    const { simulator, client } = setup();
    simulator.next(
      cutAfter(whole, { events: 5 }),
      reply({ content: words.slice(0, 2), finishReason: null, keepAlives: 0 }),
    );
    const error = await failureOf(piecesOf(client, 'restart'));
    expect(error).toMatchObject({ kind: 'stream-interrupted' });
  });

  it('is not asked for again when its error came after the finish reason', async () => {
    const { simulator, client } = setup();
    const late = { error: { code: 502, message: 'The provider is gone' }, choices: [] };
    simulator.next(streamOf([delta({ content: text }), delta({ content: '' }, 'stop'), late]), whole);
    await expect(piecesOf(client, 'restart')).rejects.toMatchObject({ kind: 'stream-provider' });
    expect(simulator.requests).toHaveLength(1);
  });

  it('is not followed by one of a model that could not answer before, and asks each of the others once', async () => {
    const [second, third] = ['openai/gpt-4o', 'anthropic/claude-sonnet-4'] as const;
    const { simulator, client } = setup({ maxRetries: 0, fallbackModels: [second, third] });
    simulator.next(
      rateLimited({ limit: 'provider', retryAfterS: 100 }),
      cutAfter(whole, { events: 3 }),
      failure(502),
      failure(502),
    );
    await expect(piecesOf(client, 'restart')).rejects.toMatchObject({ kind: 'stream-interrupted' });
    expect(simulator.requests.map(({ json }) => (json as { model: string }).model)).toEqual([
      question.model,
      second,
      second,
      third,
    ]);
  });

  it('is not asked of the same model again when that refused to say more', async () => {
    const { simulator, client } = setup({ fallbackModels: ['openai/gpt-4o'] });
    const refused = { error: { code: 429, message: 'Slow down' }, choices: [] };
    simulator.next(streamOf([delta({ content: words[0] }), refused]), goesOn);
    expect((await piecesOf(client, 'restart')).join('')).toBe(text);
    expect(simulator.requests.map(({ json }) => (json as { model: string }).model)).toEqual([
      question.model,
      'openai/gpt-4o',
    ]);
  });

  it('is over at its deadline, also when nobody reads it', async () => {
    const clock = new FakeClock();
    const { simulator, client } = setup({ clock, timeoutMs: 5_000 });
    simulator.next(whole);
    const { signal } = new AbortController();
    const stream = await client.chat.stream(question, { failover: 'restart', signal });
    await clock.advance(5_000);
    expect(await stream.settled).toMatchObject({ error: { kind: 'timeout', timer: 'total', timeoutMs: 5_000 } });
    expect(clock.pendingTimers).toBe(0);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(simulator.requests).toMatchObject([{ state: 'closedByClient' }]);
  });

  it('has no deadline when none is wanted', async () => {
    const clock = new FakeClock();
    const { simulator, client } = setup({ clock, timeoutMs: Infinity });
    simulator.next(whole);
    const stream = await client.chat.stream(question, { failover: 'restart' });
    await clock.advance(86_400_000);
    expect((await stream.completion()).choices[0]?.message.content).toBe(text);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is refused before anything is sent when there is no such way', async () => {
    const { simulator, client } = setup();
    expect(() => client.chat.stream(question, { failover: 'sometimes' as Failover })).toThrow(
      'failover must be one of off, restart, continue.',
    );
    expect(simulator.requests).toHaveLength(0);
  });
});

describe('the costs of an answer that breaks off', () => {
  it.each(['restart', 'continue'] as const)(
    'and of the one that follows it are both in the books (%s)',
    async (failover) => {
      const { simulator, client } = setup({ failover });
      simulator.next(cutAfter(whole, { events: 3 }), goesOn);
      const stream = await client.chat.stream(question, { tag: 'chat' });
      expect((await stream.completion()).choices[0]?.message.content).toBe(text);
      expect(client.costs.entries).toMatchObject([
        { unknown: 'stream-interrupted', usd: undefined, tag: 'chat' },
        { unknown: undefined, usd: expect.anything(), tag: 'chat' },
      ]);
      const { settled, left } = await client.costs.reconcile();
      expect([settled.length, left.length]).toEqual([1, 0]);
      expect(simulator.generations).toHaveLength(2);
      expect(client.costs.entries.map(({ usd }) => usd && money.toNumber(usd))).toEqual(
        simulator.generations.map(({ costUsd }) => costUsd),
      );
      expect(client.costs.totals()).toMatchObject({ usd: simulator.spentUsd, unknown: 0, requests: 2 });
    },
  );

  it('are within what the call may cost, all answers together', async () => {
    const { simulator, client } = setup({ failover: 'restart', maxRetries: 0 });
    const request = { ...question, max_tokens: 1_000 };
    // The answer may cost a fraction of a cent, and two of them more than this.
    const { limitUsd } = await refusalOf(client, request);
    simulator.when({ path: '/chat/completions' }, cutAfter(whole, { events: 3 }), { times: 1 });
    const stream = await client.chat.stream(request, { maxCostUsd: limitUsd * 1.5 });
    await expect(stream.completion()).rejects.toMatchObject({ kind: 'stream-interrupted' });
    expect(simulator.requests.filter(({ path }) => path.endsWith('/completions'))).toHaveLength(1);
  });
});

/** What one answer to a request may cost at worst. */
async function refusalOf(client: OpenRouter, request: typeof question): Promise<{ readonly limitUsd: number }> {
  const error = await failureOf(client.chat.create(request, { maxCostUsd: 0 }));
  if (!(error instanceof BudgetExceededError) || error.worstCaseUsd === undefined) throw error;
  return { limitUsd: error.worstCaseUsd };
}
