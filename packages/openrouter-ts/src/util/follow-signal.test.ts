import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { followSignal } from './follow-signal.ts';

const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('who follows a signal', () => {
  it('is told once that it aborted, and why', () => {
    const controller = new AbortController();
    const told: unknown[] = [];
    followSignal(controller.signal, (reason) => told.push(reason));
    expect(told).toEqual([]);
    controller.abort('over');
    controller.signal.dispatchEvent(new Event('abort'));
    expect(told).toEqual(['over']);
    expect(listenersOf(controller.signal)).toBe(0);
  });

  it('is told at once of a signal that has aborted before', () => {
    const signal = AbortSignal.abort('over');
    const told: unknown[] = [];
    const forget = followSignal(signal, (reason) => told.push(reason));
    expect(told).toEqual(['over']);
    expect(listenersOf(signal)).toBe(0);
    expect(forget).not.toThrow();
  });

  it('is not told after taking that back, and may follow again', () => {
    const controller = new AbortController();
    const told: unknown[] = [];
    followSignal(controller.signal, () => told.push('first'))();
    expect(listenersOf(controller.signal)).toBe(0);
    followSignal(controller.signal, () => told.push('second'));
    expect(listenersOf(controller.signal)).toBe(1);
    controller.abort('over');
    expect(told).toEqual(['second']);
  });
});

describe('many who follow one signal', () => {
  it('share one listener, which goes with the last of them', () => {
    const { signal } = new AbortController();
    const listener = (): void => undefined;
    const forgets = Array.from({ length: 3 }, () => followSignal(signal, listener));
    for (const forget of forgets) {
      expect(listenersOf(signal)).toBe(1);
      forget();
      forget();
    }
    expect(listenersOf(signal)).toBe(0);
  });

  it('still share one when somebody takes back twice what is over', () => {
    const { signal } = new AbortController();
    const forgetFirst = followSignal(signal, () => undefined);
    forgetFirst();
    followSignal(signal, () => undefined);
    forgetFirst();
    followSignal(signal, () => undefined);
    expect(listenersOf(signal)).toBe(1);
  });

  it('are all told, in the order in which they came, but not who took that back', () => {
    const controller = new AbortController();
    const told: string[] = [];
    const forgetFirst = followSignal(controller.signal, () => told.push('first'));
    followSignal(controller.signal, () => {
      told.push('second');
      forgetThird();
    });
    const forgetThird = followSignal(controller.signal, () => told.push('third'));
    followSignal(controller.signal, () => told.push('fourth'));
    forgetFirst();
    controller.abort();
    expect(told).toEqual(['second', 'fourth']);
  });

  it('do not hear of other signals', () => {
    const [mine, other] = [new AbortController(), new AbortController()];
    const told: string[] = [];
    followSignal(mine.signal, () => told.push('mine'));
    followSignal(other.signal, () => told.push('other'));
    other.abort();
    expect(told).toEqual(['other']);
  });
});
