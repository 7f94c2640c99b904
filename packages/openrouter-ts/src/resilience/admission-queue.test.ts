import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { throttled } from '../../tests/support/failures.ts';
import { RateLimitError } from '../errors/status-errors.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { AbortScope } from '../util/abort-scope.ts';
import { AdmissionQueue, type Applicant } from './admission-queue.ts';
import { RateLimits, type RateLimitOptions } from './rate-limits.ts';

interface Gate {
  readonly clock: FakeClock;
  readonly limits: RateLimits;
  readonly queue: AdmissionQueue;
  /** Who has been let in, and when. */
  readonly admitted: string[];
  readonly ask: (name: string, model?: string, parts?: Partial<Applicant>) => AbortScope;
}

function gate(slots: number, options: RateLimitOptions = {}): Gate {
  const clock = new FakeClock();
  const limits = new RateLimits(options, clock);
  const queue = new AdmissionQueue(slots, limits, clock);
  const admitted: string[] = [];
  const ask: Gate['ask'] = (name, model = 'm', parts = {}) => {
    const scope = new AbortScope();
    const request: Applicant = { method: 'POST', path: '/chat/completions', scope, ...parts };
    const turn = queue.admit(model, request, clock.now());
    if (turn === undefined) admitted.push(`${name} at ${clock.now()}`);
    else
      turn.then(
        () => admitted.push(`${name} at ${clock.now()}`),
        (reason: unknown) => admitted.push(`${name} not: ${String(reason)}`),
      );
    return scope;
  };
  return { clock, limits, queue, admitted, ask };
}

/** What a request is refused with. */
function refusal({ queue, clock }: Gate, model: string, deadlineAt: number): Promise<unknown> {
  const request: Applicant = { method: 'POST', path: '/chat/completions', scope: new AbortScope(), deadlineAt };
  return Promise.resolve(queue.admit(model, request, clock.now())).catch((error: unknown) => error);
}

describe('without a limit', () => {
  it('nobody waits', () => {
    const { ask, admitted, clock, queue } = gate(Infinity);
    for (let count = 0; count < 100; count += 1) ask('a');
    expect(admitted).toHaveLength(100);
    expect(clock.pendingTimers).toBe(0);
    expect(queue.isLimited).toBe(false);
  });
});

describe('slots', () => {
  it('are given in the order of asking, also between models', async () => {
    const { ask, admitted, clock, queue } = gate(1);
    for (const [name, model] of [
      ['a', 'x'],
      ['b', 'y'],
      ['c', 'x'],
      ['d', 'y'],
      ['e', 'x'],
    ] as const)
      ask(name, model);
    expect(queue.isLimited).toBe(true);
    expect(clock.pendingTimers).toBe(0);
    for (let count = 0; count < 4; count += 1) {
      queue.giveBack();
      await clock.advance(1);
    }
    expect(admitted).toEqual(['a at 0', 'b at 0', 'c at 1', 'd at 2', 'e at 3']);
  });

  it('are free again when nobody waited for them', async () => {
    const { ask, admitted, clock, queue } = gate(2);
    ask('a');
    ask('b');
    queue.giveBack();
    queue.giveBack();
    ask('c');
    ask('d');
    ask('e');
    await clock.advance(0);
    expect(admitted).toEqual(['a at 0', 'b at 0', 'c at 0', 'd at 0']);
  });

  it('are not taken by whoever has given up', async () => {
    const { ask, admitted, clock, queue } = gate(1);
    ask('a');
    const b = ask('b');
    ask('c');
    b.abort('no more');
    await clock.advance(0);
    queue.giveBack();
    await clock.advance(0);
    expect(admitted).toEqual(['a at 0', 'b not: no more', 'c at 0']);
    queue.giveBack();
    ask('d');
    expect(admitted).toContain('d at 0');
  });

  it('are not asked for by a call that has ended', () => {
    const { ask, queue } = gate(1);
    const scope = new AbortScope();
    scope.abort('over');
    expect(() => ask('a', 'm', { scope })).toThrow('over');
    expect(queue.admit('m', { method: 'GET', path: '/', scope: new AbortScope() }, 0)).toBeUndefined();
  });
});

describe('a rate', () => {
  it('lets calls go when it allows, in the order of asking', async () => {
    const { ask, admitted, clock } = gate(Infinity, { requestsPerMinute: 2 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) ask(name);
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(200_000);
    expect(admitted).toEqual(['a at 0', 'b at 0', 'c at 60000', 'd at 60000', 'e at 120000']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('leaves no timer when the last one gives up, and keeps it while others wait', async () => {
    const { ask, clock, admitted } = gate(Infinity, { requestsPerMinute: 1 });
    ask('a');
    const [b, c] = [ask('b'), ask('c')];
    b.abort('no');
    expect(clock.pendingTimers).toBe(1);
    c.abort('no');
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(60_000);
    expect(admitted).toEqual(['a at 0', 'b not: no', 'c not: no']);
  });

  it('of free models does not hold up others', async () => {
    const { ask, admitted, clock } = gate(Infinity, { freeRequestsPerMinute: 1 });
    ask('a', 'x:free');
    ask('b', 'y:free');
    ask('c', 'z');
    await clock.advance(60_000);
    expect(admitted).toEqual(['a at 0', 'c at 0', 'b at 60000']);
  });

  it('is not overtaken by a call that comes when the moment has come', async () => {
    const { ask, admitted, clock } = gate(Infinity, { freeRequestsPerMinute: 1 });
    ask('a', 'x:free');
    ask('b', 'y:free');
    const moment = clock.advance(60_000);
    ask('c', 'z:free');
    await moment;
    await clock.advance(60_000);
    expect(admitted).toEqual(['a at 0', 'b at 60000', 'c at 120000']);
  });

  it('and a slot are taken together: who waits for one holds none of the other', async () => {
    const { ask, admitted, clock, queue } = gate(1, { freeRequestsPerMinute: 1 });
    ask('a', 'x:free');
    queue.giveBack();
    // It waits for the rate, and holds no slot.
    ask('b', 'x:free');
    ask('c', 'z');
    await clock.advance(70_000);
    // It could go at 60 s, but there was no slot: its turn counts from when it went.
    expect(admitted).toEqual(['a at 0', 'c at 0']);
    queue.giveBack();
    await clock.advance(0);
    expect(admitted).toEqual(['a at 0', 'c at 0', 'b at 70000']);
    queue.giveBack();
    ask('d', 'x:free');
    await clock.advance(59_999);
    expect(admitted).toHaveLength(3);
    await clock.advance(1);
    expect(admitted).toEqual(['a at 0', 'c at 0', 'b at 70000', 'd at 130000']);
  });

  it('that is found out slows down those who wait already', async () => {
    const { ask, admitted, clock, limits, queue } = gate(1);
    for (const name of ['a', 'b', 'c', 'd']) ask(name);
    await clock.advance(100);
    limits.refused(throttled('provider', 3_000), 'm', 0);
    queue.giveBack();
    await clock.advance(2_999);
    expect(admitted).toEqual(['a at 0']);
    await clock.advance(1);
    queue.giveBack();
    await clock.advance(2_000);
    expect(admitted).toEqual(['a at 0', 'b at 3100', 'c at 5100']);
  });

  it('counts what begins, whatever else calls wait for', async () => {
    const asking = fc.array(
      fc.record({
        pause: fc.constantFrom(0, 0, 500, 5_000, 30_000),
        model: fc.constantFrom('x:free', 'y:free', 'z'),
        lasts: fc.constantFrom(100, 2_000, 50_000),
        patience: fc.option(fc.constantFrom(1_000, 70_000), { freq: 3, nil: Infinity }),
      }),
      { minLength: 10, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(asking, fc.constantFrom(1, 3, Infinity), async (calls, slots) => {
        const clock = new FakeClock();
        const limits = new RateLimits({ requestsPerMinute: 6, freeRequestsPerMinute: 3 }, clock);
        const queue = new AdmissionQueue(slots, limits, clock);
        const begun: { readonly at: number; readonly model: string }[] = [];
        let underWay = 0;
        let mostUnderWay = 0;
        const work = calls.map(async ({ model, lasts, patience }, index) => {
          const after = calls.slice(0, index + 1).reduce((sum, { pause }) => sum + pause, 0);
          await new Promise<void>((resolve) => clock.setTimer(resolve, after));
          const scope = new AbortScope();
          const forget =
            patience === Infinity
              ? undefined
              : clock.setTimer(() => {
                  scope.abort('no patience');
                }, patience);
          try {
            await queue.admit(model, { method: 'POST', path: '/', scope }, clock.now());
          } catch {
            return;
          }
          forget?.();
          begun.push({ at: clock.now(), model });
          underWay += 1;
          mostUnderWay = Math.max(mostUnderWay, underWay);
          await new Promise<void>((resolve) => clock.setTimer(resolve, lasts));
          underWay -= 1;
          queue.giveBack();
        });
        await clock.runUntil(Promise.all(work));
        expect(mostUnderWay).toBeLessThanOrEqual(slots);
        for (const { at } of begun) {
          const span = begun.filter((other) => other.at >= at && other.at < at + 60_000);
          expect(span.length).toBeLessThanOrEqual(6);
          expect(span.filter(({ model }) => model.endsWith(':free')).length).toBeLessThanOrEqual(3);
        }
        expect(clock.pendingTimers).toBe(0);
        expect(limits.status.throttles.every(({ waiting }) => waiting === 0)).toBe(true);
      }),
      { numRuns: 30 },
    );
  }, 30_000);
});

describe('a deadline', () => {
  it.each([
    ['all', 'm', { requestsPerMinute: 1 }, 'its limit for all requests', 'unknown'],
    ['free', 'm:free', { freeRequestsPerMinute: 1 }, 'its limit for free requests', 'account-minute'],
  ])('that comes before the turn is not waited for (%s)', async (_what, model, options, whose, scope) => {
    const opened = gate(Infinity, options);
    const { ask, clock } = opened;
    ask('a', model);
    ask('b', model, { deadlineAt: 60_001 });
    const refused = await refusal(opened, model, 120_000);
    expect(refused).toBeInstanceOf(RateLimitError);
    expect(refused).toMatchObject({
      message: `POST /chat/completions was not sent: this client keeps to ${whose}, and its turn would come in 120 s, after its deadline. Send less at once, or raise timeoutMs.`,
      status: 429,
      scope,
      retryable: true,
      retryAfterMs: 120_000,
      phase: 'unsent',
      billing: 'none',
    });
    ask('d', model, { deadlineAt: 120_001 });
    expect(clock.pendingTimers).toBe(1);
  });

  it('that comes before a pause is over is not waited for', async () => {
    const opened = gate(Infinity);
    const { ask, limits } = opened;
    limits.refused(throttled('provider', 10_000), 'm', 0);
    expect(await refusal(opened, 'm', 10_000)).toMatchObject({
      message: expect.stringContaining(
        'this client keeps to what m was found to take, and its turn would come in 10 s',
      ),
    });
    ask('b', 'm', { deadlineAt: 10_001 });
    // How fast it will be is not known: whoever comes after may still be in time.
    ask('c', 'm', { deadlineAt: 10_001 });
    expect(limits.status.throttles).toContainEqual({ of: 'm', perSecond: 0.5, waiting: 2 });
  });

  it('says nothing about a wait for a slot', () => {
    const { ask, admitted } = gate(1);
    ask('a');
    ask('b', 'm', { deadlineAt: 1 });
    expect(admitted).toEqual(['a at 0']);
  });
});
