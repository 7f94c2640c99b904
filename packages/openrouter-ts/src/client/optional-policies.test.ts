import { describe, expect, it } from 'vitest';
import { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import { failure, FakeClock, Simulator } from '../testing/index.ts';
import { OpenRouter } from './open-router.ts';
import type { OpenRouterOptions } from './options.ts';

const question = { model: 'openai/gpt-4o-mini', max_tokens: 50, messages: [{ role: 'user', content: 'Hi' }] } as const;

function setup(options: OpenRouterOptions = {}) {
  const simulator = new Simulator();
  const client = new OpenRouter({ apiKey: 'k', transport: simulator.transport, clock: new FakeClock(), ...options });
  return { simulator, client };
}

describe('a client without a budget', () => {
  it('asks for no price', async () => {
    const { simulator, client } = setup();
    await client.chat.create(question);
    expect(simulator.requests).toHaveLength(1);
    expect(await client.costs.budgets()).toEqual([]);
  });

  it('keeps a call to its own budget', async () => {
    const { client } = setup();
    await expect(client.chat.create(question, { maxCostUsd: '0.0000001' })).rejects.toBeInstanceOf(BudgetExceededError);
    await expect(client.chat.create(question, { maxCostUsd: 1 })).resolves.toBeDefined();
  });

  it('sends nothing for a call whose budget is no amount', async () => {
    const { client, simulator } = setup();
    const call = client.chat.create(question, { maxCostUsd: 'a cent' });
    await expect(call).rejects.toThrow("maxCostUsd must be an amount in USD of zero or more, such as 0.5 or '0.5'.");
    expect(simulator.requests).toEqual([]);
  });
});

describe('a client with a budget', () => {
  it('keeps all calls to it, and tells how it stands', async () => {
    const { client, simulator } = setup({ budget: { usd: 1, tags: { chat: '0' } } });
    await client.chat.create(question);
    expect(await client.costs.budgets()).toEqual([
      { name: 'client', limitUsd: 1, spentUsd: simulator.spentUsd, heldUsd: 0, reservedUsd: 0 },
      { name: 'tag chat', limitUsd: 0, spentUsd: 0, heldUsd: 0, reservedUsd: 0 },
    ]);
    await expect(client.chat.create(question, { tag: 'chat' })).rejects.toMatchObject({ budget: 'tag chat' });
  });
});

describe('a client that may ask another model', () => {
  it('does so by its own chain, or by that of the call', async () => {
    const { client, simulator } = setup({ fallbackModels: ['meta-llama/llama-3.3-70b-instruct'], maxRetries: 0 });
    simulator.next(failure(404));
    expect((await client.chat.create(question)).model).toBe('meta-llama/llama-3.3-70b-instruct');
    simulator.next(failure(404));
    await expect(client.chat.create(question, { fallbackModels: [] })).rejects.toMatchObject({ status: 404 });
  });
});

describe('a client that somebody listens to', () => {
  it('tells what happens', async () => {
    const told: string[] = [];
    const { client } = setup({ hooks: { onFinish: ({ type }) => told.push(type) } });
    await client.chat.create(question);
    expect(told).toEqual(['finish']);
  });
});
