import { describe, expect, it } from 'vitest';
import { apiRequest } from '../../tests/support/api-request.ts';
import { toNumber } from '../cost/decimal.ts';
import { storeOf } from '../catalogue/open-store.ts';
import { ServerError } from '../errors/status-errors.ts';
import { failure, FakeClock, Simulator, type SimulatedModel } from '../testing/index.ts';
import { OpenRouter } from './open-router.ts';
import { worstCaseOf } from './worst-case-of.ts';

const models: readonly SimulatedModel[] = [
  { id: 'a/cheap', pricing: { prompt: '0', completion: '0.000001' } },
  { id: 'a/dear', pricing: { prompt: '0', completion: '0.00001' } },
  { id: 'a/router', pricing: { prompt: '-1', completion: '-1' } },
];
const question = { messages: [{ role: 'user', content: 'Hi' }], max_tokens: 2_000 };

function setup() {
  const simulator = new Simulator({ models });
  const client = new OpenRouter({ apiKey: 'k', transport: simulator.transport, maxRetries: 0 });
  const clock = new FakeClock();
  const open = storeOf(client.models, clock);
  const worst = async (body: Readonly<Record<string, unknown>>) => {
    const usd = await worstCaseOf(apiRequest({ body }), await open());
    return usd && toNumber(usd);
  };
  return { simulator, clock, open, worst };
}

describe('worstCaseOf', () => {
  it('is what the longest answer costs', async () => {
    const { worst } = setup();
    const usd = await worst({ ...question, model: 'a/cheap' });
    expect(usd).toBeGreaterThanOrEqual(0.002);
    expect(usd).toBeLessThan(0.005);
  });

  it('is that of the dearest model that may answer, in whichever order they are named', async () => {
    const { worst } = setup();
    const dear = await worst({ ...question, model: 'a/dear' });
    expect(await worst({ ...question, model: 'a/cheap', models: ['a/dear'] })).toBe(dear);
    expect(await worst({ ...question, model: 'a/dear', models: ['a/cheap'] })).toBe(dear);
    expect(await worst({ ...question, models: ['a/cheap', 'a/dear'] })).toBe(dear);
    expect(await worst({ prompt: 'Hi', max_tokens: 2_000, model: 'a/dear' })).toBeGreaterThanOrEqual(0.02);
  });

  it.each([
    ['a model that is not listed', { ...question, model: 'a/unlisted' }],
    ['a list with one that is not', { ...question, model: 'a/cheap', models: ['a/unlisted'] }],
    ['a router without a price', { ...question, model: 'a/router' }],
    ['the model of the account', question],
    ['what is no chat', { model: 'a/cheap', input: 'Hi' }],
  ])('is not known for %s', async (_, body) => {
    expect(await setup().worst(body)).toBeUndefined();
  });

  it('is said at once as long as everything about the model is remembered', async () => {
    const { clock, open, worst } = setup();
    const store = await open();
    const body = { ...question, model: 'a/dear' };
    const dear = await worst(body);
    const now = worstCaseOf(apiRequest({ body }), store);
    expect(now instanceof Promise ? 'later' : now && toNumber(now)).toBe(dear);
    // Of this one only the listing is known.
    const other = worstCaseOf(apiRequest({ body: { ...question, model: 'a/cheap' } }), store);
    expect(other).toBeInstanceOf(Promise);
    await other;
    await clock.advance(300_000);
    expect(worstCaseOf(apiRequest({ body }), store)).toBeInstanceOf(Promise);
    expect(await worst(body)).toBe(dear);
  });

  it('asks for each list once, and fails where it is not told', async () => {
    const { simulator, worst } = setup();
    await worst({ ...question, model: 'a/cheap' });
    await worst({ ...question, model: 'a/cheap' });
    expect(simulator.requests).toHaveLength(2);
    simulator.when({ path: '/models/a/dear/endpoints' }, failure(500));
    await expect(worst({ ...question, model: 'a/dear' })).rejects.toBeInstanceOf(ServerError);
  });
});
