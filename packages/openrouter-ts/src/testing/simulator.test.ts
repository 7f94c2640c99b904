import { describe, expect, it } from 'vitest';
import { reply, FakeClock, failure, Simulator } from './index.ts';
import type { SimulatorOptions } from './index.ts';

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

function get(simulator: Simulator, path: string): Promise<Response> {
  return simulator.fetch(`${api}${path}`, { headers: { authorization } });
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
    expect(await modelOf({ model: '~anthropic/claude-sonnet-latest' })).toBe('anthropic/claude-sonnet-4.5');
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

describe('what is told it to do', () => {
  it('happens once each in the order of the telling, and then everything is as usual', async () => {
    const simulator = new Simulator().next(failure(500), reply('Yes.'));
    const statuses = [];
    for (let index = 0; index < 3; index += 1)
      statuses.push((await ask(simulator, { model: 'openai/gpt-4o-mini', messages })).status);
    expect(statuses).toEqual([500, 200, 200]);
  });

  it('happens to the requests that are meant, as often as is said', async () => {
    const simulator = new Simulator().when({ model: 'deepseek/deepseek-r1' }, failure(503), { times: 1 });
    const status = async (model: string): Promise<number> => (await ask(simulator, { model, messages })).status;
    expect(await status('openai/gpt-4o-mini')).toBe(200);
    expect(await status('deepseek/deepseek-r1')).toBe(503);
    expect(await status('deepseek/deepseek-r1')).toBe(200);
  });

  it('is the latest telling if several fit, and comes before what is next', async () => {
    const simulator = new Simulator()
      .next(failure(500))
      .when({ path: '/key' }, failure(429))
      .when({ method: 'GET' }, failure(502));
    expect((await get(simulator, '/key')).status).toBe(502);
    expect((await ask(simulator, { messages, model: 'x/y' })).status).toBe(500);
  });

  it('works for models that no catalogue has', async () => {
    const response = await ask(new Simulator().next(reply('Hi')), { model: 'my/own', messages });
    expect(await jsonOf(response)).toMatchObject({
      model: 'my/own',
      usage: { cost: 0 },
      choices: [{ message: { content: 'Hi' } }],
    });
  });
});

describe('the records', () => {
  it('have each request as it was received', async () => {
    const simulator = new Simulator();
    await get(simulator, '/models?limit=2');
    await ask(simulator, { model: 'openai/gpt-4o-mini', messages });
    expect(simulator.requests).toMatchObject([
      { number: 1, method: 'GET', path: '/api/v1/models', query: { limit: '2' }, json: undefined },
      { number: 2, method: 'POST', headers: { authorization }, json: { messages } },
    ]);
  });

  it('tell when a number of requests has arrived', async () => {
    const simulator = new Simulator();
    const second = simulator.received(2);
    await get(simulator, '/models');
    await get(simulator, '/key');
    expect((await second).path).toBe('/api/v1/key');
    expect((await simulator.received(1)).path).toBe('/api/v1/models');
  });

  it('forget what is too old, but not what was spent', async () => {
    const simulator = new Simulator({ remember: 2 });
    for (let index = 0; index < 5; index += 1)
      await (await ask(simulator, { model: 'openai/gpt-4o-mini', messages })).text();
    expect(simulator.requests.map((request) => request.number)).toEqual([4, 5]);
    expect(simulator.generations).toHaveLength(2);
    const remembered = simulator.generations.reduce((sum, generation) => sum + generation.costUsd, 0);
    expect(simulator.spentUsd).toBeGreaterThan(remembered * 2);
  });
});

describe('the bill', () => {
  async function closeAfterSomeText(model: string): Promise<Simulator> {
    const simulator = new Simulator();
    const controller = new AbortController();
    const { signal } = controller;
    const body = JSON.stringify({ model, messages, stream: true });
    const request = { method: 'POST', headers: { authorization }, body, signal };
    const { body: stream } = await simulator.fetch(`${api}/chat/completions`, request);
    const reader = stream!.getReader();
    for (let index = 0; index < 8; index += 1) await reader.read();
    controller.abort();
    await expect(reader.read()).rejects.toBe(signal.reason);
    return simulator;
  }

  it('of a closed stream is for what was said so far, where the provider stops', async () => {
    const simulator = await closeAfterSomeText('openai/gpt-4o-mini');
    expect(simulator.generations).toMatchObject([{ cancelled: true, finishReason: null }]);
    const { tokens, costUsd } = simulator.generations[0]!;
    expect(tokens.completion).toBeLessThanOrEqual(8);
    expect(costUsd).toBe(Number(`${tokens.prompt * 150_000 + tokens.completion * 600_000}e-12`));
  });

  it('of a closed stream is for everything where the provider goes on', async () => {
    const simulator = await closeAfterSomeText('google/gemini-2.5-flash');
    expect(simulator.generations).toMatchObject([{ cancelled: true }]);
    expect(simulator.generations[0]!.tokens.completion).toBeGreaterThan(20);
  });

  it('can be asked for only after a while', async () => {
    const simulator = new Simulator({ generationLag: 2 });
    const { id } = await jsonOf(ask(simulator, { model: 'openai/gpt-4o-mini', messages }));
    const statuses = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await get(simulator, `/generation?id=${id}`)).status);
    expect(statuses).toEqual([404, 404, 200]);
    const { data } = await jsonOf(get(simulator, `/generation?id=${id}`));
    expect(data).toMatchObject({ id, total_cost: simulator.spentUsd, cancelled: false, model: 'openai/gpt-4o-mini' });
    const unknown = await get(simulator, '/generation?id=gen-none');
    expect(await jsonOf(unknown)).toEqual({ error: { message: 'Generation gen-none not found', code: 404 } });
  });

  it('counts against the limit of the key', async () => {
    const simulator = new Simulator({ keyLimitUsd: 0.0001 });
    const request = { model: 'openai/gpt-4o-mini', messages };
    const tooLong = await ask(simulator, request);
    expect(tooLong.status).toBe(402);
    expect((await jsonOf(tooLong)).error.message).toMatch(/requested up to 16384 tokens, but can only afford 16\d\./);
    expect((await ask(simulator, { ...request, max_tokens: 100 })).status).toBe(200);
    const { data } = await jsonOf(get(simulator, '/key'));
    expect(data.limit_remaining).toBeCloseTo(0.0001 - simulator.spentUsd, 12);
    simulator.next(reply({ usage: { cost: 0.01 } }));
    await (await ask(simulator, request)).text();
    expect((await ask(simulator, request)).status).toBe(403);
  });
});

describe('what the API refuses', () => {
  it.each([
    [{ model: 'no/such', messages }, 400, 'no/such is not a valid model ID'],
    [{ model: 'openai/gpt-4o-mini' }, 400, 'Input required: specify "prompt" or "messages"'],
    [{ models: ['openai/gpt-4o-mini', 'no/such'], messages }, 400, 'no/such is not a valid model ID'],
  ])('%j', async (body, status, message) => {
    const response = await ask(new Simulator(), body);
    expect(response.status).toBe(status);
    expect((await jsonOf(response)).error).toEqual({ message, code: status });
  });

  it('is a missing, empty or unknown key', async () => {
    const simulator = new Simulator({ apiKeys: ['right'] });
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await simulator.fetch(`${api}/key`, { headers })).status;
    expect(await status({})).toBe(401);
    expect(await status({ authorization: 'Bearer ' })).toBe(401);
    expect(await status({ authorization: 'Bearer wrong' })).toBe(401);
    expect(await status({ authorization: 'Bearer right' })).toBe(200);
  });

  it('is an address outside the API, with a web page', async () => {
    const response = await new Simulator().fetch('https://openrouter.ai/v1/chat/completions', {
      method: 'POST',
      body: '{}',
    });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('text/html');
  });
});

describe('the catalogue', () => {
  it('has real prices, a free model, a price step, an unknown price and an alias', async () => {
    const { data, total_count } = await jsonOf(get(new Simulator(), '/models?output_modalities=all'));
    expect(total_count).toBe(data.length);
    const model = (id: string) => data.find((entry: { id: string }) => entry.id === id);
    expect(model('openai/gpt-4o-mini').pricing).toMatchObject({ prompt: '0.00000015', completion: '0.0000006' });
    expect(model('openai/gpt-oss-20b:free').pricing).toEqual({ prompt: '0', completion: '0' });
    expect(model('anthropic/claude-sonnet-4.5').pricing.overrides[0].min_prompt_tokens).toBe(200_000);
    expect(model('openrouter/auto').pricing.prompt).toBe('-1');
    expect(model('~anthropic/claude-sonnet-latest').alias_target.slug).toBe('anthropic/claude-sonnet-4.5');
  });

  it('comes in pages once a page is asked for', async () => {
    const simulator = new Simulator();
    const first = await jsonOf(get(simulator, '/models?limit=4'));
    expect(first.data).toHaveLength(4);
    expect(first.links.next).toBe('/api/v1/models?offset=4&limit=4');
    const all = await jsonOf(get(simulator, '/models'));
    expect(all.links.next).toBeNull();
  });

  it('tells of one model and of who serves it', async () => {
    const simulator = new Simulator();
    const { data } = await jsonOf(get(simulator, '/model/anthropic/claude-sonnet-4.5'));
    expect(data.canonical_slug).toBe('anthropic/claude-4.5-sonnet-20250929');
    const served = await jsonOf(get(simulator, data.links.details.slice('/api/v1'.length)));
    expect(served.data.endpoints).toMatchObject([{ provider_name: 'Anthropic', tag: 'anthropic' }]);
  });

  it('can be another one', async () => {
    const simulator = new Simulator({ models: [{ id: 'a/b', pricing: { prompt: '1', completion: '2' } }] });
    const { data } = await jsonOf(get(simulator, '/models'));
    expect(data.map((model: { id: string }) => model.id)).toEqual(['a/b']);
    const { usage } = await jsonOf(ask(simulator, { messages }));
    expect(usage.cost).toBe(usage.prompt_tokens + 2 * usage.completion_tokens);
  });
});
