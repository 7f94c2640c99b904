import { describe, expect, it } from 'vitest';
import { FakeClock, Simulator } from '../index.ts';
import type { SimulatorOptions } from '../index.ts';

const api = 'https://openrouter.ai/api/v1';
const authorization = 'Bearer sk-or-v1-test';
const messages = [{ role: 'user', content: 'Why is the sky blue?' }];

function ask(simulator: Simulator, body: unknown): Promise<Response> {
  return simulator.fetch(`${api}/chat/completions`, {
    method: 'POST',
    headers: { authorization },
    body: JSON.stringify(body),
  });
}

interface Delta {
  readonly reasoning: string;
  readonly reasoning_details?: readonly { readonly type: string }[];
}

/** JSON of a shape that the test knows. */
async function jsonOf(response: Response | Promise<Response>) {
  return JSON.parse(await (await response).text());
}

function eventsOf(text: string) {
  return text.split('\n').flatMap((line) => (line.startsWith('data: {') ? [JSON.parse(line.slice(6))] : []));
}

async function stream(options: SimulatorOptions, body: object): Promise<string> {
  const response = await ask(new Simulator(options), { messages, stream: true, ...body });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  return response.text();
}

describe('a chat answer', () => {
  it('says that it is simulated and repeats the question', async () => {
    const response = await ask(new Simulator(), { model: 'openai/gpt-4o-mini', messages });
    const { choices, model } = await jsonOf(response);
    expect(model).toBe('openai/gpt-4o-mini');
    expect(choices[0].message.content).toContain('simulated answer from openai/gpt-4o-mini');
    expect(choices[0].message.content).toContain('Why is the sky blue?');
  });

  it('has its id in the header too, and it is the one under which it is billed', async () => {
    const simulator = new Simulator();
    const response = await ask(simulator, { model: 'openai/gpt-4o-mini', messages });
    const { id } = await jsonOf(response);
    expect(response.headers.get('x-generation-id')).toBe(id);
    expect(simulator.generations.map((generation) => generation.id)).toEqual([id]);
  });

  it('costs exactly its tokens at the prices of the model', async () => {
    const simulator = new Simulator();
    const response = await ask(simulator, { model: 'openai/gpt-4o-mini', messages });
    const { usage } = await jsonOf(response);
    const picoUsd = usage.prompt_tokens * 150_000 + usage.completion_tokens * 600_000;
    expect(usage.cost).toBe(Number(`${picoUsd}e-12`));
    expect(simulator.spentUsd).toBe(usage.cost);
  });

  it('is the same again for the same seed and another one for another', async () => {
    const clock = new FakeClock();
    const answer = (seed: number): Promise<string> => stream({ seed, clock }, { model: 'openai/gpt-5-mini' });
    expect(await answer(3)).toBe(await answer(3));
    expect(await answer(3)).not.toBe(await answer(4));
  });

  it('is preceded by keep-alives now and then, and parses all the same', async () => {
    const simulator = new Simulator();
    const starts = new Set<string>();
    for (let index = 0; index < 20; index += 1) {
      const text = await (await ask(simulator, { model: 'openai/gpt-4o-mini', messages })).text();
      starts.add(text.slice(0, 2));
      expect(JSON.parse(text).object).toBe('chat.completion');
    }
    expect(starts).toEqual(new Set(['{"', '\n ']));
  });

  it('ends for want of length where the request says so, thoughts included', async () => {
    const response = await ask(new Simulator(), {
      model: 'anthropic/claude-sonnet-4.5',
      messages,
      max_tokens: 3,
      reasoning: {},
    });
    const { choices, usage } = await jsonOf(response);
    expect(choices[0]).toMatchObject({ finish_reason: 'length', native_finish_reason: 'max_tokens' });
    expect(usage.completion_tokens).toBe(3);
  });

  it('fits the schema that the request asks for', async () => {
    const schema = {
      type: 'object',
      properties: { city: { type: 'string' }, degrees: { type: 'number', minimum: 5 } },
    };
    const format = { type: 'json_schema', json_schema: { name: 'weather', schema } };
    const response = await ask(new Simulator(), { model: 'openai/gpt-4o-mini', messages, response_format: format });
    const { choices } = await jsonOf(response);
    expect(JSON.parse(choices[0].message.content)).toEqual({ city: 'simulated', degrees: 5 });
  });

  it('calls a tool when it must or the question names it, and talks about what the tool said', async () => {
    const tools = [
      { type: 'function', function: { name: 'get_weather', parameters: { properties: { city: { type: 'string' } } } } },
    ];
    const request = { model: 'openai/gpt-4o-mini', tools };
    const asked = [{ role: 'user', content: 'Use get_weather for Oslo' }];
    const answerTo = async (body: object) => (await jsonOf(ask(new Simulator(), { ...request, ...body }))).choices[0];
    const call = await answerTo({ messages: asked });
    expect(call).toMatchObject({ finish_reason: 'tool_calls', message: { content: null } });
    expect(call.message.tool_calls[0].function).toEqual({ name: 'get_weather', arguments: '{"city":"simulated"}' });
    expect((await answerTo({ messages, tool_choice: 'required' })).finish_reason).toBe('tool_calls');
    expect((await answerTo({ messages })).finish_reason).toBe('stop');
    const result = { role: 'tool', tool_call_id: 'call_1', content: '-3 °C' };
    const answer = await answerTo({ messages: [...asked, call.message, result] });
    expect(answer.message.content).toContain('The tool said: “-3 °C”');
  });

  it('comes from the model that an alias, a router or a fallback stands for', async () => {
    const modelOf = async (body: object): Promise<string> =>
      (await jsonOf(ask(new Simulator(), { messages, ...body }))).model;
    expect(await modelOf({ model: '~anthropic/claude-haiku-latest' })).toBe('anthropic/claude-haiku-4.5');
    expect(await modelOf({ model: 'openrouter/auto' })).toBe('openai/gpt-4o-mini');
    expect(await modelOf({ model: 'openai/gpt-4o-mini:nitro' })).toBe('openai/gpt-4o-mini');
    expect(await modelOf({ models: ['deepseek/deepseek-r1'] })).toBe('deepseek/deepseek-r1');
  });

  it('is an image where one is asked for, unless the model cannot draw', async () => {
    const request = { messages, modalities: ['image', 'text'] };
    const drawn = await jsonOf(ask(new Simulator(), { ...request, model: 'google/gemini-2.5-flash-image' }));
    expect(drawn.choices[0].message.images[0].image_url.url).toMatch(/^data:image\/png;base64,/);
    expect(drawn.usage.completion_tokens_details.image_tokens).toBeGreaterThan(0);
    expect((await ask(new Simulator(), { ...request, model: 'openai/gpt-4o-mini' })).status).toBe(404);
  });
});

describe('thoughts in a whole answer', () => {
  const detailsOf = async (model: string) =>
    (await jsonOf(ask(new Simulator(), { model, messages, reasoning: { effort: 'low' } }))).choices[0].message
      .reasoning_details;

  it('are sealed as their provider seals them', async () => {
    const signed = await detailsOf('anthropic/claude-sonnet-4.5');
    expect(signed).toMatchObject([{ type: 'reasoning.text', signature: 'simulated-signature', index: 0 }]);
    const types = (await detailsOf('google/gemini-2.5-flash')).map((detail: { type: string }) => detail.type);
    expect(types).toEqual(['reasoning.text', 'reasoning.encrypted']);
    expect(await detailsOf('deepseek/deepseek-r1')).toHaveLength(1);
  });

  it('are kept back where the request says so', async () => {
    const request = { model: 'deepseek/deepseek-r1', messages, reasoning: { exclude: true } };
    const { message } = (await jsonOf(ask(new Simulator(), request))).choices[0];
    expect(message.reasoning).toBeNull();
    expect(message).not.toHaveProperty('reasoning_details');
  });
});

describe('a streamed answer', () => {
  it('says the same as the whole one, and ends in [DONE]', async () => {
    const clock = new FakeClock();
    const model = 'google/gemini-2.5-flash';
    const text = await stream({ clock }, { model });
    const whole = await jsonOf(ask(new Simulator({ clock }), { model, messages }));
    const content = eventsOf(text).map((event) => event.choices[0]?.delta.content ?? '');
    expect(content.join('')).toBe(whole.choices[0].message.content);
    expect(content.length).toBeGreaterThan(20);
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('has the role and a content on every chunk', async () => {
    const events = eventsOf(await stream({ usageChunk: 'repeatsFinish' }, { model: 'openai/gpt-4o-mini' }));
    for (const { choices } of events) {
      expect(choices[0].delta.role).toBe('assistant');
      expect(choices[0].delta.content).toBeTypeOf('string');
    }
  });

  it.each([
    ['repeatsFinish', [{ finish_reason: 'stop' }], [{ finish_reason: 'stop' }]],
    ['nullFinish', [{ finish_reason: 'stop' }], [{ finish_reason: null }]],
    ['noChoices', [{ finish_reason: 'stop' }], []],
  ] as const)('tells its usage after the finish with the shape %s', async (usageChunk, finish, usage) => {
    const events = eventsOf(await stream({ usageChunk }, { model: 'openai/gpt-4o-mini' }));
    expect(events.at(-2)).toMatchObject({ choices: finish });
    expect(events.at(-2)).not.toHaveProperty('usage');
    expect(events.at(-1)).toMatchObject({ choices: usage, usage: { is_byok: false } });
  });

  it('tells its usage on the finish or not at all if told so', async () => {
    const model = 'openai/gpt-4o-mini';
    const [onFinish, none] = [
      await stream({ usageChunk: 'onFinish' }, { model }),
      await stream({ usageChunk: 'none' }, { model }),
    ];
    const finishes = (text: string) => eventsOf(text).filter((event) => event.choices[0].finish_reason === 'stop');
    expect(finishes(onFinish)).toEqual([expect.objectContaining({ usage: expect.anything() })]);
    expect(finishes(none)).toEqual([expect.not.objectContaining({ usage: expect.anything() })]);
  });

  it('thinks first, in the form of its provider', async () => {
    const types = async (model: string): Promise<string[]> => {
      const deltas = eventsOf(await stream({}, { model, reasoning: {} })).flatMap((event) =>
        event.choices.map((choice: { delta: Delta }) => choice.delta),
      );
      const details = deltas.flatMap((delta) => delta.reasoning_details ?? []);
      expect(deltas[0].reasoning).toBe('The');
      return details.slice(-2).map((detail) => `${detail.type} ${Object.keys(detail)[1]}`);
    };
    expect(await types('anthropic/claude-sonnet-4.5')).toEqual(['reasoning.text text', 'reasoning.text signature']);
    expect(await types('openai/gpt-5-mini')).toEqual(['reasoning.summary summary', 'reasoning.encrypted data']);
    expect(await types('deepseek/deepseek-r1')).toEqual(['reasoning.text text', 'reasoning.text text']);
  });
});
