import { describe, expect, it } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import { lost, refused, throttled, timedOut, unreadable } from '../../tests/support/failures.ts';
import { RateLimitError } from '../errors/status-errors.ts';
import { StreamProviderError } from '../errors/stream-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Outcome } from '../http/outcome.ts';
import { recordAttempts } from '../pipeline/record-attempts.ts';
import type { CallStep } from '../telemetry/events.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { AbortScope } from '../util/abort-scope.ts';
import { RetryBudget } from './retry-budget.ts';
import { retry } from './retry.ts';
import type { RetryOptions } from './retry-options.ts';

type Step = Error | Outcome<string>;

interface Run {
  readonly clock: FakeClock;
  readonly request: ApiRequest;
  /** When each request was sent. */
  readonly sentAt: readonly number[];
  readonly events: readonly CallStep[];
  readonly result: Promise<Outcome<string>>;
}

interface Setup extends Partial<RetryOptions> {
  readonly clock?: FakeClock;
  readonly chance?: number;
  readonly request?: Partial<ApiRequest>;
}

const good = outcomeOf('answer');

function empty(completionTokens?: number): Outcome<string> {
  const usage = completionTokens === undefined ? undefined : { completion_tokens: completionTokens };
  const { response } = outcomeOf('');
  return outcomeOf('empty', {
    response: { ...response, warnings: ['empty'] },
    settled: Promise.resolve({ usage: usage && { prompt_tokens: 1, total_tokens: 1, ...usage } }),
  });
}

/** Makes one call, whose requests are answered with these; the last one again and again. */
function run(steps: readonly Step[], { clock = new FakeClock(), chance = 0, request, ...options }: Setup = {}): Run {
  const sentAt: number[] = [];
  const events: CallStep[] = [];
  const whole = apiRequest({ events: (step) => events.push(step), ...request });
  const policy = retry({
    maxRetries: 2,
    ambiguous: 'once',
    maxRetryWaitMs: 60_000,
    budget: new RetryBudget(),
    clock,
    random: () => chance,
    ...options,
  });
  const result = policy<string>(whole, (handed) =>
    recordAttempts(clock)(handed, async () => {
      const step = steps[Math.min(sentAt.length, steps.length - 1)];
      sentAt.push(clock.now());
      if (step instanceof Error) throw step;
      return step ?? good;
    }),
  );
  result.catch(() => undefined);
  return { clock, request: whole, sentAt, events, result };
}

async function failureOf({ clock, result }: Run): Promise<unknown> {
  return clock.runUntil(result.then(() => 'It did not fail.')).catch((error: unknown) => error);
}

async function answerOf({ clock, result }: Run): Promise<string> {
  return (await clock.runUntil(result)).value;
}

/** A budget with so much left. */
function budgetOf(credits: number): RetryBudget {
  const budget = new RetryBudget();
  while (budget.spend());
  for (let count = 0; count < credits; count += 1) budget.refund();
  return budget;
}

function left(budget: RetryBudget): number {
  let count = 0;
  while (budget.spend()) count += 1;
  return count;
}

describe('a call that succeeds', () => {
  it('is sent once, and its outcome is given on', async () => {
    const call = run([good]);
    expect(await call.result).toBe(good);
    expect(call.sentAt).toEqual([0]);
    expect(call.events).toMatchObject([{ type: 'attempt' }]);
  });

  it('earns something for the retries of others', async () => {
    const budget = budgetOf(0);
    for (let count = 0; count < 10; count += 1) await run([good], { budget }).result;
    expect(left(budget)).toBe(1);
  });
});

describe('a call that fails', () => {
  it.each([
    [0, [0, 100, 200]],
    [0.5, [0, 250, 750]],
    [0.999, [0, 499.5, 1_498.5]],
  ])('is tried again after growing waits that chance (%d) spreads: %j', async (chance, sentAt) => {
    const error = refused(503);
    const call = run([error], { chance });
    expect(await failureOf(call)).toBe(error);
    expect(call.sentAt).toEqual(sentAt);
    expect(error.retryStopped).toBe('attempts');
  });

  it.each([
    [0, [0, 100, 200]],
    [0.5, [0, 500, 1_500]],
    [0.999, [0, 999, 2_997]],
  ])('waits longer after a refusal for too many requests (%d): %j', async (chance, sentAt) => {
    const call = run([throttled()], { chance });
    await failureOf(call);
    expect(call.sentAt).toEqual(sentAt);
  });

  it('gives the answer of the try that succeeds', async () => {
    const call = run([refused(500), lost(), good]);
    expect(await answerOf(call)).toBe('answer');
    expect(call.sentAt).toHaveLength(3);
  });

  it('tells the trail with the waits', async () => {
    const call = run([refused(503), refused(502), good], { chance: 0.5 });
    await answerOf(call);
    expect(call.request.attempts).toMatchObject([
      { number: 1, status: 503, failure: 'provider', waitMs: 250 },
      { number: 2, status: 502, failure: 'provider', waitMs: 500 },
      { number: 3, status: 200 },
    ]);
    expect(call.request.attempts[2]).not.toHaveProperty('waitMs');
  });

  it('tells of each retry, before its wait', async () => {
    const error = refused(503);
    const call = run([error, throttled('unknown', 2_000), good]);
    await answerOf(call);
    expect(call.events).toMatchObject([
      { type: 'attempt', attempt: 1 },
      { type: 'retry', attempt: 1, waitMs: 100, hinted: false, error },
      { type: 'attempt', attempt: 2 },
      { type: 'retry', attempt: 2, waitMs: 2_000, hinted: true },
      { type: 'attempt', attempt: 3 },
    ]);
  });

  it('is tried as often as it says itself', async () => {
    const often = run([refused(503)], { request: { settings: { maxRetries: 5 } } });
    await failureOf(often);
    expect(often.sentAt).toHaveLength(6);
    const never = run([refused(503)], { request: { settings: { maxRetries: 0 } } });
    expect(await failureOf(never)).toMatchObject({ retryStopped: 'attempts' });
    expect(never.sentAt).toHaveLength(1);
  });

  it.each([
    ['what is wrong with the request', refused(400)],
    ['what is used up for the day', throttled('account-day', 3_600_000)],
    ['a stream that broke after its first output', new StreamProviderError('', { phase: 'streaming' })],
    ['what is not one of the errors of this library', new Error('a bug')],
  ])('is not tried again for %s', async (_what, error) => {
    const call = run([error]);
    expect(await failureOf(call)).toBe(error);
    expect(call.sentAt).toHaveLength(1);
    expect(error).not.toMatchObject({ retryStopped: expect.anything() });
  });

  it.each([
    ['409', refused(409), refused(409)],
    ['504', refused(504), refused(504)],
    ['a busy provider', throttled('provider'), throttled('provider')],
    ['an empty body', unreadable('empty'), unreadable('empty')],
    ['a connection lost after the request', lost('sent'), lost('sent')],
    ['a stream that did not begin, and then a lost connection', timedOut('headers', 'sent', true), lost('sent')],
    ['a name that does not exist', lost('unsent', { code: 'ENOTFOUND' }), lost('unsent', { code: 'ENOTFOUND' })],
  ])('is tried once more for %s, and not twice', async (_what, first, second) => {
    const call = run([first, second], { maxRetries: 5 });
    expect(await failureOf(call)).toBe(second);
    expect(call.sentAt).toHaveLength(2);
    expect(second.retryStopped).toBe('attempts');
  });

  it('is tried once more for each of such failures', async () => {
    const refusedConnection = lost('unsent', { code: 'ECONNREFUSED' });
    const steps = [refused(504), refused(409), refusedConnection, refusedConnection, lost('sent'), good];
    const call = run(steps, { maxRetries: 5 });
    expect(await answerOf(call)).toBe('answer');
    expect(call.sentAt).toHaveLength(6);
  });

  it.each([
    ['never', 1],
    ['once', 2],
    ['always', 4],
  ] as const)('may be tried %s where the model may have run: %d requests', async (ambiguous, requests) => {
    const call = run([lost('sent')], { ambiguous, maxRetries: 3 });
    await failureOf(call);
    expect(call.sentAt).toHaveLength(requests);
  });

  it('is tried like any other where it only reads', async () => {
    const call = run([lost('sent')], { ambiguous: 'never', maxRetries: 3, request: { method: 'GET' } });
    await failureOf(call);
    expect(call.sentAt).toHaveLength(4);
  });
});

describe('a wait that the server asked for', () => {
  it.each([
    [0, 2_000],
    [0.5, 2_100],
    [0.999, 2_199.8],
  ])('is kept, with a little more by chance (%d)', async (chance, waitMs) => {
    const call = run([throttled('unknown', 2_000), good], { chance });
    await answerOf(call);
    expect(call.sentAt).toEqual([0, waitMs]);
  });

  it('of nothing is no hint', async () => {
    const call = run([throttled('unknown', 0), good], { chance: 0.5 });
    await answerOf(call);
    expect(call.sentAt).toEqual([0, 500]);
    expect(call.events[1]).toMatchObject({ hinted: false });
  });

  it('counts for other failures too', async () => {
    const call = run([refused(503, { availability: { retryable: true, retry_after: 3 } }), good]);
    await answerOf(call);
    expect(call.sentAt).toEqual([0, 3_000]);
  });

  it.each([
    ['asks for nothing', undefined, 30_000, false],
    ['asks for less', 5_000, 30_000, true],
    ['asks for more', 40_000, 40_000, true],
  ])('is at least 30 s where the network refuses and %s', async (_what, hint, waitMs, hinted) => {
    const call = run([throttled('edge', hint), good]);
    await answerOf(call);
    expect(call.sentAt).toEqual([0, waitMs]);
    expect(call.events[1]).toMatchObject({ waitMs, hinted });
  });

  it('is waited for up to the longest wait, and not beyond', async () => {
    const kept = run([throttled('unknown', 60_000), good]);
    await answerOf(kept);
    expect(kept.sentAt).toEqual([0, 60_000]);
    const error = throttled('unknown', 60_001, 1_800_000_000_000);
    const long = run([error]);
    expect(await failureOf(long)).toBe(error);
    expect(error).toMatchObject({ retryAfterMs: 60_001, resetAt: 1_800_000_000_000, retryStopped: 'wait' });
    expect(long.clock.now()).toBe(0);
    expect(long.sentAt).toHaveLength(1);
  });

  it('is not waited for where the network would refuse for longer than allowed', async () => {
    const call = run([throttled('edge')], { maxRetryWaitMs: 20_000 });
    expect(await failureOf(call)).toMatchObject({ retryStopped: 'wait' });
    expect(call.clock.now()).toBe(0);
  });

  it.each([
    ['asked for', throttled('unknown', 5_000), 5_000],
    ['not asked for', refused(503), 100],
  ])('that would end at the deadline or later is not begun (%s)', async (_what, error, waitMs) => {
    const late = run([error], { request: { deadlineAt: waitMs } });
    expect(await failureOf(late)).toBe(error);
    expect(error.retryStopped).toBe('wait');
    expect(late.clock.now()).toBe(0);
    const inTime = run([throttled('unknown', 5_000), good], { request: { deadlineAt: 5_001 } });
    expect(await answerOf(inTime)).toBe('answer');
  });
});

describe('a wait', () => {
  it('ends at once with the call, for its very reason, and leaves no timer', async () => {
    const scope = new AbortScope();
    const call = run([throttled('unknown', 50_000)], { request: { scope } });
    await call.clock.advance(1_000);
    expect(call.clock.pendingTimers).toBe(1);
    const reason = { my: 'reason' };
    scope.abort(reason);
    await expect(call.result).rejects.toBe(reason);
    expect(call.clock.pendingTimers).toBe(0);
    expect(call.clock.now()).toBe(1_000);
    expect(call.sentAt).toHaveLength(1);
  });

  it('is not begun by a call that has ended meanwhile, which fails for that reason', async () => {
    const scope = new AbortScope();
    const policy = retry({
      maxRetries: 2,
      ambiguous: 'once',
      maxRetryWaitMs: 60_000,
      budget: new RetryBudget(),
      clock: new FakeClock(),
      random: () => 0,
    });
    const call = policy(apiRequest({ scope }), () => {
      scope.abort('enough');
      return Promise.reject(refused(503));
    });
    await expect(call).rejects.toBe('enough');
  });
});

describe('the budget of a client', () => {
  it('lets no call be tried again when it is empty', async () => {
    const error = refused(503);
    const call = run([error], { budget: budgetOf(0) });
    expect(await failureOf(call)).toBe(error);
    expect(error.retryStopped).toBe('budget');
    expect(call.sentAt).toHaveLength(1);
  });

  it('pays for each retry', async () => {
    const budget = budgetOf(10);
    await failureOf(run([refused(503)], { budget }));
    expect(left(budget)).toBe(8);
  });

  it('gets back what the last retry cost when it succeeds, and no more', async () => {
    const budget = budgetOf(10);
    await answerOf(run([refused(503), refused(503), good], { budget }));
    expect(left(budget)).toBe(9);
  });

  it('does not pay for waiting as long as the server asks', async () => {
    const budget = budgetOf(0);
    const call = run([throttled('unknown', 1_000), good], { budget });
    expect(await answerOf(call)).toBe('answer');
    expect(left(budget)).toBe(0);
  });

  it('pays for the retry of a refusal without a hint, and of other failures with one', async () => {
    for (const error of [
      throttled(),
      throttled('edge'),
      refused(503, { availability: { retryable: true, retry_after: 1 } }),
    ])
      expect(await failureOf(run([error], { budget: budgetOf(0) }))).toMatchObject({ retryStopped: 'budget' });
  });

  it('is not asked where no more tries are left', async () => {
    const budget = budgetOf(10);
    await failureOf(run([refused(503)], { budget, maxRetries: 0 }));
    await failureOf(run([throttled('unknown', 99_000)], { budget }));
    expect(left(budget)).toBe(10);
  });
});

describe('a kept connection that the server had closed', () => {
  const stale = (): Error => lost('sent', { staleConnection: true });

  it('is replaced at once, also where nothing may be tried again, and for nothing', async () => {
    const budget = budgetOf(0);
    const call = run([stale(), good], { budget, maxRetries: 0, ambiguous: 'never' });
    expect(await answerOf(call)).toBe('answer');
    expect(call.sentAt).toEqual([0, 0]);
    expect(call.events[1]).toMatchObject({ type: 'retry', attempt: 1, waitMs: 0, hinted: false });
    expect(left(budget)).toBe(0);
  });

  it('is replaced once', async () => {
    const call = run([stale()], { maxRetries: 0 });
    expect(await failureOf(call)).toMatchObject({ staleConnection: true, retryStopped: 'attempts' });
    expect(call.sentAt).toHaveLength(2);
  });

  it('is not counted as a try', async () => {
    const call = run([refused(503), stale(), refused(503), good]);
    expect(await answerOf(call)).toBe('answer');
    expect(call.sentAt).toHaveLength(4);
  });
});

describe('an answer without any output', () => {
  it('is looked at once more, after a wait', async () => {
    const budget = budgetOf(10);
    const call = run([empty(), good], { budget, chance: 0.5 });
    expect(await answerOf(call)).toBe('answer');
    expect(call.sentAt).toEqual([0, 250]);
    expect(left(budget)).toBe(10);
  });

  it('is looked at after a failure too', async () => {
    const call = run([refused(503), empty(0), good]);
    expect(await answerOf(call)).toBe('answer');
  });

  it('is given as it came when the next one is no better', async () => {
    const call = run([empty(0)]);
    expect(await answerOf(call)).toBe('empty');
    expect(call.sentAt).toHaveLength(2);
  });

  it('is given as it came when the next one fails', async () => {
    const call = run([empty(), refused(401)]);
    expect(await answerOf(call)).toBe('empty');
    expect(call.request.attempts).toMatchObject([
      { number: 1, waitMs: 100 },
      { number: 2, status: 401 },
    ]);
  });

  it.each([
    ['it was paid for', [empty(1)], {}],
    ['nothing may be tried again', [empty()], { maxRetries: 0 }],
    ['the call says so', [empty()], { request: { settings: { maxRetries: 0 } } }],
    ['the deadline is too near', [empty()], { request: { deadlineAt: 100 } }],
    ['the budget is empty', [empty()], { budget: budgetOf(0) }],
  ] as const)('is given at once where %s', async (_what, steps, setup) => {
    const call = run(steps, setup);
    expect(await answerOf(call)).toBe('empty');
    expect(call.sentAt).toHaveLength(1);
  });

  it('pays for nothing that is not sent', async () => {
    const budget = budgetOf(5);
    await answerOf(run([empty(7)], { budget }));
    expect(left(budget)).toBe(5);
  });

  it('is not given to a call that ended during the second look', async () => {
    const scope = new AbortScope();
    const call = run([empty(), new Error('the connection was closed')], { request: { scope } });
    await call.clock.advance(50);
    scope.abort('enough');
    await expect(call.result).rejects.toBe('enough');
    expect(call.clock.pendingTimers).toBe(0);
    const during = new AbortScope();
    const second = run([empty(), empty()], { request: { scope: during } });
    const watching = retry({
      maxRetries: 1,
      ambiguous: 'once',
      maxRetryWaitMs: 1,
      budget: new RetryBudget(),
      clock: second.clock,
      random: () => 0,
    });
    let count = 0;
    const ended = watching(apiRequest({ scope: during }), async () => {
      count += 1;
      if (count === 1) return empty();
      during.abort('enough');
      throw new Error('the connection was closed');
    });
    await expect(second.clock.runUntil(ended)).rejects.toBe('enough');
  });
});

it('says who refused, with the error that came last', async () => {
  const last = throttled('model-minute');
  expect(await failureOf(run([refused(503), refused(502), last]))).toBe(last);
  expect(last).toBeInstanceOf(RateLimitError);
  expect(last.attempts).toHaveLength(3);
});
