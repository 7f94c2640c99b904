import fc from 'fast-check';
import type { ModelCriteria, ProviderPreferences } from 'openrouter-ts';

const parameters = ['tools', 'seed', 'top_k', 'structured_outputs', 'reasoning', 'response_format', 'temperature'];
const slugs = [
  'openai',
  'openai/priority',
  'azure',
  'google-vertex',
  'google-vertex/us-east5',
  'deepinfra',
  'deepinfra/turbo',
  'groq',
  'novita',
  'anthropic',
];
const inputs = ['text', 'image', 'file', 'audio', 'video'];
const pricesPerMillion = [0, '0', 0.1, '0.15', 0.3, '0.30', 0.59, 1, 2.5, '3.000', 5, 15, 1_000];

/** A random choice of a few things, seldom many: a criterion with all of them would leave nothing. */
function few<Item>(items: readonly Item[], maxLength = 2): fc.Arbitrary<Item[]> {
  return fc.uniqueArray(fc.constantFrom(...items), { maxLength });
}

const cutoffs = (values: readonly number[]): fc.Arbitrary<number | { p50?: number; p90?: number }> =>
  fc.oneof(
    fc.constantFrom(...values),
    fc.record({ p50: fc.constantFrom(...values), p90: fc.constantFrom(...values) }, { requiredKeys: [] }),
  );

/** Each preference alone: what is told apart by its name must be able to fail by its name. */
export const preferences: Readonly<Record<string, fc.Arbitrary<ProviderPreferences>>> = {
  order: fc.record({ order: few(slugs, 4), allow_fallbacks: fc.boolean() }),
  only: fc.record({ only: few(slugs, 4) }),
  ignore: fc.record({ ignore: few(slugs, 4) }),
  quantizations: fc.record({ quantizations: few(['fp8', 'bf16', 'int4', 'unknown']) }),
  data_collection: fc.record({ data_collection: fc.constantFrom('allow', 'deny') }),
  zdr: fc.record({ zdr: fc.boolean() }),
  require_parameters: fc.record({ require_parameters: fc.boolean() }),
  max_price: fc.record({
    max_price: fc.record(
      {
        prompt: fc.constantFrom(...pricesPerMillion),
        completion: fc.constantFrom(...pricesPerMillion),
        request: fc.constantFrom(0, 0.01),
      },
      { requiredKeys: [] },
    ),
  }),
  preferred_min_throughput: fc.record({ preferred_min_throughput: cutoffs([1, 28, 45, 57, 100, 200]) }),
  preferred_max_latency: fc.record({ preferred_max_latency: cutoffs([0.25, 0.5, 0.57, 0.9, 1.8, 5]) }),
  sort: fc.record({ sort: fc.constantFrom('price', 'latency', 'throughput') }),
};

const provider = fc
  .uniqueArray(fc.constantFrom(...Object.values(preferences)), { minLength: 1, maxLength: 3 })
  .chain((chosen) => fc.tuple(...chosen))
  .map((parts): ProviderPreferences => Object.assign({}, ...parts));

/** Conditions that the listing alone decides. */
export const listingCriteria: fc.Arbitrary<ModelCriteria> = fc
  .uniqueArray(
    fc.constantFrom<fc.Arbitrary<ModelCriteria>>(
      fc.record({ query: fc.constantFrom('gpt', 'Claude 4.5', 'gemini flash', 'no such', '') }),
      fc.record({
        author: fc.oneof(fc.constantFrom('openai', 'google'), few(['anthropic', 'openai', 'meta-llama'], 3)),
      }),
      fc.record({ tools: fc.boolean() }),
      fc.record({ structuredOutputs: fc.boolean() }),
      fc.record({ reasoning: fc.boolean() }),
      fc.record({ supportedParameters: few(parameters) }),
      fc.record({ inputModalities: few(inputs) }),
      fc.record({ outputModalities: few(['text', 'image', 'audio', 'embeddings'], 1) }),
      fc.record({ minContext: fc.constantFrom(0, 8_192, 65_536, 128_000, 131_072, 131_073, 200_000, 1_000_000) }),
      fc.record({ minMaxOutput: fc.constantFrom(0, 8_192, 16_384, 32_769, 64_000) }),
      fc.record({ maxPromptPrice: fc.constantFrom(...pricesPerMillion) }),
      fc.record({ maxCompletionPrice: fc.constantFrom(...pricesPerMillion) }),
      fc.record({ free: fc.boolean() }),
      fc.record({ includeExpired: fc.boolean() }),
      fc.record({ availableOn: fc.constantFrom('2026-08-16', '2026-08-17', '2026-12-30', '2026-12-31', '2099-01-01') }),
    ),
    { maxLength: 3 },
  )
  .chain((chosen) => fc.tuple(...chosen))
  .map((parts): ModelCriteria => Object.assign({}, ...parts));

/** Conditions of every kind. */
export const anyCriteria: fc.Arbitrary<ModelCriteria> = fc
  .tuple(listingCriteria, fc.option(provider, { nil: undefined }), fc.option(fc.boolean(), { nil: undefined }))
  .map(([listing, wishes, endpoints]) => ({ ...listing, provider: wishes, endpoints }));
