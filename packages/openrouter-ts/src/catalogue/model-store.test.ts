import { describe, expect, it } from 'vitest';
import { OpenRouter } from '../client/open-router.ts';
import { ServerError } from '../errors/status-errors.ts';
import { failure, json, Simulator } from '../testing/index.ts';

const pricing = { prompt: '0.000001', completion: '0.000002' };
const architecture = { input_modalities: ['text'], output_modalities: ['text'] };
const whole = { id: 'a/whole', architecture, pricing, top_provider: {}, supported_parameters: [] };

function setup(): { readonly simulator: Simulator; readonly models: OpenRouter['models'] } {
  const simulator = new Simulator();
  const { models } = new OpenRouter({ apiKey: 'k', transport: simulator.transport, maxRetries: 0 });
  return { simulator, models };
}

describe('an entry that lacks what models are judged by', () => {
  it.each([
    null,
    'a/text',
    { ...whole, id: 5 },
    { ...whole, architecture: null },
    { ...whole, architecture: { ...architecture, input_modalities: 'text' } },
    { ...whole, architecture: { input_modalities: [] } },
    { ...whole, pricing: undefined },
    { ...whole, top_provider: [] },
    { ...whole, supported_parameters: null },
  ])('is left out: %j', async (entry) => {
    const { simulator, models } = setup();
    simulator.when({ path: '/models' }, json({ data: [entry, whole] }));
    const { matches } = await models.find();
    expect(matches).toEqual([{ model: whole, endpoints: undefined }]);
  });

  it('is left out of the endpoints too', async () => {
    const good = { provider_name: 'A', pricing, supported_parameters: [], context_length: 5 };
    const { simulator, models } = setup();
    simulator.when({ path: '/models' }, json({ data: [whole] }));
    const answer = {
      id: 'a/whole',
      endpoints: [
        null,
        { ...good, pricing: 1 },
        good,
        { ...good, supported_parameters: 'x' },
        { ...good, provider_name: 1 },
      ],
    };
    simulator.when({ path: '/models/a/whole/endpoints' }, json({ data: answer }));
    expect((await models.find({ endpoints: true })).matches).toEqual([{ model: whole, endpoints: [good] }]);
  });
});

describe('a model that nobody serves', () => {
  it.each([json({ data: { id: 'a/whole' } }), failure(404)])('is not found where endpoints count', async (response) => {
    const { simulator, models } = setup();
    simulator.when({ path: '/models' }, json({ data: [whole] }));
    simulator.when({ path: '/models/a/whole/endpoints' }, response);
    expect((await models.find({ endpoints: true })).matches).toEqual([]);
  });

  it('is not one whose endpoints could not be asked for', async () => {
    const { simulator, models } = setup();
    simulator.when({ path: '/models' }, json({ data: [whole] }));
    simulator.when({ path: '/models/a/whole/endpoints' }, failure(503));
    await expect(models.find({ endpoints: true })).rejects.toThrow(ServerError);
  });
});

describe('the listing', () => {
  it('is read to its last page', async () => {
    const { simulator, models } = setup();
    simulator.next(
      json({ data: [whole], links: { next: '/api/v1/models?offset=1' } }),
      json({ data: [{ ...whole, id: 'a/second' }], links: { next: null } }),
    );
    expect((await models.find()).matches.map(({ model }) => model.id)).toEqual(['a/whole', 'a/second']);
    expect(simulator.requests.map(({ query }) => query)).toEqual([
      { output_modalities: 'all' },
      { output_modalities: 'all', offset: '1' },
    ]);
  });
});
