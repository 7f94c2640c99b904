import { expect, it, vi } from 'vitest';
import { nodeClock } from './node-clock.ts';

it('waits, and lets a wait be cancelled', async () => {
  const ran: string[] = [];
  nodeClock.setTimer(() => ran.push('cancelled'), 1)();
  await new Promise<void>((resolve) => {
    nodeClock.setTimer(resolve, 1);
    nodeClock.setTimer(() => undefined, 0)();
  });
  expect(ran).toEqual([]);
});

it('leaves waits to the timers that a test has put in the place of Node’s', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const ran: string[] = [];
    nodeClock.setTimer(() => ran.push('it'), 60_000);
    vi.advanceTimersByTime(60_000);
    expect(ran).toEqual(['it']);
  } finally {
    vi.useRealTimers();
  }
});
