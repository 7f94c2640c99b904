import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/config-error.ts';
import { checkCriteria } from './check-criteria.ts';
import type { ModelCriteria } from './model-criteria.ts';

function refusal(criteria: object, alsoKnown?: readonly string[]): string {
  try {
    checkCriteria(criteria, alsoKnown);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'They are accepted.';
}

describe('criteria', () => {
  it('may be any that exist', () => {
    const criteria: Required<ModelCriteria> = {
      query: 'gpt',
      author: ['openai'],
      tools: true,
      structuredOutputs: false,
      reasoning: undefined,
      supportedParameters: ['seed'],
      inputModalities: ['text'],
      outputModalities: [],
      minContext: 0,
      minMaxOutput: 1_000,
      maxPromptPrice: 0,
      maxCompletionPrice: '0.5',
      free: false,
      includeExpired: true,
      availableOn: '2026-12-31',
      provider: { only: ['openai'], max_price: { prompt: 1, completion: '2', request: undefined } },
      endpoints: false,
      sort: 'price',
      limit: 3,
    };
    expect(refusal(criteria)).toBe('They are accepted.');
    expect(refusal({})).toBe('They are accepted.');
    expect(refusal({ author: 'openai' })).toBe('They are accepted.');
    expect(refusal({ count: 1 }, ['count'])).toBe('They are accepted.');
  });

  it('must exist: a misspelled one would let every model pass', () => {
    expect(refusal({ maxPrice: 1 })).toMatch(/^There is no criterion maxPrice\. There are query, author, .*, limit\.$/);
    expect(refusal({ toString: 1 })).toContain('There is no criterion toString.');
  });

  it.each([
    [{ tools: 'yes' }, 'tools must be true or false.'],
    [{ minContext: -1 }, 'minContext must be a number of zero or more.'],
    [{ minContext: '8k' }, 'minContext must be a number of zero or more.'],
    [{ maxPromptPrice: 'cheap' }, 'maxPromptPrice must be a price in dollars, such as 0.5 or "0.5".'],
    [{ maxPromptPrice: -1 }, 'maxPromptPrice must be a price in dollars, such as 0.5 or "0.5".'],
    [{ maxPromptPrice: null }, 'maxPromptPrice must be a price in dollars, such as 0.5 or "0.5".'],
    [
      { provider: { max_price: { image: 'x' } } },
      'provider.max_price.image must be a price in dollars, such as 0.5 or "0.5".',
    ],
    [{ query: 5 }, 'query must be a text.'],
    [{ author: [5] }, 'author must be a text or a list of texts.'],
    [{ supportedParameters: 'tools' }, 'supportedParameters must be a list of texts.'],
    [{ availableOn: 'tomorrow' }, 'availableOn must be a day such as 2026-12-31.'],
    [{ availableOn: 20261231 }, 'availableOn must be a day such as 2026-12-31.'],
    [{ sort: 'speed' }, 'sort must be price, context or newest.'],
    [{ provider: 'openai' }, 'provider must be what a chat request takes as `provider`.'],
    [{ provider: null }, 'provider must be what a chat request takes as `provider`.'],
  ])('cannot be %j', (criteria, message) => {
    expect(refusal(criteria)).toBe(message);
  });

  it('may be of every order', () => {
    expect(refusal({ sort: 'context' })).toBe('They are accepted.');
    expect(refusal({ sort: 'newest' })).toBe('They are accepted.');
  });
});
