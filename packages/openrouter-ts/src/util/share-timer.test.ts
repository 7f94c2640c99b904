import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import type { Clock } from './clock.ts';
import { shareTimer } from './share-timer.ts';

function sharing(clock: Clock): Clock {
  return shareTimer(clock, { set: clock.setTimer, isReplaced: () => false });
}

function sharedFakeClock(): { readonly fake: FakeClock; readonly clock: Clock } {
  const fake = new FakeClock();
  return { fake, clock: sharing(fake) };
}

describe('shareTimer', () => {
  it('tells the time of the clock', async () => {
    const { fake, clock } = sharedFakeClock();
    await fake.advance(1_500);
    expect(clock.now()).toBe(1_500);
    expect(clock.epochMs()).toBe(fake.epochMs());
  });

  it('needs one timer for many waits', () => {
    const { fake, clock } = sharedFakeClock();
    for (const ms of [5_000, 100, 20_000]) clock.setTimer(() => undefined, ms);
    expect(fake.pendingTimers).toBe(1);
    expect(fake.nextTimerMs).toBe(100);
  });

  it('keeps its timer for the next wait when the last one is cancelled, and lets it go when it fires in vain', async () => {
    const { fake, clock } = sharedFakeClock();
    clock.setTimer(() => undefined, 100)();
    expect(fake.pendingTimers).toBe(1);
    clock.setTimer(() => undefined, 150)();
    expect(fake.pendingTimers).toBe(1);
    await fake.advance(100);
    expect(fake.pendingTimers).toBe(0);
  });

  it('shares none while a test has put other timers in the place of the clock’s, and leaves its own where it is', async () => {
    const [real, mocked] = [new FakeClock(), new FakeClock()];
    const state = { timers: real, nowMs: 0 };
    const clock: Clock = {
      now: () => state.nowMs,
      epochMs: () => state.nowMs,
      setTimer: (callback, ms) => state.timers.setTimer(callback, ms),
    };
    const shared = shareTimer(clock, { set: real.setTimer, isReplaced: () => state.timers !== real });
    const ran: string[] = [];
    for (const ms of [500, 1_000]) shared.setTimer(() => ran.push(`real ${ms}`), ms);
    state.timers = mocked;
    for (const ms of [2_000, 1_000, 3_000]) shared.setTimer(() => ran.push(`mocked ${ms}`), ms);
    // The time stands still, and each is moved all the same.
    await mocked.advance(2_500);
    expect(ran).toEqual(['mocked 1000', 'mocked 2000']);
    await real.advance(500);
    expect([ran.at(-1), real.nextTimerMs]).toEqual(['real 500', 500]);
    state.timers = real;
    state.nowMs = 500;
    shared.setTimer(() => ran.push('real 700'), 200);
    await real.advance(200);
    expect(ran.at(-1)).toBe('real 700');
    await real.advance(300);
    expect(ran.at(-1)).toBe('real 1000');
  });

  it('runs each wait in its turn, no earlier than its time and ten milliseconds later at most, unless it was cancelled', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ ms: fc.nat(1_000), isCancelled: fc.boolean() }), { maxLength: 20 }),
        async (waits) => {
          const { fake, clock } = sharedFakeClock();
          const ran: number[] = [];
          for (const { ms, isCancelled } of waits) {
            const cancel = clock.setTimer(() => {
              ran.push(ms);
              expect(clock.now()).toBeGreaterThanOrEqual(ms);
              expect(clock.now()).toBeLessThanOrEqual(ms + 10);
            }, ms);
            if (isCancelled) clock.setTimer(cancel, ms / 4);
          }
          await fake.advance(1_010);
          const kept = waits.filter(({ ms, isCancelled }) => !isCancelled || ms - ms / 4 < 10);
          expect(ran).toEqual(ran.toSorted((one, other) => one - other));
          const certain = waits.filter(({ isCancelled }) => !isCancelled);
          expect(ran.length).toBeGreaterThanOrEqual(certain.length);
          expect(ran.length).toBeLessThanOrEqual(kept.length);
          await fake.advance(10);
          expect(fake.pendingTimers).toBe(0);
        },
      ),
    );
  });

  it('runs what is set on the way, and never at once', async () => {
    const { fake, clock } = sharedFakeClock();
    const ran: number[] = [];
    const again = (): void => {
      ran.push(clock.now());
      if (ran.length < 3) clock.setTimer(again, 10);
    };
    clock.setTimer(again, 10);
    clock.setTimer(() => clock.setTimer(() => ran.push(clock.now()), 0), 15);
    await fake.advance(100);
    expect(ran).toEqual([10, 20, 30, 30]);
  });

  it('goes on with the others when one throws', async () => {
    const waiting: (() => void)[] = [];
    let nowMs = 0;
    const clock = sharing({
      now: () => nowMs,
      epochMs: () => nowMs,
      setTimer: (callback) => {
        waiting.push(callback);
        return () => undefined;
      },
    });
    const ran: string[] = [];
    clock.setTimer(() => {
      throw new Error('broken');
    }, 10);
    clock.setTimer(() => ran.push('the other'), 10);
    nowMs = 10;
    expect(waiting.shift()).toThrow('broken');
    expect(ran).toEqual([]);
    waiting.shift()?.();
    expect(ran).toEqual(['the other']);
  });

  it('believes a timer that comes before its time', () => {
    const waiting: (() => void)[] = [];
    const clock = sharing({
      now: () => 0,
      epochMs: () => 0,
      setTimer: (callback) => {
        waiting.push(callback);
        return () => undefined;
      },
    });
    const ran: string[] = [];
    clock.setTimer(() => ran.push('it'), 60_000);
    waiting.shift()?.();
    expect(ran).toEqual(['it']);
  });

  it('asks for whole milliseconds', () => {
    const asked: number[] = [];
    const clock = sharing({
      now: () => 0.25,
      epochMs: () => 0,
      setTimer: (_callback, ms) => {
        asked.push(ms);
        return () => undefined;
      },
    });
    clock.setTimer(() => undefined, 9.5);
    expect(asked).toEqual([10]);
  });

  it('leaves a timer that keeps the process alive to the clock', async () => {
    const kept: (boolean | undefined)[] = [];
    const fake = new FakeClock();
    const clock = sharing({
      now: fake.now,
      epochMs: fake.epochMs,
      setTimer: (callback, ms, keepsAlive) => {
        kept.push(keepsAlive);
        return fake.setTimer(callback, ms);
      },
    });
    const ran: string[] = [];
    const cancel = clock.setTimer(() => ran.push('cancelled'), 5, true);
    clock.setTimer(() => ran.push('kept'), 5, true);
    cancel();
    await fake.advance(5);
    expect(kept).toEqual([true, true]);
    expect(ran).toEqual(['kept']);
  });
});
