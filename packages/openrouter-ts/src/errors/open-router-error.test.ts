import { describe, expect, it } from 'vitest';
import type { ChatCompletion } from '../wire/chat-completion.ts';
import { ConfigError } from './config-error.ts';
import { isOpenRouterError, OpenRouterError } from './open-router-error.ts';
import { RateLimitError } from './status-errors.ts';

const partial: ChatCompletion = { id: 'gen-1', object: 'chat.completion', created: 0, model: 'm', choices: [] };

describe('an error of this library', () => {
  it('carries everything that is known of the failure', () => {
    const cause = new Error('beneath');
    const attempts = [{ number: 1, startedAt: 0, durationMs: 5 }];
    const error = new OpenRouterError('It failed.', 'some-kind', {
      cause,
      retryable: true,
      retryAfterMs: 2000,
      phase: 'streaming',
      billing: 'possible',
      generationId: 'gen-1',
      partial,
      attempts,
    });
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toBe('It failed.');
    expect(error).toMatchObject({
      kind: 'some-kind',
      retryable: true,
      retryAfterMs: 2000,
      phase: 'streaming',
      billing: 'possible',
    });
    expect(error.generationId).toBe('gen-1');
    expect(error.cause).toBe(cause);
    expect(error.partial).toBe(partial);
    expect(error.attempts).toBe(attempts);
  });

  it('is final, free of charge and not sent unless something else is known', () => {
    const error = new OpenRouterError('It failed.', 'some-kind');
    expect(Object.fromEntries(Object.entries(error))).toEqual({
      name: 'OpenRouterError',
      kind: 'some-kind',
      retryable: false,
      retryAfterMs: undefined,
      phase: 'unsent',
      billing: 'none',
      generationId: undefined,
      attempts: [],
    });
    expect(error.partial).toBeUndefined();
  });

  it('has no cause where there is none', () => {
    expect('cause' in new OpenRouterError('It failed.', 'some-kind')).toBe(false);
    expect('cause' in new OpenRouterError('It failed.', 'some-kind', { cause: undefined })).toBe(false);
    expect(new OpenRouterError('It failed.', 'some-kind', { cause: null }).cause).toBeNull();
  });

  it('bears the name of its class', () => {
    expect(new ConfigError('Wrong.').name).toBe('ConfigError');
    expect(new RateLimitError('Slow down.', { status: 429, scope: 'unknown' }).name).toBe('RateLimitError');
    expect(String(new ConfigError('Wrong.'))).toBe('ConfigError: Wrong.');
  });

  it('does not spill what had arrived where it is logged', () => {
    const error = new OpenRouterError('It failed.', 'some-kind', { partial });
    expect(Object.keys(error)).not.toContain('partial');
    expect(JSON.stringify(error)).not.toContain('gen-1');
  });
});

describe('isOpenRouterError', () => {
  it('knows every error of the library', () => {
    expect(isOpenRouterError(new OpenRouterError('It failed.', 'some-kind'))).toBe(true);
    expect(isOpenRouterError(new ConfigError('Wrong.'))).toBe(true);
  });

  it('knows an error of another copy of the library', () => {
    const foreign = Object.assign(new Error('from elsewhere'), { [Symbol.for('openrouter-ts.error')]: true });
    expect(isOpenRouterError(foreign)).toBe(true);
  });

  it('knows nothing else', () => {
    const pretender = { [Symbol.for('openrouter-ts.error')]: true };
    for (const value of [new Error('another'), pretender, undefined, null, 'text', 7])
      expect(isOpenRouterError(value)).toBe(false);
  });

  it('is not misled by an error that was copied with its fields', () => {
    expect(isOpenRouterError(Object.assign(new Error('copy'), new ConfigError('Wrong.')))).toBe(false);
  });
});
