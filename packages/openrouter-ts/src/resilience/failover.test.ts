import { describe, expect, it } from 'vitest';
import { goodKey, question } from '../../tests/support/simulated-api.ts';
import { OpenRouter } from '../client/open-router.ts';
import type { ChatStream } from '../streaming/chat-stream.ts';
import {
  cutAfter,
  delta,
  FakeClock,
  failure,
  hangAfter,
  reply,
  Simulator,
  stream as streamOf,
  type SimulatedResponse,
  type StreamEvent,
} from '../testing/index.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import type { Failover } from './failover-options.ts';

interface Asked {
  readonly stream: ChatStream;
  readonly simulator: Simulator;
}

/** Asks a question that is answered like this, and goes on as said. */
async function ask(
  failover: Failover,
  responses: readonly SimulatedResponse[],
  request: ChatRequest = question,
): Promise<Asked> {
  const simulator = new Simulator();
  simulator.next(...responses);
  const client = new OpenRouter({ apiKey: goodKey, transport: simulator.transport, maxRetries: 0 });
  return { stream: await client.chat.stream(request, { failover }), simulator };
}

/** A stream of these events that ends without a word of why. */
function cut(...events: readonly StreamEvent[]): SimulatedResponse {
  return streamOf(events, { done: false });
}

function broken(error: Readonly<Record<string, unknown>>): SimulatedResponse {
  return streamOf([delta({ content: 'Hello ' }), { error, choices: [] }]);
}

async function textOf(stream: ChatStream): Promise<string> {
  let text = '';
  for await (const piece of stream.textDeltas()) text += piece;
  return text;
}

async function chunksOf(stream: ChatStream): Promise<readonly unknown[]> {
  const chunks: unknown[] = [];
  for await (const { choices } of stream) chunks.push(...choices.map((choice) => choice.delta));
  return chunks;
}

const world = reply({ content: 'Hello world', keepAlives: 0 });

function lastMessage(simulator: Simulator): unknown {
  return simulator.requests.map(({ json }) => (json as ChatRequest).messages.at(-1)).at(-1);
}

describe('an answer that is gone on with', () => {
  it('is asked for with what had arrived, without the white space at its end, which is not read twice', async () => {
    const { stream, simulator } = await ask('continue', [
      cut(delta({ content: 'Hello \n' })),
      reply({ content: ' \nworld' }),
    ]);
    expect(await textOf(stream)).toBe('Hello \nworld');
    expect(lastMessage(simulator)).toEqual({ role: 'assistant', content: 'Hello' });
  });

  it('does not repeat thoughts', async () => {
    const first = cut(delta({ reasoning: 'Hm. ' }), delta({ content: 'Hello ' }));
    const { stream, simulator } = await ask('continue', [
      first,
      streamOf([delta({ reasoning: 'Hm again.' }), delta({ content: 'world' }), delta({}, 'stop')]),
    ]);
    const deltas = await chunksOf(stream);
    expect(deltas).toContainEqual(expect.objectContaining({ reasoning: 'Hm. ' }));
    expect(JSON.stringify(deltas)).not.toContain('Hm again');
    expect(simulator.requests).toHaveLength(2);
  });

  it('begins anew where there are only thoughts, JSON was asked for, or there is no conversation', async () => {
    const thoughts = cut(delta({ reasoning: 'Hm.' }));
    const anew = await ask('continue', [thoughts, world]);
    expect(await textOf(anew.stream)).toBe('Hello world');
    expect(lastMessage(anew.simulator)).toEqual(question.messages.at(-1));

    const inJson = { ...question, response_format: { type: 'json_object' } } as const;
    const json = await ask('continue', [cut(delta({ content: 'Hello' })), world], inJson);
    expect(await textOf(json.stream)).toBe('Hello world');
    expect(lastMessage(json.simulator)).toEqual(question.messages.at(-1));

    const prompt = { prompt: 'Say hello.' } as unknown as ChatRequest;
    const old = await ask('continue', [cut(delta({ content: 'Hello' })), world], prompt);
    expect(await textOf(old.stream)).toBe('Hello world');
  });

  it('tells status, headers and id of the answer that is read', async () => {
    const { stream } = await ask('continue', [
      cutAfter(world, { events: 2 }),
      reply({ content: ' world', headers: { 'x-own': 'second' } }),
    ]);
    const first = stream.response.generationId;
    await stream.completion();
    const { status, headers, generationId, warnings } = stream.response;
    expect({ status, own: headers['x-own'], warnings }).toEqual({ status: 200, own: 'second', warnings: [] });
    expect(generationId).not.toBe(first);
  });
});

describe('an answer that begins anew', () => {
  it('is joined where it repeats what the reader has, whatever the shape of its chunks', async () => {
    const odd = [
      { id: 'x', choices: [{ index: 0 }] },
      { id: 'x' },
      delta({ content: 'Hel' }),
      delta({ content: 'lo wor' }),
      delta({ content: 'ld' }, 'stop'),
    ];
    const { stream } = await ask('restart', [cut(delta({ content: 'Hello ' })), streamOf(odd, { bare: true })]);
    expect(await textOf(stream)).toBe('Hello world');
  });

  it.each<[name: string, events: readonly StreamEvent[]]>([
    ['says something else', [delta({ content: 'Good morning' }, 'stop')]],
    ['ends sooner', [delta({ content: 'Hel' }, 'stop')]],
    ['ends sooner without a word of why', [delta({ content: 'Hel' })]],
    ['calls a tool', [delta({ tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'f' } }] })]],
  ])('is not read when it %s', async (_name, events) => {
    const { stream } = await ask('restart', [cut(delta({ content: 'Hello ' })), streamOf(events)]);
    await expect(textOf(stream)).rejects.toMatchObject({ kind: 'stream-truncated' });
    expect(stream.partial.choices[0]?.message.content).toBe('Hello ');
  });
});

describe('another answer', () => {
  it.each([[undefined], ['server_error'], [408], [502], [529]])('follows a failure with the code %s', async (code) => {
    const { stream } = await ask('restart', [broken({ message: 'no', ...(code !== undefined && { code }) }), world]);
    expect(await textOf(stream)).toBe('Hello world');
  });

  it.each([400, 402, 403])('does not follow a failure with the code %d', async (code) => {
    const { stream, simulator } = await ask('restart', [broken({ message: 'no', code }), world]);
    await expect(textOf(stream)).rejects.toMatchObject({ kind: 'stream-provider', status: code });
    expect(simulator.requests).toHaveLength(1);
  });

  it.each<[what: string, event: StreamEvent]>([
    ['one of several choices', { choices: [0, 1].map((index) => ({ index, delta: { content: 'Hello' } })) }],
    ['a picture', delta({ images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } }] })],
    ['sound', delta({ audio: { data: 'AA' } })],
    ['a refusal', delta({ refusal: 'No' })],
  ])('does not follow %s', async (_what, event) => {
    const { stream, simulator } = await ask('restart', [cut(delta({ content: 'Hi' }), event), world]);
    await expect(textOf(stream)).rejects.toMatchObject({ kind: 'stream-truncated' });
    expect(simulator.requests).toHaveLength(1);
  });

  it('follows a silence', async () => {
    const clock = new FakeClock();
    const simulator = new Simulator({ clock });
    simulator.next(hangAfter(world, { events: 2 }), world);
    const client = new OpenRouter({ apiKey: goodKey, transport: simulator.transport, clock, failover: 'restart' });
    const text = clock.runUntil(client.chat.stream(question).then(textOf));
    expect(await text).toBe('Hello world');
  });

  it('may fail too, and then the reader gets the first failure', async () => {
    const { stream, simulator } = await ask('restart', [cut(delta({ content: 'Hello ' })), failure(503)]);
    await expect(textOf(stream)).rejects.toMatchObject({ kind: 'stream-truncated' });
    expect(simulator.requests).toHaveLength(2);
  });

  it('is not asked for when the first one does not even begin', async () => {
    await expect(ask('restart', [failure(503)])).rejects.toMatchObject({ status: 503 });
  });

  it('is not begun after the caller has ended it', async () => {
    const simulator = new Simulator();
    simulator.next(cut(delta({ content: 'Hello ' })), (exchange) => {
      abort.abort('enough');
      return world(exchange);
    });
    const abort = new AbortController();
    const client = new OpenRouter({ apiKey: goodKey, transport: simulator.transport });
    const stream = await client.chat.stream(question, { failover: 'continue', signal: abort.signal });
    await expect(textOf(stream)).rejects.toBe('enough');
  });
});

describe('what one call says', () => {
  it('goes before what the client says', async () => {
    const simulator = new Simulator();
    simulator.next(cut(delta({ content: 'Hello ' })), failure(400), failure(400), world);
    const client = new OpenRouter({ apiKey: goodKey, transport: simulator.transport, maxRetries: 0 });
    const stream = await client.chat.stream(
      { ...question, model: 'qwen/qwen3-4b:free' },
      {
        failover: 'restart',
        fallbackModels: ['openai/gpt-4o', 'anthropic/claude-sonnet-4.5'],
        allowPaidFallback: true,
        timeoutMs: 5_000,
      },
    );
    expect(await textOf(stream)).toBe('Hello world');
    const models = simulator.requests.map(({ json }) => (json as ChatRequest).model);
    expect(models.slice(1)).toEqual(['qwen/qwen3-4b:free', 'openai/gpt-4o', 'anthropic/claude-sonnet-4.5']);
  });
});
