import { describe, expect, it } from 'vitest';
import { OpenRouter } from '../client/open-router.ts';
import { ConfigError } from '../errors/config-error.ts';
import { ResponseFormatError } from '../errors/response-format-error.ts';
import { NotFoundError } from '../errors/status-errors.ts';
import { json, Simulator, type SimulatorOptions } from '../testing/index.ts';

function setup(options?: SimulatorOptions): {
  simulator: Simulator;
  models: OpenRouter['models'];
  asked: () => string[];
} {
  const simulator = new Simulator(options);
  const { models } = new OpenRouter({ apiKey: 'k', transport: simulator.transport, maxRetries: 0 });
  const asked = (): string[] =>
    simulator.requests.map(({ method, url }) => `${method} ${url.replace(/^.*\/api\/v1/, '')}`);
  return { simulator, models, asked };
}

async function idsOf(list: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of list) ids.push(id);
  return ids;
}

describe('a listing of models', () => {
  it('is the JSON of the API, with lists joined by commas and nothing sent that is not said', async () => {
    const { models, asked } = setup();
    const list = await models.list({
      supported_parameters: ['tools', 'structured_outputs'],
      output_modalities: ['text', 'image'],
      input_modalities: 'image',
      max_price: 0.3,
      q: 'gpt & co',
      zdr: null,
      category: undefined,
      unheard_of: true,
    });
    expect(asked()).toEqual([
      'GET /models?supported_parameters=tools%2Cstructured_outputs&output_modalities=text%2Cimage&input_modalities=image&max_price=0.3&q=gpt+%26+co&unheard_of=true',
    ]);
    expect(list).toMatchObject({ data: [], total_count: 0, links: { next: null } });
  });

  it('comes whole without parameters, from one request', async () => {
    const { models, asked } = setup();
    const list = models.list();
    const ids = await idsOf(list);
    expect(ids).toEqual((await list).data.map(({ id }) => id));
    expect(ids).toContain('openai/gpt-4o-mini');
    expect(asked()).toEqual(['GET /models']);
  });

  it('is walked through page by page, with the same filters and the same headers', async () => {
    const { simulator, models } = setup();
    const whole = await idsOf(models.list({ supported_parameters: 'tools' }));
    const paged = await idsOf(models.list({ supported_parameters: 'tools', limit: 3 }, { headers: { 'x-mine': '1' } }));
    expect(paged).toEqual(whole);
    const [, ...pages] = simulator.requests;
    expect(pages.map(({ query }) => query['offset'])).toEqual([
      undefined,
      ...pages.slice(1).map((_, page) => String(3 * (page + 1))),
    ]);
    expect(pages.length).toBe(Math.ceil(whole.length / 3));
    for (const { query, headers } of pages) {
      expect(query).toMatchObject({ supported_parameters: 'tools', limit: '3' });
      expect(headers['x-mine']).toBe('1');
    }
  });

  it('may be of the account, or of models that embed', async () => {
    const { models, asked } = setup();
    expect(await idsOf(models.user({ limit: 1_000, output_modalities: 'embeddings' }))).toEqual([
      'openai/text-embedding-3-small',
    ]);
    expect(await idsOf(models.embeddings())).toEqual(['openai/text-embedding-3-small']);
    expect(asked()).toEqual(['GET /models/user?limit=1000&output_modalities=embeddings', 'GET /embeddings/models']);
  });

  it('tells its status and headers too', async () => {
    const { data, response } = await setup().models.list().withResponse();
    expect(data.data.length).toBeGreaterThan(5);
    expect(response).toMatchObject({
      status: 200,
      headers: { 'cache-control': expect.stringContaining('max-age=300') },
    });
  });

  it('that has no list in it is an error, and not an empty list', async () => {
    const { simulator, models } = setup();
    simulator.when({ path: '/models' }, json({ models: [] }));
    await expect(models.list()).rejects.toThrow(ResponseFormatError);
    await expect(idsOf(models.list())).rejects.toThrow(
      'GET /models was answered with status 200 and JSON without a list in `data`.',
    );
  });

  it('is an RSS feed only by another name', async () => {
    const { models, asked } = setup();
    await expect(models.list({ use_rss: true })).rejects.toThrow(ConfigError);
    expect(asked()).toEqual([]);
    const { data, response } = await models
      .feed({ q: 'nano', output_modalities: 'all', use_rss_chat_links: true })
      .withResponse();
    expect(response.headers['content-type']).toBe('application/rss+xml');
    expect(data).toContain('<link>https://openrouter.ai/chat?models=google%2Fgemini-2.5-flash-image</link>');
    expect(await models.feed({ q: 'r1' })).toContain('<link>https://openrouter.ai/deepseek/deepseek-r1</link>');
  });
});

describe('one model', () => {
  it('is looked up by id, variant, permanent slug or alias', async () => {
    const { models, asked } = setup();
    expect((await models.get('openai/gpt-oss-20b:free')).pricing).toEqual({ prompt: '0', completion: '0' });
    expect((await models.get('openai/gpt-5-mini-2025-08-07')).id).toBe('openai/gpt-5-mini');
    expect((await models.get('~anthropic/claude-haiku-latest')).id).toBe('anthropic/claude-haiku-4.5');
    expect(asked()).toEqual([
      'GET /model/openai/gpt-oss-20b:free',
      'GET /model/openai/gpt-5-mini-2025-08-07',
      'GET /model/~anthropic/claude-haiku-latest',
    ]);
  });

  it('has endpoints', async () => {
    const { models, asked } = setup();
    const { id, endpoints } = await models.endpoints('anthropic/claude-haiku-4.5');
    expect(id).toBe('anthropic/claude-haiku-4.5');
    expect(endpoints.map(({ tag }) => tag)).toContain('google-vertex/us-east5');
    expect(asked()).toEqual(['GET /models/anthropic/claude-haiku-4.5/endpoints']);
  });

  it('that does not exist is a NotFoundError', async () => {
    await expect(setup().models.get('openai/gpt-0')).rejects.toThrow(NotFoundError);
    await expect(setup().models.endpoints('openai/gpt-0')).rejects.toThrow(NotFoundError);
  });

  it('that is misspelled is not asked for', async () => {
    const { models, asked } = setup();
    const wrong: unknown = undefined;
    for (const id of ['gpt-4o', wrong as string]) {
      for (const look of [models.get(id), models.endpoints(id), models.imageEndpoints(id)])
        await expect(look).rejects.toThrow(ConfigError);
    }
    expect(asked()).toEqual([]);
  });
});

describe('the other listings', () => {
  it('count models', async () => {
    const { models, asked } = setup();
    expect(await models.count({ output_modalities: ['embeddings', 'image'] })).toEqual({ count: 3 });
    const { count } = await models.count();
    expect(count).toBe((await models.list()).total_count);
    expect(asked().slice(0, 2)).toEqual([
      'GET /models/count?output_modalities=embeddings%2Cimage',
      'GET /models/count',
    ]);
  });

  it('name the endpoints that keep nothing', async () => {
    const { models, asked } = setup();
    const { data } = await models.zdrEndpoints();
    expect(data.map(({ model_id, tag }) => `${model_id} ${tag}`)).toContain('openai/gpt-4o-mini azure');
    expect(asked()).toEqual(['GET /endpoints/zdr']);
  });

  it('tell of models that draw and of models that film', async () => {
    const film = {
      id: 'google/veo',
      pricing: { prompt: '0', completion: '0.5' },
      outputModalities: ['video'],
    } as const;
    const draw = {
      id: 'a/draws',
      pricing: { prompt: '0', completion: '1', image_output: '0.04' },
      outputModalities: ['image'],
    } as const;
    const { models, asked } = setup({ models: [film, draw] });
    const [image] = (await models.images()).data;
    expect(image).toMatchObject({ id: 'a/draws', supported_parameters: { n: { type: 'range', max: 4 } } });
    expect((await models.imageEndpoints('a/draws')).endpoints).toMatchObject([{ pricing: [{ cost_usd: 0.04 }] }]);
    await expect(models.imageEndpoints('google/veo')).rejects.toThrow(NotFoundError);
    expect((await models.videos()).data).toMatchObject([{ id: 'google/veo', pricing_skus: { generate: '0.5' } }]);
    expect(asked()).toEqual([
      'GET /images/models',
      'GET /images/models/a/draws/endpoints',
      'GET /images/models/google/veo/endpoints',
      'GET /videos/models',
    ]);
  });
});
