import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aModel, anEndpoint, asking } from '../../tests/support/listed.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { Model } from '../wire/model.ts';
import type { CostEstimate, KnownCostEstimate } from './cost-estimate.ts';
import { estimateCost, type EstimateOptions } from './estimate-cost.ts';
import { UsageLearner } from './usage-learner.ts';

function estimate(
  request: ChatRequest,
  model: Partial<Model> = {},
  endpoints: readonly Endpoint[] = [],
  options: Partial<EstimateOptions> = {},
): CostEstimate {
  return estimateCost(request, aModel(model), endpoints, { atEpochMs: 0, ...options });
}

function known(...question: Parameters<typeof estimate>): KnownCostEstimate {
  const found = estimate(...question);
  if (found.type !== 'known') throw new Error(`unknown: ${JSON.stringify(found.restsOn)}`);
  return found;
}

function codes({ restsOn }: CostEstimate): readonly string[] {
  return restsOn.map(({ code }) => code);
}

const question = asking('What is the capital of France?', { max_tokens: 100 });

describe('the estimate of a cost', () => {
  it('is what the estimated tokens cost', () => {
    const found = known(question);
    expect(found.promptTokens).toEqual({ low: 10, likely: 14, high: 18 });
    expect(found.completionTokens).toEqual({ low: 1, likely: 100, high: 100 });
    expect(found.exact).toEqual({ low: '0.000012', likely: '0.000214', high: '0.000218' });
    expect(found).toMatchObject({
      model: 'openai/gpt-4o-mini',
      lowUsd: 0.000012,
      likelyUsd: 0.000214,
      highUsd: 0.000218,
    });
    expect(codes(found)).toEqual(['not-calibrated', 'request-limit', 'usual-answer', 'listed-prices']);
  });

  it('has its highest above the likely one, and that above the lowest, and within half of the list price more', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 300 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 2_000 }), (text, limit) => {
        const { lowUsd, likelyUsd, highUsd, promptTokens: prompt } = known(asking(text, { max_tokens: limit }));
        expect(lowUsd).toBeLessThanOrEqual(likelyUsd);
        expect(likelyUsd).toBeLessThanOrEqual(highUsd);
        expect(highUsd).toBeLessThanOrEqual(1.5 * (prompt.likely * 0.000001 + limit * 0.000002));
      }),
    );
  });

  it('takes the limit of the model, and the usual length, where the request says nothing', () => {
    const found = known(asking('Hi', { n: 2 }));
    expect(found.completionTokens).toEqual({ low: 2, likely: 700, high: 2_000 });
    expect(codes(found)).toContain('model-limit');
    expect(known(asking('Hi', { reasoning_effort: 'high' })).completionTokens.likely).toBe(1_000);
    expect(known(asking('Hi'), { top_provider: {}, reasoning: { mandatory: true } }).completionTokens.likely).toBe(
      1_200,
    );
  });

  it('takes the cheapest, the middle and the dearest of those who may answer', () => {
    const at = (completion: string): Endpoint => anEndpoint({ pricing: { prompt: '0', completion } });
    const found = known(question, {}, [at('0.000009'), at('0.000001'), at('0.000003')]);
    expect(found.exact).toEqual({ low: '0.000001', likely: '0.0003', high: '0.0009' });
    expect(codes(found)).toContain('endpoint-prices');
    expect(known(question, {}, [at('0.000009')]).restsOn.at(-1)?.message).toBe('The prices are those of Somebody.');
  });

  it('is corrected by the answers of the session', () => {
    const learner = new UsageLearner();
    for (let index = 0; index < 3; index += 1)
      learner.learn(question, { prompt_tokens: 28, completion_tokens: 40, total_tokens: 68 }, 'openai/gpt-4o-mini');
    const found = known(question, {}, [], { learner });
    expect(found.promptTokens).toEqual({ low: 24, likely: 28, high: 32 });
    expect(found.completionTokens).toEqual({ low: 40, likely: 40, high: 100 });
    expect(codes(found)).toEqual(['calibrated', 'request-limit', 'session-answers', 'listed-prices']);
  });

  it('is less sure of tools, and least of pictures', () => {
    const tool = { type: 'function', function: { name: 'add', parameters: { type: 'object' } } } as const;
    const { promptTokens: prompt } = known({ ...question, tools: [tool] });
    expect(prompt.high / prompt.likely).toBeCloseTo(1.4, 1);
    const picture = { type: 'image_url', image_url: { url: 'https://x' } } as const;
    const seen: ChatRequest = { messages: [{ role: 'user', content: [picture] }], max_tokens: 1 };
    const found = known(seen, { pricing: { prompt: '0', completion: '0', image: '0.5' } });
    expect(found.promptTokens).toEqual({ low: 260, likely: 772, high: 2_304 });
    expect([found.likelyUsd, codes(found).includes('media')]).toEqual([0.5, true]);
    const google = { pricing: { prompt: '0.000001', completion: '0', image: '0.000001' } };
    expect(known(seen, google).likelyUsd).toBeCloseTo(0.000772, 12);
  });

  it('counts a request at its fee, and the cache and thoughts at their prices when it comes to the highest', () => {
    const pricing = {
      prompt: '0',
      completion: '0',
      request: '0.25',
      internal_reasoning: '0.01',
      input_cache_write: '1',
    };
    const found = known(question, { pricing });
    expect([found.lowUsd, found.likelyUsd, found.highUsd]).toEqual([0.25, 0.25, 1.25]);
    expect(known({ ...question, cache_control: { type: 'ephemeral' } }, { pricing }).highUsd).toBe(19.25);
    const speaker = { architecture: { input_modalities: [], output_modalities: ['audio', 'smell'] } };
    expect(known(question, { pricing, ...speaker }).highUsd).toBe(0.25);
  });

  it('counts one search, and at most the worst case', () => {
    const pricing = { prompt: '0', completion: '0', web_search: '0.01' };
    const found = known({ ...question, plugins: [{ id: 'web' }] }, { pricing });
    expect([found.likelyUsd, found.highUsd, codes(found).at(-1)]).toEqual([0.01, 0.15, 'search']);
    const tools = known({ ...question, tools: [{ type: 'openrouter:datetime' }] }, { pricing });
    expect(codes(tools).at(-1)).toBe('server-tools');
  });

  it('is not known when one of those who may answer has no known price', () => {
    const found = estimate(question, {}, [anEndpoint(), anEndpoint({ pricing: { prompt: '-1', completion: '1' } })]);
    expect(found).toMatchObject({ type: 'unknown', missing: ['prompt'] });
  });

  it.each([
    ['prices that are not listed', {}, { pricing: { prompt: '1' } }, 'unknown-prices', ['completion']],
    ['routers', {}, { pricing: { prompt: '-1', completion: '-1' } }, 'unknown-prices', ['prompt', 'completion']],
    ['presets', { preset: 'mine' }, {}, 'preset', []],
    ['tools that ask other models', { tools: [{ type: 'openrouter:fusion' }] }, {}, 'other-models', []],
    ['faster tiers that nobody lists', { service_tier: 'priority' }, {}, 'unknown-prices', []],
    ['endless answers', { max_tokens: null }, { context_length: null, top_provider: {} }, 'unknown-limit', []],
  ])('is not known for %s', (_, members, model, code, missing) => {
    const found = estimate({ ...question, ...members } as ChatRequest, model as unknown as Partial<Model>);
    expect([found.type, codes(found).at(-1)]).toEqual(['unknown', code]);
    expect(found).toMatchObject({ missing });
  });
});
