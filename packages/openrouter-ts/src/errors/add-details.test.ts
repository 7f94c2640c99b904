import { describe, expect, it } from 'vitest';
import type { ChatCompletion } from '../wire/chat-completion.ts';
import { addDetails } from './add-details.ts';
import { OpenRouterError } from './open-router-error.ts';

const partial: ChatCompletion = { id: 'gen-1', object: 'chat.completion', created: 0, model: 'm', choices: [] };

describe('addDetails', () => {
  it('fills fields in and gives the same error back', () => {
    const error = new OpenRouterError('It failed.', 'some-kind', { retryable: true });
    const { stack } = error;
    expect(addDetails(error, { phase: 'sent', billing: 'possible', generationId: 'gen-1' })).toBe(error);
    expect(error).toMatchObject({ phase: 'sent', billing: 'possible', generationId: 'gen-1', retryable: true });
    expect(error.stack).toBe(stack);
  });

  it('leaves what the error knows where nothing better is known', () => {
    const error = new OpenRouterError('It failed.', 'some-kind', { generationId: 'gen-1', phase: 'answered' });
    addDetails(error, { generationId: undefined, phase: undefined });
    expect(error).toMatchObject({ generationId: 'gen-1', phase: 'answered' });
  });

  it('can be done again and again', () => {
    const error = new OpenRouterError('It failed.', 'some-kind');
    addDetails(error, { retryable: true, partial });
    addDetails(error, { retryable: false, partial: { ...partial, id: 'gen-2' } });
    expect(error.retryable).toBe(false);
    expect(error.partial?.id).toBe('gen-2');
  });

  it('keeps what had arrived out of logs, and everything else in them', () => {
    const error = new OpenRouterError('It failed.', 'some-kind');
    addDetails(error, { partial, generationId: 'gen-3' });
    expect(error.partial).toBe(partial);
    expect(Object.keys(error)).not.toContain('partial');
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ generationId: 'gen-3' });
  });

  it('leaves fields that can still be written, as those of the error itself can', () => {
    const error: { generationId?: unknown } = addDetails(new OpenRouterError('It failed.', 'some-kind'), {
      generationId: 'gen-1',
    });
    error.generationId = 'gen-2';
    expect(error.generationId).toBe('gen-2');
  });
});
