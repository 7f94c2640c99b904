import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, OpenRouter, ServerError, type Endpoint, type Model, type ModelCriteria } from 'openrouter-ts';
import { failure, FakeClock, json, seededRandom, Simulator, type Random } from 'openrouter-ts/testing';
import { anyCriteria, listingCriteria, preferences } from '../support/arbitrary-criteria.ts';
import { expectedModels, type Expected, type ToldByApi } from '../support/expected-models.ts';
import { simulatedApi } from '../support/simulated-api.ts';

const clock = new FakeClock({ epochMs: Date.UTC(2026, 7, 16, 12) });
const headers = { authorization: 'Bearer simulated' };

function clientOf(simulator: Simulator): OpenRouter {
  return new OpenRouter({ apiKey: 'sk-or-v1-good', transport: simulator.transport, clock, maxRetries: 0 });
}

/** Asks the simulated API for everything, without the library. */
async function askAll(simulator: Simulator): Promise<ToldByApi> {
  const ask = async (path: string) =>
    JSON.parse(await (await simulator.fetch(`https://openrouter.ai/api/v1${path}`, { headers })).text()).data;
  const models: readonly Model[] = await ask('/models?output_modalities=all');
  const served = new Map<string, readonly Endpoint[]>();
  for (const { id } of models) served.set(id, (await ask(`/models/${id}/endpoints`)).endpoints);
  return {
    models,
    endpointsOf: (id) => served.get(id)!,
    zdr: await ask('/endpoints/zdr'),
    distillable: (await ask('/models?output_modalities=all&distillable=true')).map(({ id }: Model) => id),
    today: '2026-08-16',
  };
}

async function found(client: OpenRouter, criteria: ModelCriteria): Promise<readonly Expected[]> {
  const { matches, stale } = await client.models.find(criteria);
  expect(stale).toBe(false);
  return matches.map(({ model, endpoints }) => [model.id, endpoints?.map(({ tag }) => String(tag)).sort()]);
}

const built = new Simulator();

/** A recorded listing of all models, where there is one beside the checkout. */
const recording = new URL('../../../../../shared/data/models-2026-08-15.json', import.meta.url);

/** The recorded listing, with endpoints that are made up: nobody recorded those. */
function recordedCatalogue(): Simulator {
  const listing: { readonly data: readonly Model[] } = JSON.parse(readFileSync(recording, 'utf8'));
  const random = seededRandom(7);
  const served = new Map(
    listing.data.map((model) => [
      model.id,
      Array.from({ length: Math.floor(random() * 4) }, (_, place) => invented(model, place, random)),
    ]),
  );
  const all = [...served.values()].flat();
  return new Simulator()
    .when({ path: '/models' }, json(listing))
    .when({ path: '/endpoints/zdr' }, json({ data: all.filter((endpoint) => endpoint['keeps'] === false) }))
    .when(
      ({ path }) => /\/models\/.+\/endpoints$/.test(path),
      (exchange) => {
        const [, id = ''] = /\/models\/(.+)\/endpoints$/.exec(decodeURIComponent(exchange.request.path)) ?? [];
        return json({ data: { id, endpoints: served.get(id) } })(exchange);
      },
    );
}

function invented(model: Model, place: number, random: Random): Endpoint {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const tag = `${pick(['openai', 'azure', 'google-vertex', 'deepinfra', 'groq', 'novita'])}${pick(['', '', '/turbo', '/priority', '/us-east5'])}`;
  const figures = (p50: number) => pick([null, { p50, p75: p50 * 0.9, p90: p50 * 0.8, p99: p50 * 0.5 }]);
  const { prompt, completion } = model.pricing;
  return {
    name: `${tag} ${place} | ${model.id}`,
    provider_name: tag,
    tag,
    model_id: model.canonical_slug,
    pricing: pick([
      model.pricing,
      { prompt, completion, request: '0.001' },
      { prompt: '0.0000003', completion: '0.00000059' },
    ]),
    context_length: pick([model.context_length ?? 0, 65_536, 131_072]),
    max_completion_tokens: pick([model.top_provider.max_completion_tokens ?? null, null, 64_000]),
    quantization: pick([null, 'fp8', 'bf16', 'int4']),
    supported_parameters: model.supported_parameters.filter(() => random() < 0.9),
    throughput_last_30m: figures(pick([28, 45, 57, 100, 250])),
    latency_last_30m: figures(pick([250, 500, 570, 900, 2_000])),
    keeps: random() < 0.5,
  };
}

const catalogues = [
  { name: "the simulator's models", simulator: () => built, there: true, runs: 150, least: 13 },
  {
    name: 'all models of a day, where that is recorded beside the checkout',
    simulator: recordedCatalogue,
    there: existsSync(recording),
    runs: 60,
    least: 413,
  },
];

describe.each(catalogues)('finding models among $name', ({ simulator: make, there, runs, least }) => {
  describe.skipIf(!there)('finds what one finds by looking at every model and every endpoint', () => {
    const simulator = there ? make() : built;
    const client = clientOf(simulator);
    const told = askAll(simulator);

    it('where the criteria are about the listing', async () => {
      const api = await told;
      expect(api.models.length).toBeGreaterThanOrEqual(least);
      await fc.assert(
        fc.asyncProperty(listingCriteria, async (criteria) => {
          expect(await found(client, criteria)).toEqual(expectedModels(criteria, api));
        }),
        { numRuns: runs * 2 },
      );
    });

    it.each(Object.keys(preferences))('where the criterion is the preference %s', { timeout: 30_000 }, async (name) => {
      const api = await told;
      await fc.assert(
        fc.asyncProperty(preferences[name]!, async (provider) => {
          expect(await found(client, { provider })).toEqual(expectedModels({ provider }, api));
        }),
        { numRuns: Math.floor(runs / 3) },
      );
    });

    it('where the criteria are of all kinds at once', { timeout: 30_000 }, async () => {
      const api = await told;
      await fc.assert(
        fc.asyncProperty(anyCriteria, async (criteria) => {
          expect(await found(client, criteria)).toEqual(expectedModels(criteria, api));
        }),
        { numRuns: runs },
      );
    });
  });
});

describe('a search', () => {
  const api = simulatedApi();
  const idsOf = async (criteria: ModelCriteria): Promise<readonly string[]> =>
    (await api.client({ clock }).models.find(criteria)).matches.map(({ model }) => model.id);
  const paths = (): readonly string[] => api.simulator.requests.map(({ path }) => path.replace('/api/v1', ''));

  it('gives the cheapest first, and what has no known price last', async () => {
    const ids = await idsOf({ tools: true, sort: 'price', minContext: 100_000 });
    expect(ids.slice(0, 3)).toEqual([
      'openai/gpt-oss-20b:free',
      'meta-llama/llama-3.3-70b-instruct',
      'openai/gpt-4o-mini',
    ]);
    expect(ids.at(-1)).toBe('openrouter/auto');
  });

  it('gives the largest context first, or the newest, and no more than are wanted', async () => {
    expect(await idsOf({ sort: 'context', limit: 2 })).toEqual(['openrouter/auto', 'google/gemini-2.5-flash']);
    expect(await idsOf({ sort: 'newest', limit: 1, author: 'anthropic' })).toEqual(['anthropic/claude-haiku-4.5']);
  });

  it('never takes an unknown price for a low one', async () => {
    expect(await idsOf({ maxPromptPrice: 1_000_000 })).not.toContain('openrouter/auto');
    expect(await idsOf({ free: true })).toEqual(['openai/gpt-oss-20b:free']);
    expect(await idsOf({ query: 'router', free: false })).toEqual(['openrouter/auto']);
  });

  it('compares prices as decimals: exactly the limit is within it', async () => {
    expect(await idsOf({ query: 'gpt-4o-mini', maxPromptPrice: 0.15, maxCompletionPrice: '0.6' })).toHaveLength(1);
    expect(await idsOf({ query: 'gpt-4o-mini', maxPromptPrice: '0.14999999999' })).toEqual([]);
  });

  it('leaves out models whose day has come', async () => {
    const day = (epochMs: number, criteria: ModelCriteria = {}) =>
      api
        .client({ clock: new FakeClock({ epochMs }) })
        .models.find({ author: 'z-ai', ...criteria })
        .then(({ matches }) => matches.length);
    expect(await day(Date.UTC(2026, 11, 30))).toBe(1);
    expect(await day(Date.UTC(2026, 11, 31))).toBe(0);
    expect(await day(Date.UTC(2026, 11, 31), { includeExpired: true })).toBe(1);
    expect(await day(Date.UTC(2026, 7, 1), { availableOn: '2026-12-31' })).toBe(0);
  });

  it('asks who serves a model only of those that meet all other criteria, and remembers what it was told', async () => {
    const { models } = api.client({ clock });
    const criteria: ModelCriteria = { query: 'llama', provider: { only: ['deepinfra'] } };
    const { matches } = await models.find(criteria);
    expect(matches.map(({ endpoints }) => endpoints?.map(({ tag }) => tag))).toEqual([
      ['deepinfra/turbo', 'deepinfra'],
    ]);
    expect(paths()).toEqual(['/models', '/models/meta-llama/llama-3.3-70b-instruct/endpoints']);
    expect(await models.find(criteria)).toEqual({ matches, askedAt: clock.epochMs(), stale: false });
    expect(paths()).toHaveLength(2);
  });

  it('stops asking when there are enough', async () => {
    const { matches } = await api.client({ clock }).models.find({ endpoints: true, sort: 'price', limit: 1 });
    expect(matches.map(({ model }) => model.id)).toEqual(['openai/gpt-oss-20b:free']);
    expect(paths().length).toBeLessThanOrEqual(9);
  });

  it('sees that no single endpoint can do what the listing promises', async () => {
    const both: ModelCriteria = { query: 'deepseek-r1', tools: true, minContext: 64_000 };
    const zdr: ModelCriteria = { ...both, provider: { zdr: true } };
    expect(await idsOf(both)).toEqual(['deepseek/deepseek-r1']);
    expect(await idsOf(zdr)).toEqual([]);
    expect(await idsOf({ ...zdr, tools: false })).toEqual(['deepseek/deepseek-r1']);
  });

  it('sorts endpoints as a request with the same preferences tries them', async () => {
    const tags = async (provider: ModelCriteria['provider']) => {
      const { matches } = await api.client({ clock }).models.find({ query: 'llama', provider });
      return matches[0]?.endpoints?.map(({ tag }) => tag);
    };
    expect(await tags({ sort: 'latency' })).toEqual(['groq', 'deepinfra/turbo', 'deepinfra', 'novita']);
    expect(await tags({ sort: { by: 'throughput' } })).toEqual(['groq', 'deepinfra/turbo', 'deepinfra', 'novita']);
    expect(await tags({ sort: 'price', order: ['groq'] })).toEqual(['groq', 'deepinfra/turbo', 'novita', 'deepinfra']);
    expect(await tags({ order: ['novita', 'groq'], allow_fallbacks: false })).toEqual(['novita', 'groq']);
  });

  it('asks the API which models may be learnt from', async () => {
    const models = [
      { id: 'a/open', pricing: { prompt: '0', completion: '0' }, distillable: true },
      { id: 'a/closed', pricing: { prompt: '0', completion: '0' } },
    ];
    const client = clientOf(new Simulator({ models }));
    const { matches } = await client.models.find({ provider: { enforce_distillable_text: true } });
    expect(matches).toMatchObject([{ model: { id: 'a/open' }, endpoints: undefined }]);
  });

  it('refuses criteria that do not exist', async () => {
    const misspelled: object = { maxPrice: 1 };
    await expect(api.client().models.find(misspelled)).rejects.toThrow(ConfigError);
    expect(paths()).toEqual([]);
  });
});

describe('what is remembered', () => {
  const path = '/models';

  it('is one request for all who search at the time, and one of them may leave', async () => {
    const simulator = new Simulator();
    const client = clientOf(simulator);
    const controller = new AbortController();
    const impatient = client.models.find({ query: 'gpt' }, { signal: controller.signal });
    const others = [client.models.find({ query: 'claude' }), client.models.suggest('gpt'), client.models.find()];
    await simulator.received(1);
    controller.abort(new Error('enough'));
    await expect(impatient).rejects.toThrow('enough');
    await Promise.all(others);
    expect(simulator.requests).toHaveLength(1);
  });

  it('is asked anew after five minutes, or when the options say', async () => {
    const searches = async (ttlMs: number | undefined, waitMs: number): Promise<number> => {
      const time = new FakeClock();
      const simulator = new Simulator();
      const { models } = new OpenRouter({
        apiKey: 'k',
        transport: simulator.transport,
        clock: time,
        catalogue: { ttlMs },
      });
      await models.find();
      await time.advance(waitMs);
      await models.find();
      return simulator.requests.length;
    };
    expect(await searches(undefined, 299_999)).toBe(1);
    expect(await searches(undefined, 300_000)).toBe(2);
    expect(await searches(1_000, 1_000)).toBe(2);
    expect(await searches(0, 0)).toBe(2);
  });

  it('stands in for what cannot be had, and says so', async () => {
    const time = new FakeClock();
    const simulator = new Simulator();
    const { models } = new OpenRouter({ apiKey: 'k', transport: simulator.transport, clock: time, maxRetries: 0 });
    const fresh = await models.find({ query: 'gpt-4o' });
    expect(fresh.stale).toBe(false);
    await time.advance(300_000);
    simulator.when({ path }, failure(503));
    expect(await models.find({ query: 'gpt-4o' })).toEqual({ ...fresh, stale: true });
    expect(fresh.askedAt).toBe(time.epochMs() - 300_000);
    await time.advance(3_600_000);
    await expect(models.find({ query: 'gpt-4o' })).rejects.toThrow(ServerError);
  });

  it('is not what the listing itself gives: that always asks', async () => {
    const simulator = new Simulator();
    const { models } = clientOf(simulator);
    await models.find();
    await models.list();
    await models.list();
    expect(simulator.requests).toHaveLength(3);
  });
});
