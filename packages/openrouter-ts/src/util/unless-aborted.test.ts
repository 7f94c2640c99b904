import { describe, expect, it } from 'vitest';
import { AbortScope } from './abort-scope.ts';
import { unlessAborted } from './unless-aborted.ts';

describe('waiting for work unless somebody ends the wait', () => {
  it('gives what comes of the work, well or not', async () => {
    const scope = new AbortScope();
    expect(await unlessAborted(Promise.resolve('done'), scope)).toBe('done');
    await expect(unlessAborted(Promise.reject(new Error('broken')), scope)).rejects.toThrow('broken');
  });

  it('ends with the reason at once, and where the end came before', async () => {
    const controller = new AbortController();
    const waiting = unlessAborted(new Promise(() => undefined), controller.signal);
    controller.abort('enough');
    await expect(waiting).rejects.toBe('enough');
    await expect(unlessAborted(Promise.resolve('done'), controller.signal)).rejects.toBe('enough');
  });

  it('does not keep the work from failing later', async () => {
    const scope = new AbortScope();
    let fail = (_error: Error): void => undefined;
    const waiting = unlessAborted(new Promise((_resolve, reject) => (fail = reject)), scope);
    scope.abort('enough');
    await expect(waiting).rejects.toBe('enough');
    fail(new Error('nobody hears of this'));
  });
});
