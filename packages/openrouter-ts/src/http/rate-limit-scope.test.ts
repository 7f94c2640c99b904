import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rateLimitScope } from './rate-limit-scope.ts';

describe('rateLimitScope', () => {
  it.each([
    [
      'account-day',
      {
        message: 'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day',
      },
    ],
    ['account-day', { message: 'Rate limit exceeded: free-models-per-day-high-balance. ' }],
    ['account-day', { message: 'Too many', metadata: { limit_source: 'openrouter_free_tier_daily' } }],
    [
      'account-minute',
      { message: 'Rate limit exceeded: free-models-per-min. ', metadata: { headers: { 'X-RateLimit-Limit': '20' } } },
    ],
    ['account-minute', { message: 'Too many', metadata: { limit_source: 'openrouter_free_tier_per_minute' } }],
    ['model-day', { message: 'Rate limit exceeded: limit_rpd/google/gemini-2.5-pro' }],
    ['model-minute', { message: 'Rate limit exceeded: limit_rpm/google/gemini-2.5-pro' }],
    ['model-minute', { message: 'Too many', metadata: { limit_source: 'openrouter_shared_capacity' } }],
    ['provider', { message: 'Provider returned error', metadata: { provider_name: 'WandB', raw: 'busy' } }],
    ['provider', { message: 'Too many', metadata: { provider_code: 'overloaded' } }],
    ['provider', { message: 'Too many', metadata: { limit_source: 'upstream_provider_shared_pool' } }],
    ['provider', { message: 'Too many', availability: { code: 'capacity_exhausted', retryable: true } }],
    ['unknown', { message: 'Too many', code: 429 }],
    ['unknown', { message: 'Too many', availability: { code: 'temporarily_unavailable' } }],
    ['unknown', { message: 'Too many', metadata: { limit_source: 'something_new' } }],
    ['unknown', {}],
  ])('is %s for %j', (scope, error) => {
    expect(rateLimitScope(error)).toBe(scope);
  });

  it('takes null for absent, as the API means it', () => {
    expect(rateLimitScope({ message: 'Too many', metadata: { provider_name: null, provider_code: null } })).toBe(
      'unknown',
    );
    expect(rateLimitScope({ message: null, metadata: null, availability: null })).toBe('unknown');
  });

  it('finds the limit in the words of a provider too', () => {
    expect(
      rateLimitScope({
        message: 'Provider returned error',
        metadata: { raw: 'limit_rpd/some/model', provider_name: 'X' },
      }),
    ).toBe('model-day');
    expect(rateLimitScope({ message: 'Rate limit exceeded: free-models-per-day', metadata: { raw: { a: 1 } } })).toBe(
      'account-day',
    );
  });

  it('does not read the message and the words of a provider as one', () => {
    expect(rateLimitScope({ message: 'free-models-', metadata: { raw: 'per-day' } })).toBe('unknown');
  });

  it('reads an error that is only a text', () => {
    expect(rateLimitScope('Rate limit exceeded: limit_rpm/some/model')).toBe('model-minute');
    expect(rateLimitScope('Too many requests')).toBe('unknown');
  });

  it('is the edge that refused where the body has no error in it', () => {
    expect(rateLimitScope(undefined)).toBe('edge');
  });

  it('puts the limit of a day before all others, and that of an account before that of a provider', () => {
    const all = {
      message: 'free-models-per-day limit_rpd/m free-models-per-min limit_rpm/m',
      metadata: { provider_name: 'X' },
    };
    expect(rateLimitScope(all)).toBe('account-day');
    expect(rateLimitScope({ ...all, message: 'limit_rpd/m free-models-per-min limit_rpm/m' })).toBe('model-day');
    expect(rateLimitScope({ ...all, message: 'free-models-per-min limit_rpm/m' })).toBe('account-minute');
    expect(rateLimitScope({ ...all, message: 'limit_rpm/m' })).toBe('model-minute');
  });

  it('always answers, whatever the body holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (error) => {
        expect(rateLimitScope(error)).toMatch(
          /^(?:account-day|account-minute|model-day|model-minute|provider|unknown)$/,
        );
      }),
    );
  });
});
