import { describe, expect, it } from 'vitest';
import { tellQuietly } from './tell-quietly.ts';

describe('tellQuietly', () => {
  it('tells at once', () => {
    const told: number[] = [];
    tellQuietly((event: number) => told.push(event), 7);
    expect(told).toEqual([7]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['gives a promise that rejects', () => Promise.reject(new Error('no'))],
    ['gives something else', () => ({ any: 'thing' })],
    ['gives nothing', () => null],
  ])('is not disturbed by a listener that %s', async (_, listener) => {
    expect(() => {
      tellQuietly(listener, 1);
    }).not.toThrow();
    // A rejection that nobody takes would fail the run.
    await Promise.resolve();
  });
});
