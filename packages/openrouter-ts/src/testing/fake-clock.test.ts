import { describe, expect, it } from 'vitest';
import { AbortScope } from '../util/abort-scope.ts';
import { delay } from '../util/delay.ts';
import { FakeClock } from './fake-clock.ts';

const scope = new AbortScope();

describe('FakeClock', () => {
  it('runs timers in the order of their times, each at its own time', async () => {
    const clock = new FakeClock();
    const seen: string[] = [];
    clock.setTimer(() => seen.push(`late at ${clock.now()}`), 30);
    clock.setTimer(() => seen.push(`early at ${clock.now()}`), 10);
    await clock.advance(29);
    expect(seen).toEqual(['early at 10']);
    await clock.advance(1);
    expect(seen).toEqual(['early at 10', 'late at 30']);
  });

  it('lets what a timer set in motion settle before the next timer runs', async () => {
    const clock = new FakeClock();
    const seen: number[] = [];
    const ticking = async (): Promise<void> => {
      for (let tick = 0; tick < 3; tick += 1) {
        await delay(10, { clock, scope });
        seen.push(clock.now());
      }
    };
    const work = ticking();
    await clock.advance(30);
    await work;
    expect(seen).toEqual([10, 20, 30]);
  });

  it('moves the wall clock together with the monotonic one', async () => {
    const clock = new FakeClock({ epochMs: 1_000 });
    await clock.advance(234);
    expect([clock.now(), clock.epochMs()]).toEqual([234, 1_234]);
  });

  it('forgets a timer that was cancelled', async () => {
    const clock = new FakeClock();
    let runs = 0;
    const cancel = clock.setTimer(() => (runs += 1), 5);
    expect(clock.pendingTimers).toBe(1);
    cancel();
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(10);
    expect(runs).toBe(0);
  });

  it('runs until a promise is settled, however many timers that takes', async () => {
    const clock = new FakeClock();
    const twice = delay(1_000, { clock, scope }).then(() => delay(60_000, { clock, scope }));
    await clock.runUntil(twice);
    expect(clock.now()).toBe(61_000);
  });

  it('says so when a promise waits for something else than time', async () => {
    const stuck = new Promise<never>(() => {});
    await expect(new FakeClock().runUntil(stuck)).rejects.toThrow('No timer is left');
  });
});
