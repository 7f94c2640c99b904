import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { followSignal } from './follow-signal.ts';

describe('who follows a signal', () => {
  it('is told of its abort once, with the reason', () => {
    const controller = new AbortController();
    const told: unknown[] = [];
    followSignal(controller.signal, (reason) => told.push(reason));
    expect(told).toEqual([]);
    controller.abort('over');
    controller.abort('again');
    expect(told).toEqual(['over']);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  it('is told at once where it has aborted already', () => {
    const told: unknown[] = [];
    const signal = AbortSignal.abort('over');
    const takeBack = followSignal(signal, (reason) => told.push(reason));
    expect(told).toEqual(['over']);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(takeBack).not.toThrow();
  });

  it('is not told after taking it back, and leaves nothing on the signal', () => {
    const controller = new AbortController();
    const told: unknown[] = [];
    const takeBack = followSignal(controller.signal, (reason) => told.push(reason));
    takeBack();
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    controller.abort('over');
    expect(told).toEqual([]);
  });
});
