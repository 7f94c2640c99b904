import { describe, expect, it } from 'vitest';
import { Simulator } from '../index.ts';

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

describe('what needs more than a key', () => {
  it('is the account: only a management key may see it', async () => {
    const response = await get(new Simulator(), '/credits');
    expect(response.status).toBe(403);
    expect((await jsonOf(response)).error.message).toBe('Only management keys can perform this operation');
  });
});

describe('a body that is no JSON', () => {
  it('is refused', async () => {
    const request = { method: 'POST', headers: { authorization }, body: '{"messages":' };
    expect((await new Simulator().fetch(`${api}/chat/completions`, request)).status).toBe(400);
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
    expect(model('~anthropic/claude-haiku-latest').alias_target.slug).toBe('anthropic/claude-haiku-4.5');
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
