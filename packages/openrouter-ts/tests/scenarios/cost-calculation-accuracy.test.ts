import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OpenRouter } from 'openrouter-ts';
import { builtInModels, reply, Simulator } from 'openrouter-ts/testing';
import type { ReplyUsage } from 'openrouter-ts/testing';
import { costOf } from '../../src/cost/cost-of.ts';
import { add, decimal, toNumber, toText, zero } from '../../src/cost/decimal.ts';
import type { Decimal } from '../../src/cost/decimal.ts';
import { tellCost } from '../../src/cost/tell-cost.ts';
import type { Usage } from '../../src/wire/usage.ts';
import { goodKey, simulatedApi } from '../support/simulated-api.ts';

const api = simulatedApi();
const atEpochMs = Date.parse('2026-11-01T12:00:00Z');

/** What the listed prices make of an answer's tokens, in USD. */
function listedCost(model: string, usage: Usage | undefined): string | undefined {
  const pricing = builtInModels.find(({ id }) => id === model)?.pricing;
  const cost = usage && pricing && costOf(usage, pricing, { atEpochMs });
  return cost?.type === 'known' ? toText(cost.usd) : undefined;
}

function told(usage: Usage | undefined): Decimal {
  return (usage && tellCost(usage)) ?? { units: -1n, scale: 0 };
}

/** The amounts are worked out by hand from the prices that the models have. */
const bills: readonly (readonly [string, string, ReplyUsage, string])[] = [
  ['plain tokens', 'openai/gpt-4o-mini', { prompt: 14, completion: 3 }, '0.0000039'],
  ['a third of a cent', 'openai/gpt-4o-mini', { prompt: 20_001, completion: 777 }, '0.00346635'],
  ['tokens from the cache', 'openai/gpt-4o-mini', { prompt: 1_000, cached: 960, completion: 1 }, '0.0000786'],
  ['thoughts', 'deepseek/deepseek-r1', { prompt: 17, completion: 215, reasoning: 213 }, '0.0005494'],
  [
    'tokens that were written to the cache',
    'anthropic/claude-sonnet-4.5',
    { prompt: 2_572, cacheWritten: 2_569 },
    '0.00964275',
  ],
  [
    'tokens that were read and written',
    'anthropic/claude-haiku-4.5',
    { prompt: 2_572, cached: 2_240, cacheWritten: 329, completion: 100 },
    '0.00113825',
  ],
  ['the last token before a step', 'anthropic/claude-sonnet-4.5', { prompt: 200_000, completion: 10 }, '0.60015'],
  ['the first token after it', 'anthropic/claude-sonnet-4.5', { prompt: 200_001, completion: 10 }, '1.200231'],
  [
    'the same tokens as read and as written',
    'google/gemini-2.5-flash',
    { prompt: 2_161, cached: 2_161, cacheWritten: 2_161 },
    '0.0002449133333333332613',
  ],
  ['a picture', 'google/gemini-2.5-flash-image', { prompt: 4, completion: 1_290, image: 1_290 }, '0.0387012'],
  ['nothing for a free model', 'openai/gpt-oss-20b:free', { prompt: 1_000, completion: 1_000 }, '0'],
];

describe('what an answer costs', () => {
  const zeros = { prompt: 0, completion: 0, cached: 0, cacheWritten: 0, reasoning: 0, image: 0 };

  it.each(bills)('is exactly what the listed prices make of its tokens: %s (%s)', async (_, model, usage, usd) => {
    api.simulator.next(reply({ content: 'Yes.', usage: { ...zeros, ...usage } }));
    const answer = await api.client().chat.create({ model, messages: [{ role: 'user', content: 'Hi' }] });
    expect(listedCost(model, answer.usage)).toBe(usd);
    expect(answer.usage?.cost).toBe(toNumber(decimal(usd) ?? zero));
  });

  it.each(bills)('is the same when it is streamed: %s (%s)', async (_, model, usage, usd) => {
    api.simulator.next(reply({ content: ['Y', 'es.'], usage: { ...zeros, ...usage } }));
    const stream = await api.client().chat.stream({ model, messages: [{ role: 'user', content: 'Hi' }] });
    const completion = await stream.completion();
    expect(listedCost(model, completion.usage)).toBe(usd);
    expect(completion.usage?.cost).toBe(toNumber(decimal(usd) ?? zero));
  });

  it('is the same for any model and any tokens', async () => {
    const simulator = new Simulator();
    const client = new OpenRouter({ apiKey: goodKey, transport: simulator.transport });
    const priced = builtInModels.filter(({ pricing, aliasOf }) => Number(pricing.prompt) >= 0 && aliasOf === undefined);
    const usages = fc
      .record({
        parts: fc.array(fc.nat(150_000), { minLength: 3, maxLength: 3 }),
        answer: fc.tuple(fc.nat(9_999), fc.nat(9_999)),
      })
      .map(({ parts: [fresh = 0, cached = 0, cacheWritten = 0], answer: [spoken, reasoning] }) => ({
        ...zeros,
        prompt: fresh + cached + cacheWritten,
        cached,
        cacheWritten,
        completion: spoken + reasoning,
        reasoning,
      }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...priced), usages, async ({ id }, usage) => {
        simulator.next(reply({ content: 'Yes.', usage }));
        const answer = await client.chat.create({ model: id, messages: [{ role: 'user', content: 'Hi' }] });
        expect(toNumber(decimal(listedCost(id, answer.usage) ?? 'unknown') ?? zero)).toBe(answer.usage?.cost);
      }),
    );
  });

  it('adds up without losing anything to rounding', async () => {
    const client = api.client();
    let sum = zero;
    for (let call = 0; call < 30; call += 1) {
      api.simulator.next(reply({ content: 'Yes.', usage: { ...zeros, prompt: 1, completion: 1 } }));
      const { usage } = await client.chat.create({
        model: 'openai/gpt-4o-mini',
        messages: [{ role: 'user', content: 'Hi' }],
      });
      sum = add(sum, told(usage));
    }
    expect(toText(sum)).toBe('0.0000225');
    expect(toNumber(sum)).toBe(api.simulator.spentUsd);
  });

  it('is not told as zero when the answer does not tell it', async () => {
    api.simulator.next(reply({ content: 'Yes.', usage: { ...zeros, prompt: 14, completion: 3, cost: null } }));
    const { usage } = await api.client().chat.create({
      model: 'openai/gpt-4o-mini',
      messages: [{ role: 'user', content: 'Hi' }],
    });
    expect(usage && tellCost(usage)).toBeUndefined();
    expect(listedCost('openai/gpt-4o-mini', usage)).toBe('0.0000039');
  });

  it('is not known from the prices of a router, which depend on whom it chooses', async () => {
    const router = builtInModels.find(({ pricing }) => pricing.prompt === '-1');
    const { usage } = await api.client().chat.create({
      model: router?.id ?? '',
      messages: [{ role: 'user', content: 'Hi' }],
    });
    expect(told(usage).units > 0n).toBe(true);
    expect(usage && router && costOf(usage, router.pricing, { atEpochMs })).toMatchObject({ type: 'unknown' });
  });
});
