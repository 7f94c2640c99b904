import { describe, expect, it } from 'vitest';
import { matchesProvider } from './matches-provider.ts';

describe('a provider slug', () => {
  it.each([
    ['google-vertex', 'google-vertex'],
    ['google-vertex', 'google-vertex/us-east5'],
    ['google-vertex/us-east5', 'google-vertex/us-east5'],
    ['DeepInfra', 'deepinfra/turbo'],
    ['openai/priority', 'openai/priority'],
  ])('%s stands for %s', (slug, tag) => {
    expect(matchesProvider(slug, { tag, provider_name: 'X' })).toBe(true);
  });

  it.each([
    ['google', 'google-vertex'],
    ['google-vertex/us-east5', 'google-vertex'],
    ['google-vertex/us-east5', 'google-vertex/europe-west1'],
    ['openai', 'openai/priority'],
    ['openai', 'openai/eu/flex'],
    ['', 'openai'],
  ])('%s does not stand for %s', (slug, tag) => {
    expect(matchesProvider(slug, { tag, provider_name: 'X' })).toBe(false);
  });

  it('stands for an endpoint without a tag by the name of the provider', () => {
    expect(matchesProvider('google-ai-studio', { provider_name: 'Google AI Studio' })).toBe(true);
    expect(matchesProvider('google', { provider_name: 'Google AI Studio' })).toBe(false);
  });
});
