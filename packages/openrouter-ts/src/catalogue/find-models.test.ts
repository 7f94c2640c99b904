import { describe, expect, it } from 'vitest';
import { OpenRouter } from '../client/open-router.ts';
import { json, Simulator, type SimulatedModel } from '../testing/index.ts';

const pricing = { prompt: '0.000001', completion: '0.000002' };

function modelsOf(simulator: Simulator): OpenRouter['models'] {
  return new OpenRouter({ apiKey: 'k', transport: simulator.transport, maxRetries: 0 }).models;
}

describe('models whose context is not known', () => {
  it('come last when the largest context comes first', async () => {
    const contexts: readonly (number | null)[] = [null, 5, null, 9];
    const models = contexts.map((contextLength, place): SimulatedModel => ({
      id: `a/${place}`,
      pricing,
      contextLength,
    }));
    const { matches } = await modelsOf(new Simulator({ models })).find({ sort: 'context' });
    expect(matches.map(({ model }) => model.id)).toEqual(['a/3', 'a/1', 'a/0', 'a/2']);
  });
});

describe('endpoints that keep nothing', () => {
  const models: readonly SimulatedModel[] = [
    { id: 'a/one', pricing, endpoints: [{ provider: 'P', zdr: true }, { provider: 'Q' }] },
    {
      id: 'a/one:free',
      canonicalSlug: 'a/one',
      pricing: { prompt: '0', completion: '0' },
      endpoints: [{ provider: 'P' }],
    },
    { id: 'b/two', pricing },
  ];

  it('are told apart from those of another variant of the model', async () => {
    const simulator = new Simulator({ models });
    const { matches } = await modelsOf(simulator).find({ provider: { zdr: true } });
    expect(matches.map(({ model, endpoints }) => [model.id, endpoints?.map(({ tag }) => tag)])).toEqual([
      ['a/one', ['p']],
    ]);
  });

  it('are the only ones whose models are asked about', async () => {
    const simulator = new Simulator({ models });
    await modelsOf(simulator).find({ provider: { data_collection: 'deny' } });
    expect(simulator.requests.map(({ path }) => path)).not.toContain('/api/v1/models/b/two/endpoints');
  });

  it('may have no tag: then they go by the name of the provider', async () => {
    const simulator = new Simulator({ models });
    const bare = (provider: string) => ({
      name: 'x',
      model_id: 'a/one',
      provider_name: provider,
      pricing,
      supported_parameters: [],
    });
    simulator.when({ path: '/endpoints/zdr' }, json({ data: [bare('P')] }));
    simulator.when(
      { path: '/models/a/one/endpoints' },
      json({ data: { id: 'a/one', endpoints: [bare('P'), bare('Q')] } }),
    );
    const { matches } = await modelsOf(simulator).find({ query: 'one', free: false, provider: { zdr: true } });
    expect(matches.map(({ endpoints }) => endpoints)).toEqual([[bare('P')]]);
  });
});
