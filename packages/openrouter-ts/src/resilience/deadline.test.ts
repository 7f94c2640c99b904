import { describe, expect, it } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { AbortScope } from '../util/abort-scope.ts';
import { deadline } from './deadline.ts';

interface Bounded {
  readonly clock: FakeClock;
  readonly scope: AbortScope;
  /** What the next policy was handed. */
  readonly handed: ApiRequest;
}

async function bound(defaultMs: number, parts: Partial<ApiRequest> = {}, clock = new FakeClock()): Promise<Bounded> {
  const handed: ApiRequest[] = [];
  const scope = new AbortScope();
  const outcome = outcomeOf('answer');
  const result = deadline(defaultMs, clock)(apiRequest({ scope, ...parts }), async (request) => {
    handed.push(request);
    return outcome;
  });
  expect(await result).toBe(outcome);
  expect(handed).toHaveLength(1);
  return { clock, scope, handed: handed[0]! };
}

describe('a call', () => {
  it.each([
    ['the default', 600_000, undefined, 600_000],
    ['its own wish, which may be shorter', 600_000, 5_000, 5_000],
    ['its own wish, which may be longer', 5_000, 600_000, 600_000],
    ['its own wish where there is no default', Infinity, 5_000, 5_000],
  ])('ends at the deadline by %s', async (_what, defaultMs, timeoutMs, expected) => {
    const { clock, scope } = await bound(defaultMs, { settings: { timeoutMs } });
    await clock.advance(expected - 1);
    expect(scope.aborted).toBe(false);
    await clock.advance(1);
    expect(scope.reason).toBeInstanceOf(TimeoutError);
    expect(scope.reason).toMatchObject({
      message: `POST /chat/completions timed out: total took longer than ${expected} ms. Ask a faster model, or raise timeoutMs.`,
      timer: 'total',
      timeoutMs: expected,
      retryable: false,
    });
  });

  it.each([
    ['by default', Infinity, undefined],
    ['by its own wish', 600_000, Infinity],
  ])('may have no deadline, %s', async (_what, defaultMs, timeoutMs) => {
    const { clock, handed } = await bound(defaultMs, { settings: { timeoutMs } });
    expect(handed.deadlineAt).toBeUndefined();
    expect(clock.pendingTimers).toBe(0);
  });

  it('knows when it must be over', async () => {
    const clock = new FakeClock();
    await clock.advance(1_000);
    const { handed, scope } = await bound(5_000, {}, clock);
    expect(handed).toEqual({ ...apiRequest({ scope }), deadlineAt: 6_000 });
  });

  it('leaves no timer when it is over', async () => {
    const { clock, scope } = await bound(5_000);
    expect(clock.pendingTimers).toBe(1);
    scope.release();
    expect(clock.pendingTimers).toBe(0);
  });

  it('fails as it would without a deadline', async () => {
    const error = new Error('broken');
    const failing = deadline(5_000, new FakeClock())(apiRequest(), () => Promise.reject(error));
    await expect(failing).rejects.toBe(error);
  });
});
