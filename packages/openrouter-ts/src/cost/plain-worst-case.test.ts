import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aModel, anEndpoint, asking } from '../../tests/support/listed.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import type { Model } from '../wire/model.ts';
import { compare } from './decimal-arithmetic.ts';
import { zero } from './decimal.ts';
import { plainWorstCaseUsd } from './plain-worst-case.ts';
import { worstCaseUsd } from './worst-case.ts';

const id = 'openai/gpt-4o-mini';
const hi: ChatRequest = { ...asking('Hi'), model: id };

/** Leaves members out at random. */
const some = <Members extends object>(members: { [Name in keyof Members]: fc.Arbitrary<Members[Name]> }) =>
  fc.record(members, { requiredKeys: [] });

const price = fc
  .tuple(fc.nat(999), fc.integer({ min: 0, max: 15 }))
  .map(([digits, exponent]) => `${digits}e-${exponent}`);
const prices = {
  request: price,
  image: price,
  input_cache_read: price,
  input_cache_write: price,
  input_cache_write_1h: price,
  audio: price,
  internal_reasoning: price,
  image_output: price,
  web_search: price,
};
const pricing = fc
  .tuple(fc.record({ prompt: price, completion: price }), some(prices), fc.option(some(prices), { nil: undefined }))
  .map(([base, more, override]) => ({
    ...base,
    ...more,
    ...(override === undefined ? undefined : { overrides: [override] }),
  }));
const length = fc.oneof(fc.integer({ min: 1, max: 200_000 }), fc.constantFrom(0, null, 1_000.5));
const endpoint = fc
  .record({
    pricing,
    context_length: fc.integer({ min: 1, max: 200_000 }),
    max_completion_tokens: length,
    tag: fc.constantFrom('a', 'a/fast'),
  })
  .map((members) => anEndpoint(members));
const model = fc
  .record({
    id: fc.constantFrom(id, 'perplexity/sonar', 'a/b:online', 'a/b:nitro', 'openai/o3-deep-research', 'a/b@preset/c'),
    pricing: fc.oneof(pricing, fc.constant({ prompt: '-1', completion: '-1' })),
    context_length: length,
    top_provider: fc.record({ context_length: length, max_completion_tokens: length }),
    architecture: fc.record({
      input_modalities: fc.constant(['text']),
      output_modalities: fc.constantFrom(['text'], ['text', 'image']),
    }),
    supported_parameters: fc.constantFrom([], ['reasoning']),
    reasoning: fc.constantFrom(undefined, {}, { mandatory: true, default_enabled: false }, { default_enabled: false }),
  })
  .map((members) => aModel(members as unknown as Partial<Model>));
const message = fc.record({
  role: fc.constantFrom('system', 'user', 'assistant'),
  content: fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.constantFrom('{"ttl":"1h"}', 'ﷺ', '\uD83D', '\uDE00'),
    fc.constant('x'.repeat(150_000)),
  ),
});
const limit = fc.oneof(fc.integer({ min: 1, max: 300_000 }), fc.double({ noNaN: true }), fc.constantFrom(null, 0, -5));
const wishes = some({
  max_tokens: limit,
  max_completion_tokens: limit,
  temperature: fc.constant(1),
  user: fc.string(),
});
/** What has a say in the bill, and is left to the long way. */
const others = some({
  n: fc.constantFrom(1, 3),
  reasoning: fc.constant({}),
  tools: fc.constant([{ type: 'openrouter:web_search' }]),
  plugins: fc.constant([{ id: 'web' }]),
  provider: fc.constant({ only: ['a'] }),
  service_tier: fc.constantFrom('priority', null),
  cache_control: fc.constant({ type: 'ephemeral', ttl: '1h' }),
  web_search_options: fc.constant({}),
  response_format: fc.constant({ type: 'json_object' }),
});
const request = fc
  .tuple(fc.array(message, { maxLength: 4 }), wishes, fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, others))
  .map(([messages, wished, more]) => ({ messages, ...wished, ...more }));

describe('the worst case of plain text', () => {
  it('is that of any request', () => {
    let said = 0;
    fc.assert(
      fc.property(model, fc.array(endpoint, { maxLength: 3 }), request, (listed, endpoints, wished) => {
        const asked = { ...wished, model: listed.id } as unknown as ChatRequest;
        const quick = plainWorstCaseUsd(asked, listed, endpoints);
        if (quick === undefined) return;
        said += 1;
        expect(compare(quick, worstCaseUsd(asked, listed, endpoints) ?? zero)).toBe(0);
        // What is remembered now tells the same.
        expect(plainWorstCaseUsd(asked, listed, endpoints)).toEqual(quick);
      }),
      { numRuns: 1_000 },
    );
    expect(said).toBeGreaterThan(200);
  });

  it.each<[what: string, members: object]>([
    ['nothing else', {}],
    ['a limit', { max_tokens: 100 }],
    ['both limits', { max_tokens: 5, max_completion_tokens: 600 }],
    ['members that cost nothing', { temperature: 0, seed: 1, stream: true, metadata: { a: 'b' } }],
  ])('is told for %s', (_what, members) => {
    const asked = { ...hi, ...members };
    const usd = plainWorstCaseUsd(asked, aModel(), [anEndpoint()]);
    expect(usd && compare(usd, worstCaseUsd(asked, aModel(), [anEndpoint()]) ?? zero)).toBe(0);
  });

  it.each<[what: string, members: object, model?: Partial<Model>]>([
    ['tools', { tools: [{ type: 'openrouter:web_search' }] }],
    ['plugins', { plugins: [{ id: 'web' }] }],
    ['searches', { web_search_options: {} }],
    ['a provider', { provider: { only: ['a'] } }],
    ['a tier', { service_tier: 'priority' }],
    ['a preset', { preset: 'a' }],
    ['other models', { models: ['a/b'] }],
    ['a longer cache', { cache_control: { type: 'ephemeral', ttl: '1h' } }],
    ['a longer cache in its text', asking('{"ttl":"1h"}')],
    ['several answers', { n: 2 }],
    ['thoughts', { reasoning: { effort: 'high' } }],
    ['hard thoughts', { reasoning_effort: 'high' }],
    ['a form of the answer', { response_format: { type: 'json_object' } }],
    ['a prediction', { prediction: { type: 'content', content: 'x' } }],
    ['other modalities', { modalities: ['image'] }],
    ['something new', { something_new: true }],
    ['parts', { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] }],
    ['a variant of the model', { model: `${id}:nitro` }],
    ['no model', { model: undefined }],
    ['a limit that is no whole number', { max_tokens: 100.5 }],
    ['a limit without limits', { max_tokens: 1e15 }],
    ['no limit at all', {}, { context_length: null, top_provider: {} }],
    ['a router', {}, { pricing: { prompt: '-1', completion: '-1' } }],
  ])('is left to the long way for %s', (_what, members, listed) => {
    expect(plainWorstCaseUsd({ ...hi, ...members }, aModel(listed), [])).toBeUndefined();
  });

  it('changes with what is listed', () => {
    const listed = aModel();
    const cheap = [anEndpoint()];
    const dear = [anEndpoint({ pricing: { prompt: '1', completion: '1' } })];
    for (const endpoints of [cheap, dear, cheap]) {
      const usd = plainWorstCaseUsd(hi, listed, endpoints);
      expect(usd && compare(usd, worstCaseUsd(hi, listed, endpoints) ?? zero)).toBe(0);
    }
  });
});
