import { describe, expect, it, vi } from 'vitest';
import type { Progress } from '../http/progress.ts';
import type { TransportResponse } from '../http/transport.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { AbortScope } from '../util/abort-scope.ts';
import type { Clock } from '../util/clock.ts';
import { AttemptWatch, type AttemptTimer, type AttemptWatchOptions } from './attempt-watch.ts';
import type { TimeoutOptions } from './timeout-options.ts';

const forever: TimeoutOptions = {
  connectMs: Infinity,
  headersMs: Infinity,
  firstContentMs: Infinity,
  idleBytesMs: Infinity,
  idleDataMs: Infinity,
};

const response: TransportResponse = { status: 200, headers: {}, body: (async function* nothing() {})() };

interface Watched {
  readonly watch: AttemptWatch;
  readonly attempt: AbortScope;
}

/** A watch over an attempt that has begun; the attempt ends with the name of the wait that was too long. */
function watching(
  clock: Clock,
  limits: Partial<TimeoutOptions>,
  options: Partial<Omit<AttemptWatchOptions, 'limits'>> = {},
): Watched {
  const attempt = new AbortScope();
  const watch = new AttemptWatch({
    limits: { ...forever, ...limits },
    stream: true,
    clock,
    errorFor: (timer) => timer,
    also: undefined,
    ...options,
  });
  watch.began(attempt);
  return { watch, attempt };
}

/** How an attempt ends from here on, if nothing else happens to it: which wait is too long, and after how many milliseconds. */
async function endOf({ attempt }: Watched, clock: FakeClock): Promise<unknown> {
  const startMs = clock.now();
  const ends: unknown[] = [];
  attempt.onAbort((timer) => ends.push([timer, clock.now() - startMs]));
  await clock.advance(1_000_000);
  return ends[0] ?? 'no end';
}

describe('the wait for a connection', () => {
  it('is limited', async () => {
    const clock = new FakeClock();
    expect(await endOf(watching(clock, { connectMs: 10_000 }), clock)).toEqual(['connect', 10_000]);
  });

  it('is over with the connection', async () => {
    const clock = new FakeClock();
    const watched = watching(clock, { connectMs: 10_000 });
    await clock.advance(9_999);
    watched.watch.connected(false);
    expect(await endOf(watched, clock)).toBe('no end');
  });

  it('is over with the answer, for a transport that does not tell of connections', async () => {
    const clock = new FakeClock();
    const watched = watching(clock, { connectMs: 10_000 });
    watched.watch.answered(response);
    expect(await endOf(watched, clock)).toBe('no end');
  });
});

describe('the wait for the headers', () => {
  it('is limited from the beginning, for a transport that does not tell of connections', async () => {
    const clock = new FakeClock();
    expect(await endOf(watching(clock, { headersMs: 60_000 }), clock)).toEqual(['headers', 60_000]);
  });

  it('begins anew with the connection', async () => {
    const clock = new FakeClock();
    const watched = watching(clock, { connectMs: 10_000, headersMs: 60_000 });
    await clock.advance(9_000);
    watched.watch.connected(false);
    expect(await endOf(watched, clock)).toEqual(['headers', 60_000]);
  });

  it('is over with the answer', async () => {
    const clock = new FakeClock();
    const watched = watching(clock, { headersMs: 60_000 });
    watched.watch.connected(true);
    await clock.advance(59_999);
    watched.watch.answered(response);
    expect(await endOf(watched, clock)).toBe('no end');
  });
});

describe('the wait for the first output', () => {
  it('is limited from the answer on, whatever else comes', async () => {
    const clock = new FakeClock();
    const watched = watching(clock, { headersMs: 60_000, firstContentMs: 120_000 });
    await clock.advance(50_000);
    watched.watch.answered(response);
    watched.watch.waiting();
    await clock.advance(100_000);
    watched.watch.bytes();
    watched.watch.data();
    expect(await endOf(watched, clock)).toEqual(['first-content', 20_000]);
  });

  it('is over with it', async () => {
    const clock = new FakeClock();
    const watched = watching(clock, { firstContentMs: 120_000 });
    watched.watch.answered(response);
    await clock.advance(119_999);
    watched.watch.output();
    expect(await endOf(watched, clock)).toBe('no end');
  });

  it('is none for an answer that is no stream', async () => {
    const clock = new FakeClock();
    const watched = watching(clock, { firstContentMs: 120_000 }, { stream: false });
    watched.watch.answered(response);
    expect(await endOf(watched, clock)).toBe('no end');
  });
});

describe('the wait for bytes', () => {
  it.each([true, false])('is limited while somebody reads (a stream: %j)', async (stream) => {
    const clock = new FakeClock();
    const watched = watching(clock, { idleBytesMs: 60_000 }, { stream });
    watched.watch.answered(response);
    await clock.advance(500_000);
    watched.watch.waiting();
    expect(await endOf(watched, clock)).toEqual(['idle-bytes', 60_000]);
  });

  it('begins anew with each read', async () => {
    const clock = new FakeClock();
    const watched = watching(clock, { idleBytesMs: 60_000 });
    for (let read = 0; read < 5; read += 1) {
      watched.watch.waiting();
      await clock.advance(59_999);
      watched.watch.bytes();
    }
    watched.watch.waiting();
    expect(await endOf(watched, clock)).toEqual(['idle-bytes', 60_000]);
  });

  it('is over when they come, and nobody reads on', async () => {
    const clock = new FakeClock();
    const watched = watching(clock, { idleBytesMs: 60_000 });
    watched.watch.waiting();
    watched.watch.bytes();
    expect(await endOf(watched, clock)).toBe('no end');
  });

  it('may be shorter than a wait that began before', async () => {
    const clock = new FakeClock();
    const watched = watching(clock, { firstContentMs: 120_000, idleBytesMs: 60_000 });
    watched.watch.answered(response);
    watched.watch.waiting();
    expect(await endOf(watched, clock)).toEqual(['idle-bytes', 60_000]);
  });
});

describe('the wait for events', () => {
  it('is limited, however many keep-alives come', async () => {
    const clock = new FakeClock();
    const watched = watching(clock, { idleBytesMs: 60_000, idleDataMs: 300_000 });
    for (let keepAlive = 0; keepAlive < 29; keepAlive += 1) {
      watched.watch.waiting();
      await clock.advance(10_000);
      watched.watch.bytes();
    }
    watched.watch.waiting();
    expect(await endOf(watched, clock)).toEqual(['idle-data', 10_000]);
  });

  it('begins anew after each event', async () => {
    const clock = new FakeClock();
    const watched = watching(clock, { idleDataMs: 300_000 });
    for (let event = 0; event < 5; event += 1) {
      watched.watch.waiting();
      await clock.advance(299_999);
      watched.watch.data();
    }
    watched.watch.waiting();
    expect(await endOf(watched, clock)).toEqual(['idle-data', 300_000]);
  });

  it('is over when one comes, and nobody reads on', async () => {
    const clock = new FakeClock();
    const watched = watching(clock, { idleDataMs: 300_000 });
    watched.watch.waiting();
    watched.watch.data();
    expect(await endOf(watched, clock)).toBe('no end');
  });

  it('is none for an answer that is no stream', async () => {
    const clock = new FakeClock();
    const watched = watching(clock, { idleDataMs: 300_000 }, { stream: false });
    watched.watch.waiting();
    expect(await endOf(watched, clock)).toBe('no end');
  });
});

describe('an attempt in which several waits are too long at once', () => {
  const all = { connectMs: 5, headersMs: 5, firstContentMs: 5, idleBytesMs: 5, idleDataMs: 5 };

  it.each<[timer: string, limits: Partial<TimeoutOptions>]>([
    ['connect', all],
    ['headers', { ...all, connectMs: Infinity }],
  ])('ends with %s', async (timer, limits) => {
    const clock = new FakeClock();
    expect(await endOf(watching(clock, limits), clock)).toEqual([timer, 5]);
  });

  it.each<[timer: string, limits: Partial<TimeoutOptions>]>([
    ['first-content', all],
    ['idle-bytes', { ...all, firstContentMs: Infinity }],
    ['idle-data', { ...all, firstContentMs: Infinity, idleBytesMs: Infinity }],
  ])('ends with %s after the answer', async (timer, limits) => {
    const clock = new FakeClock();
    const watched = watching(clock, limits);
    watched.watch.answered(response);
    watched.watch.waiting();
    expect(await endOf(watched, clock)).toEqual([timer, 5]);
  });
});

describe('the timer of an attempt', () => {
  it('is one, and a stream that flows sets it only when it is due', async () => {
    const clock = new FakeClock();
    const setTimer = vi.fn<Clock['setTimer']>(clock.setTimer);
    const { watch } = watching(
      { now: clock.now, epochMs: clock.epochMs, setTimer },
      { ...forever, headersMs: 60_000, idleBytesMs: 60_000, idleDataMs: 300_000 },
    );
    watch.answered(response);
    for (let chunk = 0; chunk < 590; chunk += 1) {
      watch.waiting();
      await clock.advance(100);
      watch.bytes();
      watch.data();
      expect(clock.pendingTimers).toBe(1);
    }
    expect(setTimer).toHaveBeenCalledOnce();
  });

  it('is none where there is no limit', () => {
    const clock = new FakeClock();
    const { watch } = watching(clock, {});
    watch.connected(false);
    watch.answered(response);
    watch.waiting();
    expect(clock.pendingTimers).toBe(0);
  });

  it.each<[how: string, end: (attempt: AbortScope) => void]>([
    ['is over', (attempt) => attempt.release()],
    ['is ended', (attempt) => attempt.abort('over')],
  ])('is gone for good when the attempt %s', (_how, end) => {
    const clock = new FakeClock();
    const { watch, attempt } = watching(clock, { headersMs: 60_000, idleBytesMs: 60_000 });
    expect(clock.pendingTimers).toBe(1);
    end(attempt);
    expect(clock.pendingTimers).toBe(0);
    watch.connected(false);
    watch.answered(response);
    watch.waiting();
    expect(clock.pendingTimers).toBe(0);
  });

  it('is none of an attempt that never had a limit, when that is over', () => {
    const { attempt } = watching(new FakeClock(), {});
    expect(() => attempt.release()).not.toThrow();
  });
});

/** A clock that a sleeping process sees: timers run when it wakes up, however late that is. */
class SleepyClock implements Clock {
  nowMs = 0;
  readonly timers = new Map<() => void, number>();
  readonly now = (): number => this.nowMs;
  readonly epochMs = (): number => this.nowMs;
  readonly setTimer = (callback: () => void, ms: number): (() => void) => {
    this.timers.set(callback, this.nowMs + ms);
    return () => this.timers.delete(callback);
  };

  wakeAt(nowMs: number): void {
    this.nowMs = nowMs;
    for (const [callback, dueAt] of this.timers) {
      if (dueAt > nowMs) continue;
      this.timers.delete(callback);
      callback();
    }
  }
}

describe('an attempt whose process was asleep', () => {
  it.each<[timer: string, limits: Partial<TimeoutOptions>, begin: (watch: AttemptWatch) => void]>([
    ['connect', { connectMs: 10_000 }, () => undefined],
    ['headers', { headersMs: 10_000 }, () => undefined],
    ['first-content', { firstContentMs: 10_000 }, (watch) => watch.answered(response)],
    ['idle-bytes', { idleBytesMs: 10_000 }, (watch) => watch.waiting()],
    ['idle-data', { idleDataMs: 10_000 }, (watch) => watch.waiting()],
  ])('has a second in which to read what came meanwhile (%s)', (timer, limits, begin) => {
    const clock = new SleepyClock();
    const { watch, attempt } = watching(clock, limits);
    begin(watch);
    clock.wakeAt(40_000);
    expect(attempt.aborted).toBe(false);
    clock.wakeAt(40_999);
    expect(attempt.aborted).toBe(false);
    clock.wakeAt(41_000);
    expect(attempt.reason).toBe(timer);
  });

  it('goes on as if nothing had been when something came meanwhile', () => {
    const clock = new SleepyClock();
    const { watch, attempt } = watching(clock, { idleBytesMs: 10_000 });
    watch.waiting();
    clock.wakeAt(40_000);
    watch.bytes();
    watch.waiting();
    clock.wakeAt(41_000);
    clock.wakeAt(49_999);
    expect(attempt.aborted).toBe(false);
    clock.wakeAt(50_000);
    expect(attempt.reason).toBe('idle-bytes');
  });

  it('has not slept when its timer is a second late', () => {
    const clock = new SleepyClock();
    const { attempt } = watching(clock, { headersMs: 10_000 });
    clock.wakeAt(11_000);
    expect(attempt.reason).toBe('headers');
  });

  it('counts the sleep for waits that are not over, too', () => {
    const clock = new SleepyClock();
    const { watch, attempt } = watching(clock, { connectMs: 10_000, headersMs: 60_000 });
    watch.answered(response);
    watch.connected(false);
    clock.wakeAt(40_000);
    clock.wakeAt(90_999);
    expect(attempt.aborted).toBe(false);
    clock.wakeAt(91_000);
    expect(attempt.reason).toBe('headers');
  });
});

describe('a watch', () => {
  it('tells somebody else what it is told', () => {
    const told: unknown[] = [];
    const also: Progress = {
      began: (attempt) => told.push(['began', attempt]),
      connected: (reused) => told.push(['connected', reused]),
      answered: (answer) => told.push(['answered', answer]),
      waiting: () => told.push('waiting'),
      bytes: () => told.push('bytes'),
      data: () => told.push('data'),
      output: () => told.push('output'),
    };
    const { watch, attempt } = watching(new FakeClock(), {}, { also });
    watch.connected(true);
    watch.answered(response);
    watch.waiting();
    watch.bytes();
    watch.data();
    watch.output();
    expect(told).toEqual([
      ['began', attempt],
      ['connected', true],
      ['answered', response],
      'waiting',
      'bytes',
      'data',
      'output',
    ]);
  });

  it('that has no attempt to end does not mind', async () => {
    const clock = new FakeClock();
    const limits = { ...forever, idleBytesMs: 5 };
    const errorFor = vi.fn<(timer: AttemptTimer) => unknown>();
    new AttemptWatch({ limits, stream: true, clock, errorFor, also: undefined }).waiting();
    await clock.advance(5);
    expect(errorFor).not.toHaveBeenCalled();
    expect(clock.pendingTimers).toBe(0);
  });

  it('does not mind somebody else who wants to know nothing', async () => {
    const clock = new FakeClock();
    const watched = watching(clock, { idleBytesMs: 5 }, { also: {} });
    watched.watch.connected(true);
    watched.watch.answered(response);
    watched.watch.output();
    watched.watch.data();
    watched.watch.bytes();
    watched.watch.waiting();
    expect(await endOf(watched, clock)).toEqual(['idle-bytes', 5]);
  });
});
