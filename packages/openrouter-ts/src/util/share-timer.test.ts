import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import type { Clock } from './clock.ts';
import { shareTimer } from './share-timer.ts';

function sharedFakeClock(): { readonly fake: FakeClock; readonly clock: Clock } {
  const fake = new FakeClock();
  return { fake, clock: shareTimer(fake) };
}

describe('shareTimer', () => {
  it('tells the time of the clock', async () => {
    const { fake, clock } = sharedFakeClock();
    await fake.advance(1_500);
    expect(clock.now()).toBe(1_500);
    expect(clock.epochMs()).toBe(fake.epochMs());
  });

  it('needs one timer for many waits, and none when nothing waits', () => {
    const { fake, clock } = sharedFakeClock();
    const cancels = [5_000, 100, 20_000].map((ms) => clock.setTimer(() => undefined, ms));
    expect(fake.pendingTimers).toBe(1);
    expect(fake.nextTimerMs).toBe(100);
    for (const cancel of cancels) cancel();
    expect(fake.pendingTimers).toBe(0);
  });

  it('runs each wait at its own time, unless it was cancelled', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ ms: fc.nat(1_000), cancelAt: fc.option(fc.nat(1_000)) }), { maxLength: 20 }),
        async (waits) => {
          const shared = sharedFakeClock();
          const alone = new FakeClock();
          const runs = [shared.clock, alone].map((clock) => {
            const ran: string[] = [];
            waits.forEach(({ ms, cancelAt }, index) => {
              const cancel = clock.setTimer(() => ran.push(`${index} at ${clock.now()}`), ms);
              if (cancelAt !== null) clock.setTimer(cancel, cancelAt);
            });
            return ran;
          });
          await shared.fake.advance(1_001);
          await alone.advance(1_001);
          expect(runs[0]).toEqual(runs[1]);
          expect(shared.fake.pendingTimers).toBe(0);
        },
      ),
    );
  });

  it('runs what is set on the way, at its time and not before', async () => {
    const { fake, clock } = sharedFakeClock();
    const ran: number[] = [];
    const again = (): void => {
      ran.push(clock.now());
      if (ran.length < 3) clock.setTimer(again, 10);
    };
    clock.setTimer(again, 10);
    clock.setTimer(() => clock.setTimer(() => ran.push(clock.now()), 0), 15);
    await fake.advance(100);
    expect(ran).toEqual([10, 15, 20]);
  });

  it('goes on with the others when one throws', async () => {
    const waiting: (() => void)[] = [];
    let nowMs = 0;
    const clock = shareTimer({
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
    const clock = shareTimer({
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
    const clock = shareTimer({
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
    const clock = shareTimer({
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
