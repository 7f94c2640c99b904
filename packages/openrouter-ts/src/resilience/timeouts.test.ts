import { describe, expect, it } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import type { Timer } from '../errors/timeout-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { exchange } from '../http/exchange.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Progress } from '../http/progress.ts';
import type { Reader } from '../http/read-context.ts';
import type { Transport, TransportRequest } from '../http/transport.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { timeoutError, timeouts } from './timeouts.ts';

const limits = { connectMs: 1, headersMs: 20, firstContentMs: 300, idleBytesMs: 4_000, idleDataMs: 50_000 };

const neverAnswered = ({ onAbort }: TransportRequest): Promise<never> =>
  new Promise((_resolve, reject) => onAbort?.(reject));

const neverConnected: Transport = Object.assign((request: TransportRequest) => neverAnswered(request), {
  reportsConnection: true,
});

const connected: Transport = Object.assign(
  (request: TransportRequest) => {
    request.onConnected?.(false);
    return neverAnswered(request);
  },
  { reportsConnection: true },
);

const answered: Transport = async () => ({
  status: 200,
  headers: { 'x-generation-id': 'gen-1' },
  body: (async function* nothing() {})(),
});

/** Makes a reader that tells of some progress, and then waits for ever. */
function reading(tell: (progress: Progress) => void): Reader<never> {
  return (_response, { request, scope }) => {
    tell(request.progress!);
    return new Promise((_resolve, reject) => scope.onAbort(reject));
  };
}

/** Makes an attempt under these limits and runs the clock until it has failed. */
async function attempt(transport: Transport, read: Reader<never>, parts: Partial<ApiRequest> = {}): Promise<unknown> {
  const clock = new FakeClock();
  const handed = timeouts(() => limits, clock)(apiRequest({ stream: true, ...parts }), (request) =>
    exchange(request, read, {
      transport,
      baseUrl: 'https://openrouter.ai/api/v1',
      headersFor: () => ({}),
      clock,
      limits: { eventBytes: 1_000, answerBytes: 1_000, errorBytes: 1_000 },
    }),
  );
  const failure = await clock.runUntil(
    handed.then(
      () => undefined,
      (error: unknown) => error,
    ),
  );
  expect(clock.pendingTimers).toBe(0);
  return { failure, afterMs: clock.now() };
}

describe('an attempt that waits too long', () => {
  it('for its connection has cost nothing, and may be tried again', async () => {
    const failure = { timer: 'connect', timeoutMs: 1, phase: 'unsent', billing: 'none', retryable: true };
    expect(
      await attempt(
        neverConnected,
        reading(() => undefined),
      ),
    ).toMatchObject({ failure, afterMs: 1 });
  });

  it('for its headers may have cost something', async () => {
    const failure = { timer: 'headers', timeoutMs: 20, phase: 'sent', billing: 'possible', retryable: true };
    expect(
      await attempt(
        connected,
        reading(() => undefined),
      ),
    ).toMatchObject({ failure, afterMs: 20 });
  });

  it('for its headers has cost nothing when it only asked', async () => {
    const failure = { timer: 'headers', phase: 'sent', billing: 'none' };
    expect(
      await attempt(
        connected,
        reading(() => undefined),
        { method: 'GET' },
      ),
    ).toMatchObject({ failure });
  });

  it.each<[timer: Timer, timeoutMs: number, tell: (progress: Progress) => void]>([
    ['first-content', 300, () => undefined],
    [
      'idle-bytes',
      4_000,
      (progress) => {
        progress.output?.();
        progress.waiting?.();
      },
    ],
    [
      'idle-data',
      50_000,
      (progress) => {
        progress.output?.();
        progress.waiting?.();
        progress.bytes?.();
      },
    ],
  ])('in its answer (%s) may have cost something, and tells under which name', async (timer, timeoutMs, tell) => {
    const known = { phase: 'answered', billing: 'possible', generationId: 'gen-1', retryable: false };
    const failure = { timer, timeoutMs, ...known };
    expect(await attempt(answered, reading(tell))).toMatchObject({ failure, afterMs: timeoutMs });
  });
});

describe('the limits of an attempt', () => {
  it('are those for its kind of request', async () => {
    const asked: unknown[] = [];
    const outcome = outcomeOf('answer');
    const request = apiRequest({ stream: true });
    const policy = timeouts((kind) => {
      asked.push(kind);
      return limits;
    }, new FakeClock());
    const handed: ApiRequest[] = [];
    const result = policy(request, async (next) => {
      handed.push(next);
      return outcome;
    });
    expect(await result).toBe(outcome);
    expect(asked).toEqual([request]);
    expect(handed).toEqual([{ ...request, progress: expect.anything() }]);
  });

  it('do not keep anybody from watching', async () => {
    const told: string[] = [];
    const progress = { output: () => told.push('output') };
    const handed = timeouts(() => limits, new FakeClock())(apiRequest({ progress }), async (request) => {
      request.progress?.output?.();
      return outcomeOf('answer');
    });
    await handed;
    expect(told).toEqual(['output']);
  });
});

describe('the error of a wait that was too long', () => {
  it.each<[timer: Timer, advice: RegExp]>([
    ['connect', /Check the network, or raise timeouts\.connectMs\.$/],
    ['headers', /Stream long answers, or raise timeouts\.headersMs\.$/],
    ['first-content', /Ask a faster model, or raise timeouts\.firstContentMs\.$/],
    ['idle-bytes', /Check the network, or raise timeouts\.idleBytesMs\.$/],
    ['idle-data', /Ask a faster model, or raise timeouts\.idleDataMs\.$/],
    ['total', /Ask a faster model, or raise timeoutMs\.$/],
  ])('says what was waited for, how long, and what to do (%s)', (timer, advice) => {
    const error = timeoutError(timer, 5_000, { method: 'GET', path: '/models', stream: false });
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ timer, timeoutMs: 5_000, retryable: timer !== 'total' });
    expect(error.message).toMatch(/^GET \/models timed out: /);
    expect(error.message).toContain(`: ${timer} took longer than 5000 ms. `);
    expect(error.message).toMatch(advice);
  });
});
