import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AbortScope } from '../util/abort-scope.ts';
import { WaitQueue } from './wait-queue.ts';

const nothing = (): void => undefined;

describe('a queue', () => {
  it('lets calls go in the order in which they came, whoever gives up between them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('stays', 'gives up')), fc.nat(100), async (calls, seed) => {
        const queue = new WaitQueue();
        const ended: string[] = [];
        let left = 0;
        const scopes = calls.map((_how, index) => {
          const scope = new AbortScope();
          queue
            .join(index, scope, () => {
              left += 1;
            })
            .then(
              () => ended.push(`${index} goes`),
              (reason: unknown) => ended.push(`${index} ${String(reason)}`),
            );
          return scope;
        });
        // Those who give up do so in any order.
        const quitters = [...calls.keys()].filter((index) => calls[index] === 'gives up');
        quitters.sort((one, other) => ((one * 31 + seed) % 17) - ((other * 31 + seed) % 17));
        for (const index of quitters) scopes[index]?.abort('gave up');
        await Promise.resolve();
        expect(ended).toEqual(quitters.map((index) => `${index} gave up`));
        ended.length = 0;
        const stayed = [...calls.keys()].filter((index) => calls[index] === 'stays');
        for (const index of stayed) {
          expect(queue.ticket).toBe(index);
          queue.release();
        }
        await Promise.resolve();
        expect(ended).toEqual(stayed.map((index) => `${index} goes`));
        expect(queue.ticket).toBe(Infinity);
        expect(left).toBe(calls.length);
      }),
    );
  });

  it('has nobody to let go when it is empty', () => {
    const queue = new WaitQueue();
    queue.release();
    expect(queue.ticket).toBe(Infinity);
  });

  it('hears no more of a call that has gone', async () => {
    const queue = new WaitQueue();
    const scope = new AbortScope();
    let left = 0;
    const turn = queue.join(1, scope, () => {
      left += 1;
    });
    queue.release();
    scope.abort('too late');
    await expect(turn).resolves.toBeUndefined();
    expect(left).toBe(1);
  });

  it('takes no longer for many', async () => {
    const queue = new WaitQueue();
    const turns = Array.from({ length: 50_000 }, (_, index) => queue.join(index, new AbortScope(), nothing));
    for (let count = 0; count < 50_000; count += 1) queue.release();
    await expect(Promise.all(turns)).resolves.toHaveLength(50_000);
  });
});
