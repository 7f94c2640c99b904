import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OpenRouter } from '../../src/index.ts';
import { builtInModels, json, rawBody, Simulator, type SimulatedModel } from '../../src/testing/index.ts';
import type { Endpoint, Model, ModelList } from '../../src/index.ts';
import { keyPaths, parentOf } from '../support/key-paths.ts';

interface RecordedAnswer {
  readonly id: string;
  readonly request: { readonly path: string };
  readonly response: { readonly status: number; readonly body_text: string };
}

const sample = new URL('fixtures/catalogue-sample.jsonl', import.meta.url);
/** More recordings, which lie beside the checkout where there are any. */
const traffic = new URL('../../../../../shared/data/traffic-core.jsonl', import.meta.url);
const wholeListing = new URL('../../../../../shared/data/models-2026-08-15.json', import.meta.url);

function answersIn(file: URL): readonly RecordedAnswer[] {
  const records = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedAnswer);
  return records.filter(
    ({ request }) => /\/models?(?:\/|$)/.test(request.path) && !/keys|videos|images/.test(request.path),
  );
}

/** A client to whom each of its requests is answered with what was recorded. */
function clientOf({ response }: RecordedAnswer): OpenRouter {
  const { status, body_text: text } = response;
  return new OpenRouter({ apiKey: 'k', transport: new Simulator().next(rawBody(text, { status })).transport });
}

const sources = [
  { name: 'the sample', file: sample, count: 2 },
  { name: 'all recordings, where there are any beside the checkout', file: traffic, count: 4 },
];

describe.each(sources)('recorded answers about models: $name', ({ file, count }) => {
  it.skipIf(!existsSync(file))('are given as they were sent', async () => {
    const answers = answersIn(file);
    expect(answers).toHaveLength(count);
    for (const answer of answers) {
      const { path } = answer.request;
      const { models } = clientOf(answer);
      const body = JSON.parse(answer.response.body_text);
      const told = await (path.endsWith('/models')
        ? models.list()
        : path.endsWith('/endpoints')
          ? models.endpoints('google/gemini-2.5-pro-preview')
          : models.get('amazon/nova-premier-v1'));
      expect(told).toEqual(path.endsWith('/models') ? body : body.data);
    }
  });
});

const [recordedList, recordedEndpoints] = ['/models', '/endpoints'].map((end) =>
  JSON.parse(answersIn(sample).find(({ request }) => request.path.endsWith(end))!.response.body_text),
);

describe('a recorded listing', () => {
  it('can be searched', async () => {
    const { models } = new OpenRouter({
      apiKey: 'k',
      transport: new Simulator().when({ path: '/models' }, json(recordedList)).transport,
    });
    const { matches } = await models.find({ tools: true, sort: 'price', maxPromptPrice: '2.5' });
    expect(matches.map(({ model }) => model.id)).toEqual([
      'openai/gpt-5-nano',
      'openai/gpt-4.1-mini',
      'openai/gpt-3.5-turbo',
      'openai/gpt-4o',
    ]);
  });

  it('can be searched with endpoints that have no tag', async () => {
    const listed = { ...recordedList.data[0], id: 'google/gemini-2.5-pro-preview' };
    const simulator = new Simulator().next(json({ data: [listed] }), json(recordedEndpoints));
    const { models } = new OpenRouter({ apiKey: 'k', transport: simulator.transport });
    const { matches } = await models.find({ provider: { only: ['google-ai-studio'] } });
    expect(matches.map(({ endpoints }) => endpoints?.map(({ provider_name: name }) => name))).toEqual([
      ['Google AI Studio'],
    ]);
  });

  it.skipIf(!existsSync(wholeListing))(
    'of all models is judged without leaving one out, where it lies beside the checkout',
    async () => {
      const listing: ModelList = JSON.parse(readFileSync(wholeListing, 'utf8'));
      const { transport } = new Simulator().when({ path: '/models' }, json(listing));
      const { matches } = await new OpenRouter({ apiKey: 'k', transport }).models.find({
        outputModalities: [],
        includeExpired: true,
      });
      expect(matches.map(({ model }) => model)).toEqual(listing.data);
    },
  );
});

/** What the official description has of an endpoint and was not sent yet when the sample was recorded. */
const newerEndpointKeys =
  /^(?:model_id|model_name|uptime_last_(?:5m|30m|1d)|supports_implicit_caching|(?:latency|throughput)_last_30m(?:\.p\d+)?|supports_tool_choice(?:\.\w+)?|pricing\.\w+|pricing\.overrides\[\]\.\w+|pricing\.overrides\[\])$/;
const onlySome = /^(?:benchmarks|reasoning|alias_target|default_parameters|pricing)(?:[.[]|$)/;

describe("the simulator's catalogue", () => {
  const simulator = new Simulator({ models: builtInModels });
  const { models } = new OpenRouter({ apiKey: 'k', transport: simulator.transport });
  const listings: readonly Model[] = existsSync(wholeListing)
    ? [...JSON.parse(readFileSync(wholeListing, 'utf8')).data, ...recordedList.data]
    : recordedList.data;
  const recorded = new Set(listings.flatMap((model) => keyPaths(model)));

  it('lists models with every key that all recorded models have', async () => {
    const usual = [...recorded].filter((path) => listings.every((model) => keyPaths(model).includes(path)));
    expect(usual.length).toBeGreaterThan(20);
    const { data } = await models.list({ output_modalities: 'all' });
    const missing = data.flatMap((model) => {
      const has = new Set(keyPaths(model));
      return usual.filter(
        (path) => !has.has(path) && (parentOf(path) === '' || has.has(parentOf(path))) && !onlySome.test(path),
      );
    });
    // A model that embeds has none, and none was recorded.
    expect([...new Set(missing)].filter((path) => path !== 'supported_parameters[]')).toEqual([]);
  });

  it.skipIf(!existsSync(wholeListing))(
    'lists models with no key that was never recorded, where a whole listing lies beside the checkout',
    async () => {
      const { data } = await models.list({ output_modalities: 'all' });
      const invented = data.flatMap((model) => keyPaths(model)).filter((path) => !recorded.has(path));
      expect([...new Set(invented)]).toEqual([]);
    },
  );

  it('lists endpoints with every key that was recorded, and with none that is neither recorded nor described', async () => {
    const answers: readonly Endpoint[] = recordedEndpoints.data.endpoints;
    const usual = new Set(
      answers.flatMap((endpoint) => keyPaths(endpoint)).filter((path) => !path.startsWith('pricing.')),
    );
    const [, ...more] = await Promise.all(
      ['openai/gpt-4o-mini', 'anthropic/claude-haiku-4.5', 'anthropic/claude-sonnet-4.5'].map((id) =>
        models.endpoints(id),
      ),
    );
    for (const endpoint of more.flatMap(({ endpoints }) => endpoints)) {
      const has = new Set(keyPaths(endpoint));
      expect([...usual].filter((path) => !has.has(path))).toEqual([]);
      expect([...has].filter((path) => !usual.has(path) && !newerEndpointKeys.test(path))).toEqual([]);
      expect(has).toContain('pricing.discount');
    }
  });

  it('keeps figures for those who have a key', async () => {
    const ask = async (headers: Record<string, string>) =>
      JSON.parse(
        await (
          await simulator.fetch('https://openrouter.ai/api/v1/models/openai/gpt-4o-mini/endpoints', { headers })
        ).text(),
      );
    const figures = async (headers: Record<string, string>) =>
      (await ask(headers)).data.endpoints.map((endpoint: Endpoint) => endpoint.latency_last_30m?.p50 ?? null);
    expect(await figures({})).toEqual([null, null, null]);
    expect(await figures({ authorization: 'Bearer k' })).toEqual([450, 900, 250]);
  });
});

describe("the simulator's listing", () => {
  const million = (prompt: string, completion: string): SimulatedModel['pricing'] => ({ prompt, completion });
  const catalogue: readonly SimulatedModel[] = [
    {
      id: 'a/old',
      pricing: million('0.000001', '0.000004'),
      created: Date.UTC(2025, 0, 1) / 1_000,
      contextLength: 5,
      tokenizer: 'GPT',
    },
    {
      id: 'b/new',
      pricing: million('0.000002', '0.000001'),
      created: Date.UTC(2026, 0, 1) / 1_000,
      contextLength: null,
      provider: 'Some One',
      distillable: true,
    },
    {
      id: 'c/free',
      pricing: million('0', '0'),
      created: Date.UTC(2025, 6, 1) / 1_000,
      inputModalities: ['text', 'image'],
      endpoints: [{ provider: 'P', zdr: true }],
    },
  ];
  const { models } = new OpenRouter({ apiKey: 'k', transport: new Simulator({ models: catalogue }).transport });

  it.each([
    [{ q: 'NEW' }, 'b/new'],
    [{ supported_parameters: ['tools', 'stop'] }, 'a/old b/new c/free'],
    [{ supported_parameters: ['tools', 'seed'] }, ''],
    [{ input_modalities: 'image' }, 'c/free'],
    [{ context: 6 }, 'c/free'],
    [{ arch: 'gpt' }, 'a/old'],
    [{ model_authors: ['a', 'c'] }, 'a/old c/free'],
    [{ providers: 'Some One' }, 'b/new'],
    [{ providers: ['some-one', 'p'] }, 'b/new c/free'],
    [{ distillable: true }, 'b/new'],
    [{ distillable: false }, 'a/old c/free'],
    [{ zdr: true } as const, 'c/free'],
    [{ min_price: 1 }, 'a/old b/new'],
    [{ max_price: 1 }, 'a/old c/free'],
    [{ min_output_price: 1.5 }, 'a/old'],
    [{ max_output_price: 1.5 }, 'b/new c/free'],
    [{ max_age_days: 0 }, ''],
    [{ min_age_days: 1, region: 'eu' }, 'a/old b/new c/free'],
    [{ sort: 'newest' }, 'b/new c/free a/old'],
    [{ sort: 'pricing-low-to-high' }, 'c/free b/new a/old'],
    [{ sort: 'pricing-high-to-low' }, 'a/old b/new c/free'],
    [{ sort: 'context-high-to-low' }, 'c/free a/old b/new'],
    [{ sort: 'most-popular' }, 'a/old b/new c/free'],
  ])('follows %j', async (query, ids) => {
    expect((await models.list(query)).data.map(({ id }) => id).join(' ')).toBe(ids);
  });
});
