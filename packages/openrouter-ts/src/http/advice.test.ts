import { describe, expect, it } from 'vitest';
import { adviceFor } from './advice.ts';

const chat = 'POST /chat/completions';

function adviceOn(status: number, errorType: string | undefined, operation: string, words = ''): string {
  return adviceFor({ status, errorType, operation, words });
}

describe('adviceFor', () => {
  it.each([
    [401, 'Check apiKey, or set OPENROUTER_API_KEY; keys are made at https://openrouter.ai/keys.'],
    [402, 'Add credits at https://openrouter.ai/settings/credits, or lower max_tokens.'],
    [404, 'Check the model id, and that provider and privacy settings leave a provider for it.'],
    [413, 'Send less.'],
    [524, 'Long answers should be streamed.'],
  ])('says what to do about status %d', (status, advice) => {
    expect(adviceOn(status, undefined, chat)).toBe(advice);
  });

  it('prefers what is known of the failure to what is known of its status', () => {
    const advice = 'Shorten the messages, or choose a model with a larger context.';
    expect(adviceOn(400, 'context_length_exceeded', chat)).toBe(advice);
    expect(adviceOn(413, 'context_length_exceeded', chat)).toBe(advice);
  });

  it.each([400, 403, 408, 409, 422, 429, 500, 502, 503, 504, 529])(
    'has nothing to add to what the server says with %d',
    (status) => {
      expect(adviceOn(status, undefined, chat)).toBe('');
    },
  );

  it('goes by the status where it does not know the word, even one that every object knows', () => {
    expect(adviceOn(413, 'image_too_large', chat)).toBe('Send less.');
    expect(adviceOn(400, 'constructor', chat)).toBe('');
  });

  it.each([
    ['You requested up to 64000 tokens, but can only afford 1200.', 'or lower max_tokens to 1200.'],
    ['You requested up to 64000 tokens, but can only afford 0.', 'or lower max_tokens.'],
  ])('says how long an answer the credits would still pay for: %s', (words, advice) => {
    expect(adviceOn(402, undefined, chat, words)).toBe(
      `Add credits at https://openrouter.ai/settings/credits, ${advice}`,
    );
  });

  it('does not talk of models where something else was asked for by its id', () => {
    expect(adviceOn(404, undefined, 'GET /models/a/b/endpoints')).toBe('');
    expect(adviceOn(401, undefined, 'GET /generation')).not.toBe('');
  });

  it('says that a record of a generation is late', () => {
    const advice = 'A record appears some seconds after its answer: waitMs waits for it.';
    expect(adviceOn(404, undefined, 'GET /generation')).toBe(advice);
    expect(adviceOn(500, undefined, 'GET /generation')).toBe('');
  });

  it.each(['GET /credits', 'GET /activity'])('says that %s needs a management key', (operation) => {
    const advice =
      'Only a management key may ask for this; they are made at https://openrouter.ai/settings/management-keys.';
    expect(adviceOn(403, undefined, operation)).toBe(advice);
    expect(adviceOn(401, undefined, operation)).toBe(advice);
    expect(adviceOn(500, undefined, operation)).toBe('');
  });
});
