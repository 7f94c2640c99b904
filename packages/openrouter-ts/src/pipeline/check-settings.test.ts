import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/config-error.ts';
import { checkSettings } from './check-settings.ts';

function refusal(settings: object): string {
  try {
    checkSettings(settings);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'It is accepted.';
}

describe('what a caller says about a call', () => {
  it.each([
    [{}],
    [{ timeoutMs: 1, maxRetries: 0, fallbackModels: [], allowPaidFallback: true }],
    [{ timeoutMs: Infinity, maxRetries: 10, fallbackModels: ['a', 'b'] }],
    [{ tag: 'nightly' }],
    [{ timeoutMs: undefined, maxRetries: undefined, fallbackModels: undefined }],
  ])('may be %j', (settings) => {
    expect(refusal(settings)).toBe('It is accepted.');
  });

  it.each([-1, 1.5, Number.NaN, Infinity, '2', null])('counts retries in whole numbers, not %j', (maxRetries) => {
    expect(refusal({ maxRetries })).toBe('maxRetries must be a whole number of zero or more.');
  });

  it.each(['openai/gpt-4o-mini', [1], [''], {}, null])('lists models by their ids, not as %j', (fallbackModels) => {
    expect(refusal({ fallbackModels })).toBe('fallbackModels must be a list of model ids.');
  });

  it.each(['', 1, {}, null])('names what the call is for with a word, not with %j', (tag) => {
    expect(refusal({ tag })).toBe('tag must be a word.');
  });

  it('takes only time that there is', () => {
    expect(refusal({ timeoutMs: 0 })).toContain('timeoutMs must be a number above zero');
  });
});
