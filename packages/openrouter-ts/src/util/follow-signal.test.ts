import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { followSignal } from './follow-signal.ts';

describe('who follows a signal', () => {
  it('is told once that it aborted, and why', () => {
    const controller = new AbortController();
    const told: unknown[] = [];
    followSignal(controller.signal, (reason) => told.push(reason));
    expect(told).toEqual([]);
    controller.abort('over');
    controller.signal.dispatchEvent(new Event('abort'));
    expect(told).toEqual(['over']);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('is told at once of a signal that has aborted before', () => {
    const signal = AbortSignal.abort('over');
    const told: unknown[] = [];
    const forget = followSignal(signal, (reason) => told.push(reason));
    expect(told).toEqual(['over']);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(forget).not.toThrow();
  });

  it('is not told after taking that back', () => {
    const controller = new AbortController();
    const told: unknown[] = [];
    const forget = followSignal(controller.signal, (reason) => told.push(reason));
    forget();
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    controller.abort('over');
    expect(told).toEqual([]);
  });
});
