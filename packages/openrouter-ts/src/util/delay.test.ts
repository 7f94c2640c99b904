import { describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { AbortScope } from './abort-scope.ts';
import type { Clock } from './clock.ts';
import { delay } from './delay.ts';

describe('delay', () => {
  it('resolves when the time is over, and not before', async () => {
    const clock = new FakeClock();
    const done: string[] = [];
    const wait = delay(1000, { clock, scope: new AbortScope() }).then(() => done.push('done'));
    await clock.advance(999);
    expect(done).toEqual([]);
    await clock.advance(1);
    expect(done).toEqual(['done']);
    await wait;
  });

  it('rejects with the very reason of the scope at once when that ends, and leaves no timer', async () => {
    const clock = new FakeClock();
    const scope = new AbortScope();
    const reason = new Error('over');
    const wait = delay(1000, { clock, scope });
    scope.abort(reason);
    await expect(wait).rejects.toBe(reason);
    expect(clock.pendingTimers).toBe(0);
  });

  it('does not begin where the scope has ended', async () => {
    const clock = new FakeClock();
    const scope = new AbortScope();
    const reason = new Error('over');
    scope.abort(reason);
    await expect(delay(1000, { clock, scope })).rejects.toBe(reason);
    expect(clock.pendingTimers).toBe(0);
  });

  it('stops listening when it is over', async () => {
    const clock = new FakeClock();
    const asked: string[] = [];
    const scope = new AbortScope();
    const watched = Object.assign(Object.create(scope), {
      throwIfAborted: () => {
        scope.throwIfAborted();
      },
      onAbort: (listener: (reason: unknown) => void) => {
        asked.push('asked');
        const takeBack = scope.onAbort(listener);
        return () => {
          asked.push('taken back');
          takeBack();
        };
      },
    });
    await clock.runUntil(delay(5, { clock, scope: watched }));
    expect(asked).toEqual(['asked', 'taken back']);
  });

  it('keeps the process alive, since somebody waits for what comes after it', () => {
    const keeping: unknown[] = [];
    const clock: Clock = {
      now: () => 0,
      epochMs: () => 0,
      setTimer: (_callback, ms, keepsAlive) => {
        keeping.push([ms, keepsAlive]);
        return () => undefined;
      },
    };
    void delay(70, { clock, scope: new AbortScope() });
    expect(keeping).toEqual([[70, true]]);
  });
});
