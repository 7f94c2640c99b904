import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OpenRouter } from 'openrouter-ts';
import { failure, FakeClock, reply, Simulator } from 'openrouter-ts/testing';
import { decimal, zero } from '../../src/cost/decimal.ts';
import { compare } from '../../src/cost/decimal-arithmetic.ts';
import { worstCaseUsd } from '../../src/cost/worst-case.ts';
import { goodKey, simulatedApi } from '../support/simulated-api.ts';
import { aModel } from '../support/listed.ts';

const pricing = { prompt: '0.000001', completion: '0.000002' };
const api = simulatedApi({
  models: [
    { id: 'a/cheap', pricing },
    { id: 'a/dear', pricing: { prompt: '0.1', completion: '0.1' } },
    { id: 'a/router', pricing: { prompt: '-1', completion: '-1' } },
  ],
});
const messages = [{ role: 'user', content: 'What is the capital of France?' }] as const;

describe('what a request will cost', () => {
  it('is estimated at least, at most and in between, with what that rests on', async () => {
    const estimate = await api.client().estimate({ model: 'a/cheap', messages, max_tokens: 100 });
    expect(estimate).toMatchObject({ type: 'known', model: 'a/cheap', completionTokens: { high: 100 } });
    if (estimate.type !== 'known') return;
    expect(estimate.lowUsd).toBeLessThan(estimate.likelyUsd);
    expect(estimate.likelyUsd).toBeLessThan(estimate.highUsd);
    expect(estimate.restsOn.map(({ code }) => code)).toContain('request-limit');
  });

  it('is estimated better after answers of the session', async () => {
    const client = api.client();
    const request = { model: 'a/cheap', messages, max_tokens: 100 } as const;
    const before = await client.estimate(request);
    const counts = { prompt: 2 * before.promptTokens.likely, completion: 40 };
    for (let call = 0; call < 3; call += 1) {
      api.simulator.next(reply({ content: 'Paris', usage: counts }));
      await client.chat.create(request);
    }
    const after = await client.estimate(request);
    expect(after).toMatchObject({ promptTokens: { likely: counts.prompt }, completionTokens: { likely: 40 } });
  });

  it('is at most what the dearest of its models may cost', async () => {
    const client = api.client();
    const cheap = await client.estimate({ model: 'a/cheap', messages, max_tokens: 100 });
    const both = await client.estimate({ model: 'a/cheap', models: ['a/dear', 'a/cheap'], messages, max_tokens: 100 });
    expect(
      both.type === 'known' && cheap.type === 'known' && [both.likelyUsd === cheap.likelyUsd, both.highUsd > 10],
    ).toEqual([true, true]);
  });

  it('is not known for routers, and says where a fallback is one', async () => {
    const client = api.client();
    const router = await client.estimate({ models: ['a/router', 'a/cheap'], messages, max_tokens: 100 });
    expect(router).toMatchObject({ type: 'unknown', missing: ['prompt', 'completion'] });
    const { type, restsOn } = await client.estimate({
      model: 'a/cheap',
      models: ['a/router'],
      messages,
      max_tokens: 100,
    });
    expect([type, restsOn.at(-1)?.code]).toEqual(['known', 'unknown-fallback']);
  });

  it('is counted with the tokenizer of the caller', async () => {
    const { promptTokens } = await api.client({ countTokens: () => 1_000 }).estimate({ model: 'a/cheap', messages });
    expect(promptTokens.likely).toBeGreaterThan(999);
  });

  it('cannot be estimated without a model, or for one that does not exist', async () => {
    const client = api.client();
    await expect(client.estimate({ messages })).rejects.toThrow('names no model');
    await expect(client.estimate({ model: 'a/chaep', messages })).rejects.toThrow('Did you mean a/cheap');
  });

  it('is told to rest on old prices when the API cannot be asked again', async () => {
    const time = new FakeClock();
    const simulator = new Simulator({ models: [{ id: 'a/cheap', pricing }] });
    const client = new OpenRouter({ apiKey: goodKey, transport: simulator.transport, clock: time, maxRetries: 0 });
    await client.estimate({ model: 'a/cheap', messages });
    await time.advance(300_000);
    simulator.when({ path: '/models' }, failure(503));
    const { restsOn } = await client.estimate({ model: 'a/cheap', messages });
    expect(restsOn.map(({ code }) => code)).toContain('stale-prices');
  });

  it('is never more than its worst case', async () => {
    const simulator = new Simulator({ models: [{ id: 'a/cheap', pricing }] });
    const client = new OpenRouter({ apiKey: goodKey, transport: simulator.transport });
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 100 }),
        fc.integer({ min: 1, max: 50 }),
        async (text, limit) => {
          const request = {
            model: 'a/cheap',
            messages: [{ role: 'user', content: `${text}.` }],
            max_tokens: limit,
          } as const;
          const { usage } = await client.chat.create(request);
          const worst = worstCaseUsd(request, aModel({ pricing, context_length: 128_000 }), []) ?? zero;
          expect(compare(decimal(usage?.cost ?? 1) ?? zero, worst)).toBe(-1);
        },
      ),
      { numRuns: 50 },
    );
  });
});
