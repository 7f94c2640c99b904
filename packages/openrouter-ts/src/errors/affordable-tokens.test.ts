import { describe, expect, it } from 'vitest';
import { affordableTokens } from './affordable-tokens.ts';
import { OpenRouterError } from './open-router-error.ts';
import { BadRequestError, InsufficientCreditsError } from './status-errors.ts';

function refusal(message: string): InsufficientCreditsError {
  return new InsufficientCreditsError(message, { status: 402 }, 'insufficient-credits');
}

describe('affordableTokens', () => {
  it.each([
    [
      'This request requires more credits, or fewer max_tokens. You requested up to 64000 tokens, but can only afford 1200. To increase, visit https://openrouter.ai/settings/credits and upgrade to a paid account',
      { requested: 64_000, affordable: 1200 },
    ],
    ['You requested up to 64,000 tokens, but can only afford 0.', { requested: 64_000, affordable: 0 }],
    ['You REQUESTED 10 tokens and can afford only 3 tokens', { requested: 10, affordable: 3 }],
    ['You can only afford 12 345 tokens', { requested: undefined, affordable: 12_345 }],
  ])('reads %j', (message, expected) => {
    expect(affordableTokens(refusal(message))).toEqual(expected);
  });

  it.each(['Insufficient credits. Add more using https://openrouter.ai/credits', 'You can not afford this', ''])(
    'finds nothing in %j',
    (message) => {
      expect(affordableTokens(refusal(message))).toBeUndefined();
    },
  );

  it('finds nothing in what is no refusal for lack of credits', () => {
    const message = 'You requested up to 10 tokens, but can only afford 3.';
    expect(affordableTokens(new BadRequestError(message, { status: 400 }))).toBeUndefined();
    expect(affordableTokens(new OpenRouterError(message, 'config'))).toBeUndefined();
    expect(affordableTokens(new Error(message))).toBeUndefined();
    expect(affordableTokens(undefined)).toBeUndefined();
  });
});
