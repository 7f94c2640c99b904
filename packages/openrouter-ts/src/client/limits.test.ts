import { describe, expect, it, vi } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import { newEntry, usd } from '../../tests/support/cost-entry.ts';
import { CostLedger } from '../cost/cost-ledger.ts';
import { InsufficientCreditsError } from '../errors/status-errors.ts';
import type { Settlement } from '../http/outcome.ts';
import { pendingCall, type PendingCall } from '../pipeline/pending-call.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import type { Key } from '../wire/key.ts';
import { unlessAborted } from '../util/unless-aborted.ts';
import { lazyLimits, limitsPart } from './limits.ts';
import type { LowLimitEvent } from './low-limits.ts';

function answered<Value>(value: Value): PendingCall<Value> {
  return pendingCall(Promise.resolve(outcomeOf(value)));
}

function setup(key: Partial<Key> = {}) {
  const clock = new FakeClock();
  const ledger = new CostLedger(clock);
  const looks: string[] = [];
  const client = {
    key: {
      get: () => {
        looks.push('key');
        return answered({ label: 'k', limit: 10, limit_remaining: 8, ...key } as unknown as Key);
      },
    },
    credits: {
      get: () => {
        looks.push('credits');
        return answered({ total_credits: 5, total_usage: 1 });
      },
    },
  };
  const { limits, policy } = lazyLimits(client, clock, ledger);
  const answer = (settlement: Settlement, parts = {}) =>
    policy(apiRequest({ body: { model: 'a/b' }, ...parts }), () =>
      Promise.resolve(outcomeOf('answer', { settled: Promise.resolve(settlement) })),
    );
  const usage = (cost: number) => ({ prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, cost });
  return { clock, ledger, limits, policy, answer, usage, looks };
}

describe('the limits of a client', () => {
  it('are waited for no longer than somebody wants', async () => {
    vi.spyOn(limitsPart, 'load').mockImplementationOnce((ending) =>
      unlessAborted(new Promise(() => undefined), ending!),
    );
    const controller = new AbortController();
    const refreshing = setup().limits.refresh({ signal: controller.signal });
    controller.abort('enough');
    await expect(refreshing).rejects.toBe('enough');
  });

  it('are not watched until somebody asks', async () => {
    const { limits, policy, answer, usage } = setup();
    const request = apiRequest();
    const outcome = Promise.resolve(outcomeOf('answer'));
    // The very promise of the next handler: nothing stands between.
    expect(policy(request, () => outcome)).toBe(outcome);
    await answer({ usage: usage(1) });
    expect(await limits.report()).toMatchObject({ creditUsd: undefined, freeRequests: { usedSince: 0 } });
  });

  it('are less by what each request costs, once somebody has asked', async () => {
    const { limits, answer, usage, looks } = setup();
    expect(await limits.refresh()).toMatchObject({ creditUsd: { remaining: 8, limit: 10 } });
    await answer({ usage: usage(1.5) });
    await answer({});
    expect(await limits.report()).toMatchObject({ creditUsd: { remaining: 6.5, usedSince: 1.5 } });
    expect(looks).toEqual(['key']);
  });

  it('are those of the account too for a management key, which alone may ask', async () => {
    const { limits, looks } = setup({ is_management_key: true });
    expect(await limits.refresh()).toMatchObject({ accountCreditUsd: { remaining: 4 }, creditUsd: { remaining: 4 } });
    expect(looks).toEqual(['key', 'credits']);
  });

  it('know the requests to free models by the model that answered, or else by the one that was asked', async () => {
    const { limits, answer, policy } = setup();
    await limits.report();
    await answer({ model: 'a/b:free' });
    await answer({}, { body: { model: 'c/d:free' } });
    await answer({ model: 'a/b' });
    await answer({}, { method: 'GET', path: '/models', body: { model: 'c/d:free' } });
    const failed = policy(apiRequest({ body: { model: 'a/b:free' } }), () => Promise.reject(new Error('lost')));
    await expect(failed).rejects.toThrow('lost');
    expect((await limits.report()).freeRequests.usedSince).toBe(3);
  });

  it('learn from a refusal, and hand it on', async () => {
    const { limits, policy } = setup();
    await limits.report();
    const error = new InsufficientCreditsError('no credits', { status: 402 });
    await expect(policy(apiRequest(), () => Promise.reject(error))).rejects.toBe(error);
    expect(await limits.report()).toMatchObject({ lastRefusal: { error }, accountCreditUsd: { remaining: 0 } });
  });

  it('learn of costs that become known later, each once', async () => {
    const { limits, ledger } = setup();
    await limits.refresh();
    ledger.book(newEntry({ usd: usd('1') }));
    ledger.book(newEntry({ unknown: 'aborted' }));
    expect((await limits.report()).creditUsd?.usedSince).toBe(0);
    ledger.settle(2, usd('0.25'));
    expect((await limits.report()).creditUsd?.usedSince).toBe(0.25);
  });

  it('are told to whoever wants to know when they fall, and one who throws disturbs nothing', async () => {
    const { limits, answer, usage } = setup();
    const events: LowLimitEvent[] = [];
    await limits.onLow({ creditBelowUsd: 5 }, () => {
      throw new Error('not me');
    });
    const stop = await limits.onLow({ creditBelowUsd: 5 }, (event) => events.push(event));
    await limits.refresh();
    await answer({ usage: usage(4) });
    expect(events).toMatchObject([{ type: 'credit-low', remaining: 4, below: 5 }]);
    stop();
    await expect(limits.onLow({ creditBelowUsd: 0 }, () => undefined)).rejects.toThrow('creditBelowUsd must be');
  });

  it('are looked at again and again until that is ended', async () => {
    const { clock, limits, looks } = setup();
    const stop = await limits.watch({ everyMs: 1_000 });
    await clock.advance(2_500);
    stop();
    await clock.advance(5_000);
    expect(looks).toEqual(['key', 'key', 'key']);
    expect(clock.pendingTimers).toBe(0);
    await expect(limits.watch({ everyMs: 0 })).rejects.toThrow('everyMs must be');
  });
});
