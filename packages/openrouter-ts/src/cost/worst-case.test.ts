import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aModel, anEndpoint, asking } from '../../tests/support/listed.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { Model } from '../wire/model.ts';
import { costOf } from './cost-of.ts';
import { toNumber, zero } from './decimal.ts';
import { compare } from './decimal-arithmetic.ts';
import { worstCaseUsd } from './worst-case.ts';

function usd(
  request: ChatRequest,
  model: Partial<Model> = {},
  endpoints: readonly Endpoint[] = [],
): number | undefined {
  const worst = worstCaseUsd(request, aModel(model), endpoints);
  return worst && toNumber(worst);
}

const hi = asking('Hi', { max_tokens: 100 });
const plain = usd(hi) ?? 0;

describe('the worst case', () => {
  it('is never below the bill of an answer that keeps to the limits', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(texts, fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true }), (text, limit, part) => {
        const request = asking(text, { max_tokens: limit + 1 });
        const bytes = new TextEncoder().encode(text).length;
        const usage = { prompt_tokens: bytes, completion_tokens: Math.floor((limit + 1) * part), total_tokens: 0 };
        const bill = costOf(usage, aModel().pricing, { atEpochMs: 0 });
        const worst = worstCaseUsd(request, aModel(), []) ?? zero;
        expect(bill.type === 'known' && compare(bill.usd, worst)).toBe(-1);
      }),
    );
  });

  it('takes the longest answer of the request, and else that of the model', () => {
    expect((usd(asking('Hi', { max_tokens: 600 })) ?? 0) - plain).toBeCloseTo(500 * 0.000002, 12);
    expect((usd(asking('Hi', { max_tokens: 100, max_completion_tokens: 600 })) ?? 0) - plain).toBeCloseTo(0.001, 12);
    expect((usd(asking('Hi')) ?? 0) - plain).toBeCloseTo(900 * 0.000002, 12);
  });

  it('takes the whole context where no endpoint limits the answer', () => {
    const endpoints = [anEndpoint(), anEndpoint({ max_completion_tokens: null, context_length: 20_000 })];
    expect((usd(asking('Hi'), {}, endpoints) ?? 0) - plain).toBeCloseTo(19_900 * 0.000002, 12);
  });

  it('counts a prompt as no longer than the context', () => {
    const long = usd(asking('word '.repeat(100_000), { max_tokens: 16 })) ?? 0;
    expect(long).toBeCloseTo(10_000 * 0.000001 + 16 * 0.000002, 12);
  });

  it('takes prices that have been read again, and the old ones until then', () => {
    const model = aModel();
    const cheap = [anEndpoint()];
    const dear = [anEndpoint({ pricing: { prompt: '1', completion: '1' } })];
    const of = (endpoints: readonly Endpoint[]): number => toNumber(worstCaseUsd(hi, model, endpoints) ?? zero);
    const first = of(cheap);
    expect(of(cheap)).toBe(first);
    expect(of(dear)).toBeGreaterThan(100);
    expect(of(cheap)).toBe(first);
  });

  it('counts an answer for each that is asked for', () => {
    expect((usd(asking('Hi', { max_tokens: 100, n: 3 })) ?? 0) - plain).toBeCloseTo(200 * 0.000002, 12);
  });

  it('leaves room for thoughts of models that think beyond the limit', () => {
    const more = 1_024 * 0.000002;
    expect((usd(hi, { reasoning: { mandatory: true, default_enabled: false } }) ?? 0) - plain).toBeCloseTo(more, 12);
    expect((usd(hi, { reasoning: {} }) ?? 0) - plain).toBeCloseTo(more, 12);
    expect((usd(hi, { supported_parameters: ['reasoning'] }) ?? 0) - plain).toBeCloseTo(more, 12);
    expect((usd({ ...hi, reasoning_effort: 'low' }) ?? 0) - plain).toBeCloseTo(more, 12);
    expect((usd({ ...hi, reasoning: {} }) ?? 0) - plain).toBeCloseTo(more, 12);
    expect(usd(hi, { reasoning: { default_enabled: false } })).toBe(plain);
  });

  it('leaves room for pictures of models that make them', () => {
    const painter = { architecture: { input_modalities: ['text'], output_modalities: ['text', 'image'] } };
    expect((usd(hi, painter) ?? 0) - plain).toBeCloseTo(32_768 * 0.000002, 12);
  });

  it.each([
    ['of the endpoints', [anEndpoint({ pricing: { prompt: '0.000001', completion: '0.00002' } }), anEndpoint()]],
    [
      'of the overrides',
      [
        anEndpoint({
          pricing: {
            prompt: '0.000001',
            completion: '0',
            overrides: [{ min_prompt_tokens: 1e6, completion: '0.00002' }],
          },
        }),
      ],
    ],
    [
      'of what tokens can be',
      [anEndpoint({ pricing: { prompt: '0.000001', completion: '0', internal_reasoning: '0.00002' } })],
    ],
  ])('takes the highest price %s', (_, endpoints) => {
    expect((usd(hi, {}, endpoints) ?? 0) - plain).toBeCloseTo(100 * 0.000018, 12);
  });

  it('takes the price of writing to the cache, for an hour only where that is asked for', () => {
    const pricing = {
      prompt: '0.000001',
      completion: '0',
      input_cache_write: '0.000002',
      input_cache_write_1h: '0.000004',
    };
    const prompt = (request: ChatRequest): number => usd(request, { pricing }) ?? 0;
    const short = prompt(hi);
    expect(short).toBeCloseTo(2 * (usd(hi, { pricing: { prompt: '0.000001', completion: '0' } }) ?? 0), 12);
    expect(prompt({ ...hi, cache_control: { type: 'ephemeral', ttl: '1h' } })).toBeCloseTo(2 * short, 12);
    const marked = { role: 'user', content: 'Hi', cache_control: { type: 'ephemeral', ttl: '1h' } } as const;
    expect(prompt({ messages: [marked], max_tokens: 100 })).toBeGreaterThan(2 * short);
  });

  it('counts only the providers that may answer', () => {
    const dear = anEndpoint({ tag: 'dear', pricing: { prompt: '1', completion: '1' } });
    const fast = anEndpoint({ tag: 'somebody/priority', pricing: { prompt: '1', completion: '1' } });
    const cheap = anEndpoint();
    expect(usd({ ...hi, provider: { only: ['somebody'] } }, {}, [dear, cheap])).toBe(plain);
    expect(usd({ ...hi, provider: { only: [], ignore: ['dear'] } }, {}, [dear, cheap])).toBe(plain);
    expect(usd({ ...hi, provider: { order: ['somebody'], allow_fallbacks: false } }, {}, [dear, cheap])).toBe(plain);
    expect(usd({ ...hi, provider: { order: ['somebody'] } }, {}, [dear, cheap])).toBeGreaterThan(1);
    expect(usd(hi, {}, [fast, cheap])).toBe(plain);
    expect(usd(hi, {}, [anEndpoint({ tag: undefined })])).toBe(plain);
    expect(usd({ ...hi, provider: { sort: 'price' } }, {}, [fast, cheap])).toBe(plain);
    expect(usd({ ...hi, service_tier: 'priority' }, {}, [fast, cheap])).toBeGreaterThan(1);
    expect(usd({ ...hi, model: 'a/b:nitro' }, {}, [fast, cheap])).toBeGreaterThan(1);
    expect(usd({ ...hi, provider: { sort: { by: 'throughput' } } }, {}, [fast, cheap])).toBeGreaterThan(1);
    expect(usd({ ...hi, provider: { order: ['somebody/priority'] } }, {}, [fast, cheap])).toBeGreaterThan(1);
    expect(usd({ ...hi, provider: { only: ['nobody'] } }, {}, [dear, cheap])).toBeGreaterThan(1);
  });

  it('counts the fee of a request and of each picture', () => {
    const picture = { type: 'image_url', image_url: { url: 'https://x.example/y.png' } } as const;
    const seen = { messages: [{ role: 'user', content: [picture, picture] }], max_tokens: 100 } as const;
    const pricing = { prompt: '0', completion: '0', request: '0.5', image: '0.25' };
    expect(usd(seen, { pricing })).toBe(1);
    expect(usd(seen, { context_length: 1e6 })).toBeGreaterThan(0.1);
  });

  it('counts sound, films and files by their length, and as the whole context when they lie elsewhere', () => {
    const context = { context_length: 1e6, top_provider: {}, pricing: { prompt: '1', completion: '0' } };
    const prompt = (...content: readonly object[]): number =>
      usd({ messages: [{ role: 'user', content }], max_tokens: 16 } as unknown as ChatRequest, {
        ...context,
        architecture: { input_modalities: ['file'], output_modalities: ['text'] },
      }) ?? 0;
    const data = 'A'.repeat(4_000);
    const sound = { type: 'input_audio', input_audio: { data, format: 'wav' } };
    const film = (url: string): object => ({ type: 'video_url', video_url: { url } });
    const file = (file_data?: string): object => ({ type: 'file', file: { file_data, file_id: 'x' } });
    expect(prompt(sound)).toBeGreaterThanOrEqual(500);
    expect(prompt(film(`data:video/mp4;base64,${data}`))).toBeGreaterThanOrEqual(4_096 + 1_000);
    expect(prompt(file(`data:application/pdf;base64,${data}`))).toBeGreaterThanOrEqual(4_096 + 16_000);
    expect(prompt(film('https://x.example/y.mp4'))).toBe(1e6);
    expect(prompt(file())).toBe(1e6);
    const parsed = { type: 'file', file: { hash: 'x', content: [] } };
    expect(prompt(parsed)).toBeLessThan(2_000);
  });

  it('counts the pages of files that OpenRouter has to parse, and does not know those that lie elsewhere', () => {
    const of = (file_data: string, plugins?: ChatRequest['plugins']): number | undefined =>
      usd(
        { messages: [{ role: 'user', content: [{ type: 'file', file: { file_data } }] }], max_tokens: 16, plugins },
        { pricing: { prompt: '0', completion: '0' } },
      );
    const data = `data:application/pdf;base64,${'A'.repeat(3_000)}`;
    expect(of(data)).toBe(0.006);
    expect(of(data, [{ id: 'file-parser', pdf: { engine: 'mistral-ocr' } }])).toBe(0.006);
    expect(
      of(data, [
        { id: 'web-fetch', enabled: false },
        { id: 'file-parser', pdf: { engine: 'cloudflare-ai' } },
      ]),
    ).toBe(0);
    expect(of('https://x.example/y.pdf')).toBeUndefined();
    const odd = [{ id: 'file-parser', pdf: null }] as unknown as ChatRequest['plugins'];
    expect(of(data, odd)).toBe(0.006);
  });

  it('counts searches at the dearest, wherever they are asked for', () => {
    const free = { pricing: { prompt: '0', completion: '0' } };
    expect(usd({ ...hi, plugins: [{ id: 'web' }] }, free)).toBeCloseTo(0.15, 12);
    expect(usd({ ...hi, plugins: [{ id: 'web', enabled: false }] }, free)).toBe(0);
    expect(usd({ ...hi, plugins: [{ id: 'web', max_results: 12, max_uses: 20 }] }, free)).toBeCloseTo(20 * 0.017, 12);
    expect(usd({ ...hi, model: 'a/b:online' }, free)).toBeCloseTo(0.15, 12);
    expect(usd({ ...hi, web_search_options: {} }, free)).toBeCloseTo(0.15, 12);
    expect(usd(hi, { ...free, id: 'perplexity/sonar' })).toBeCloseTo(0.15, 12);
    const dear = { pricing: { ...free.pricing, web_search: '0.05' } };
    expect(usd({ ...hi, plugins: [{ id: 'web' }] }, dear)).toBeCloseTo(0.5, 12);
  });

  it('counts a whole context for each round of the tools of OpenRouter', () => {
    const tools = [{ type: 'openrouter:web_search', parameters: { max_results: 20 } }] as const;
    const round = 10_000 * 0.000001 + 100 * 0.000002;
    expect(usd({ ...hi, tools })).toBeCloseTo(32 * (round + 0.025), 9);
    expect(usd({ ...hi, tools: [{ type: 'openrouter:datetime' }], max_tool_calls: 2 })).toBeCloseTo(4 * round, 12);
    const stop = { stop_server_tools_when: [{ type: 'step_count_is', step_count: 3 } as const] };
    expect(usd({ ...hi, tools: [{ type: 'openrouter:datetime' }], ...stop })).toBeCloseTo(5 * round, 12);
    expect(usd({ ...hi, plugins: [{ id: 'web-fetch' }], max_tool_calls: 1 })).toBeCloseTo(3 * round, 12);
  });

  it.each([
    ['a router without a price', hi, { pricing: { prompt: '-1', completion: '-1' } }],
    ['a list without prices', hi, { pricing: {} }],
    ['a price that is no number', hi, { pricing: { prompt: true, completion: '1' } }],
    ['a preset', { ...hi, preset: 'mine' }, {}],
    ['a preset in the model', { ...hi, models: ['a/b@preset/mine'] }, {}],
    ['an adviser', { ...hi, tools: [{ type: 'openrouter:advisor' }] }, {}],
    ['a panel', { ...hi, plugins: [{ id: 'fusion' }] }, {}],
    ['deep research', hi, { id: 'openai/o3-deep-research' }],
    ['a faster tier whose price nobody lists', { ...hi, service_tier: 'priority' }, {}],
    ['no limit at all', asking('Hi'), { context_length: null, top_provider: {} }],
  ])('is not known for %s', (_, request, model) => {
    expect(usd(request as ChatRequest, model as unknown as Partial<Model>)).toBeUndefined();
  });
});
