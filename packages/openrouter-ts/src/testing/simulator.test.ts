import { describe, expect, it } from 'vitest';
import { failure, reply, Simulator } from './index.ts';

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

/** JSON of a shape that the test knows. */
async function jsonOf(response: Response | Promise<Response>) {
  return JSON.parse(await (await response).text());
}

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

  it('may be meant for streams only, or for any condition', async () => {
    const simulator = new Simulator()
      .when({ stream: true }, failure(503))
      .when((request) => request.headers['x-bad'] === 'yes', failure(418));
    const request = { model: 'openai/gpt-4o-mini', messages };
    expect((await ask(simulator, request)).status).toBe(200);
    expect((await ask(simulator, { ...request, stream: true })).status).toBe(503);
    const bad = await simulator.fetch(`${api}/models`, { headers: { 'x-bad': 'yes' } });
    expect(bad.status).toBe(418);
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
