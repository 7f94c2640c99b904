import { describe, expect, it } from 'vitest';
import { refused } from '../../tests/support/failures.ts';
import type { CallEvent } from './events.ts';
import { tellHook, type Hooks } from './hooks.ts';

const facts = { call: 1, operation: 'POST /chat/completions' };
const events = {
  onRequest: { ...facts, type: 'request', model: 'm', stream: false },
  onAttempt: { ...facts, type: 'attempt', attempt: 1, model: 'm' },
  onRetry: { ...facts, type: 'retry', attempt: 1, waitMs: 1, hinted: false, error: refused(503) },
  onFallback: { ...facts, type: 'fallback', from: 'm', to: 'n', by: 'client' },
  onFirstToken: { ...facts, type: 'first-token', sinceStartMs: 1 },
  onFinish: { ...facts, type: 'finish', durationMs: 1, model: 'm', generationId: 'g', usage: undefined, attempts: [] },
  onError: { ...facts, type: 'error', durationMs: 1, error: 'enough', attempts: [] },
} as const satisfies Readonly<Record<keyof Hooks, CallEvent>>;

describe.each(Object.entries(events))('the hook %s', (name, event) => {
  it('is told of its event, and no other is', () => {
    const told: unknown[] = [];
    const note = (what: string) => (said: CallEvent) => void told.push([what, said]);
    tellHook(Object.fromEntries(Object.keys(events).map((each) => [each, note(each)])), event);
    expect(told).toEqual([[name, event]]);
  });

  it('may be missing', () => {
    expect(() => {
      tellHook({}, event);
    }).not.toThrow();
  });
});

describe('a hook that fails', () => {
  it.each<readonly [how: string, hook: () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    [
      'rejects later',
      async () => {
        await Promise.resolve();
        throw new Error('no');
      },
    ],
    [
      'rejects in its own way',
      () => ({
        // eslint-disable-next-line unicorn/no-thenable -- what some libraries use in the place of promises
        then: (_: unknown, reject: (error: Error) => void) => {
          reject(new Error('no'));
        },
      }),
    ],
    ['gives null', () => null],
    ['gives something else', () => 1],
  ])('disturbs nobody when it %s', async (_how, hook) => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    tellHook({ onRequest: hook }, events.onRequest);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
});
