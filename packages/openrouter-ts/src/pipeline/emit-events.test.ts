import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it, onTestFinished } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import { deferred } from '../../tests/support/deferred.ts';
import { refused, throttled } from '../../tests/support/failures.ts';
import { StreamInterruptedError } from '../errors/stream-interrupted-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Outcome, Settlement } from '../http/outcome.ts';
import { Cooldowns } from '../resilience/cooldown.ts';
import { fallback } from '../resilience/fallback.ts';
import { retry } from '../resilience/retry.ts';
import { openChannels } from '../telemetry/channels.ts';
import type { CallEvent } from '../telemetry/events.ts';
import type { Hooks } from '../telemetry/hooks.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { AbortScope } from '../util/abort-scope.ts';
import { emitEvents } from './emit-events.ts';
import { compose, type Handler } from './middleware.ts';
import { recordAttempts } from './record-attempts.ts';
import { RetryBudget } from '../resilience/retry-budget.ts';

type Answer = (request: ApiRequest) => Promise<Outcome<string>> | Outcome<string>;

interface Listening {
  readonly clock: FakeClock;
  readonly events: readonly CallEvent[];
  readonly send: (answers: readonly Answer[], parts?: Partial<ApiRequest>) => Promise<Outcome<string>>;
}

const body = { model: 'a', messages: [] };
const operation = 'POST /chat/completions';
const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };

/** A client that somebody listens to, whose attempts are answered with these. */
function listening(more: Hooks = {}): Listening {
  const clock = new FakeClock();
  const events: CallEvent[] = [];
  const note = (event: CallEvent): void => void events.push(event);
  const hooks: Hooks = {
    onRequest: note,
    onAttempt: note,
    onRetry: note,
    onFallback: note,
    onFirstToken: note,
    onFinish: note,
    onError: note,
    ...more,
  };
  const policies = [
    emitEvents({ hooks, channels: openChannels(undefined), clock }),
    fallback({ models: ['b'], allowPaid: false, cooldowns: new Cooldowns(clock), retryBudget: new RetryBudget() }),
    retry({
      maxRetries: 1,
      ambiguous: 'once',
      maxRetryWaitMs: 60_000,
      budget: new RetryBudget(),
      clock,
      random: () => 0.5,
    }),
    recordAttempts(clock),
  ];
  const send: Listening['send'] = (answers, parts) => {
    let count = 0;
    const exchange: Handler<string> = async (request) => {
      await clock.advance(10);
      const answer = answers[count];
      count += 1;
      return answer?.(request) ?? outcomeOf('answer');
    };
    const result = compose(policies, exchange)(apiRequest({ body, ...parts }));
    result.catch(() => undefined);
    return result;
  };
  return { clock, events, send };
}

function good(settlement: Settlement = {}): Answer {
  return () =>
    outcomeOf('answer', { settled: Promise.resolve({ model: 'a', generationId: 'gen-1', usage, ...settlement }) });
}

function failing(error: unknown): Answer {
  return () => {
    throw error;
  };
}

/** A stream whose first output is here. */
function stream(settled: Promise<Settlement>): Answer {
  return ({ progress }) => {
    progress?.output?.();
    return outcomeOf('stream', { settled });
  };
}

const types = (events: readonly CallEvent[]): readonly string[] => events.map(({ type }) => type);

describe('who listens hears of', () => {
  it('a success: request, attempt, finish', async () => {
    const { events, send } = listening();
    await send([good()]);
    await Promise.resolve();
    const facts = { call: 1, operation };
    expect(events).toEqual([
      { ...facts, type: 'request', model: 'a', stream: false },
      { ...facts, type: 'attempt', attempt: 1, model: 'a' },
      {
        ...facts,
        type: 'finish',
        durationMs: 10,
        model: 'a',
        generationId: 'gen-1',
        usage,
        attempts: [{ number: 1, model: 'a', startedAt: Date.UTC(2026, 0, 1), durationMs: 10, status: 200 }],
      },
    ]);
  });

  it('calls by their number', async () => {
    const { events, send } = listening();
    await Promise.all([send([good()]), send([good()])]);
    await Promise.resolve();
    expect(events.filter(({ type }) => type === 'finish').map(({ call }) => call)).toEqual([1, 2]);
  });

  it('a stream: request, attempt, first token, and finish when it has settled', async () => {
    const { events, send, clock } = listening();
    const end = deferred<Settlement>();
    await send([stream(end.promise)], { stream: true });
    expect(types(events)).toEqual(['request', 'attempt', 'first-token']);
    expect(events[0]).toMatchObject({ stream: true });
    expect(events[2]).toEqual({ type: 'first-token', sinceStartMs: 10, call: 1, operation });
    await clock.advance(500);
    end.resolve({ model: 'a', usage });
    await clock.advance(0);
    expect(types(events)).toEqual(['request', 'attempt', 'first-token', 'finish']);
    expect(events[3]).toMatchObject({ durationMs: 510, model: 'a', usage });
  });

  it('a retry before its wait, and then the success', async () => {
    const { events, send, clock } = listening();
    const error = refused(503);
    await clock.runUntil(send([failing(error), good()]));
    await clock.advance(0);
    expect(types(events)).toEqual(['request', 'attempt', 'retry', 'attempt', 'finish']);
    expect(events[2]).toEqual({ type: 'retry', attempt: 1, waitMs: 250, hinted: false, error, call: 1, operation });
    expect(events[4]).toMatchObject({ durationMs: 270, attempts: [{ status: 503, waitMs: 250 }, { status: 200 }] });
  });

  it('a wait that the server asked for', async () => {
    const { events, send, clock } = listening();
    await clock.runUntil(send([failing(throttled('unknown', 2_000)), good()]));
    expect(events[2]).toMatchObject({ type: 'retry', waitMs: 2_100, hinted: true });
  });

  it('another model that takes over', async () => {
    const { events, send, clock } = listening();
    const error = throttled('model-day');
    await clock.runUntil(send([failing(error), good({ model: 'b' })]));
    await clock.advance(0);
    expect(types(events)).toEqual(['request', 'attempt', 'fallback', 'attempt', 'finish']);
    expect(events[2]).toEqual({ type: 'fallback', from: 'a', to: 'b', by: 'client', error, call: 1, operation });
    expect(events[3]).toMatchObject({ attempt: 2, model: 'b' });
  });

  it('a failure: request, attempts, error', async () => {
    const { events, send, clock } = listening();
    const error = refused(401);
    await expect(clock.runUntil(send([failing(error)]))).rejects.toBe(error);
    expect(types(events)).toEqual(['request', 'attempt', 'error']);
    expect(events[2]).toMatchObject({ durationMs: 10, error, attempts: [{ status: 401, failure: 'authentication' }] });
  });

  it('a call that its caller ended during a wait', async () => {
    const { events, send, clock } = listening();
    const scope = new AbortScope();
    const call = send([failing(refused(503))], { scope });
    await clock.advance(50);
    scope.abort('enough');
    await expect(call).rejects.toBe('enough');
    expect(types(events)).toEqual(['request', 'attempt', 'retry', 'error']);
    expect(events[3]).toMatchObject({ error: 'enough', attempts: [{ status: 503 }] });
  });

  it.each([
    ['its caller ended', new Error('enough')],
    ['broke', new StreamInterruptedError('broken', { phase: 'streaming' })],
  ])('a stream that %s after its first output', async (_how, error) => {
    const { events, send, clock } = listening();
    const end = deferred<Settlement>();
    await send([stream(end.promise)], { stream: true });
    end.resolve({ error });
    await clock.advance(0);
    expect(types(events)).toEqual(['request', 'attempt', 'first-token', 'error']);
    expect(events[3]).toMatchObject({ error });
  });
});

describe('a model that the server chose', () => {
  const asked = (models: unknown, model = 'openai/gpt-4o'): ApiRequest['body'] => ({ model, models });

  it.each([
    ['another of the list', ['openai/gpt-4o', 'mistral/large'], 'mistral/large'],
    ['another of the list, by its longer name', ['mistral/large'], 'mistral/large-2411'],
    ['one whose name only begins like that of the first', ['openai/gpt-4o-mini'], 'openai/gpt-4o-mini'],
    ['the same, by its longer name', ['openai/gpt-4o-mini'], 'openai/gpt-4o-mini-2024-07-18'],
  ])('is told where it is %s', async (_what, models, to) => {
    const { events, send, clock } = listening();
    await clock.runUntil(send([good({ model: to })], { body: asked(models) }));
    await clock.advance(0);
    expect(types(events)).toEqual(['request', 'attempt', 'fallback', 'finish']);
    expect(events[2]).toEqual({ type: 'fallback', from: 'openai/gpt-4o', to, by: 'server', call: 1, operation });
  });

  it.each([
    ['the first', ['openai/gpt-4o-mini'], 'openai/gpt-4o'],
    ['the first, by its longer name', ['openai/gpt-4o-mini', 1], 'openai/gpt-4o-2024-08-06'],
    ['none of the list', ['mistral/large'], 'somebody/else'],
    ['not told', ['mistral/large'], undefined],
    ['from no list', undefined, 'mistral/large'],
    ['from what is no list', 'mistral/large', 'mistral/large'],
  ])('is nothing to tell of where it is %s', async (_what, models, to) => {
    const { events, send, clock } = listening();
    await clock.runUntil(send([good({ model: to })], { body: asked(models) }));
    await clock.advance(0);
    expect(types(events)).toEqual(['request', 'attempt', 'finish']);
  });

  it('is not taken for what the client chose', async () => {
    const { events, send, clock } = listening();
    const models = ['b'];
    await clock.runUntil(send([failing(throttled('model-day')), good({ model: 'b' })], { body: asked(models) }));
    await clock.advance(0);
    expect(events.filter(({ type }) => type === 'fallback')).toMatchObject([{ by: 'client', to: 'b' }]);
  });

  it('is nothing where the request names no model', async () => {
    const { events, send, clock } = listening();
    await clock.runUntil(send([good({ model: 'x' })], { body: { models: ['x'] } }));
    await clock.advance(0);
    expect(types(events)).toEqual(['request', 'attempt', 'finish']);
  });
});

describe('a call', () => {
  it('hands on the very request while nobody listens', async () => {
    const quiet = emitEvents({
      hooks: undefined,
      channels: openChannels((name) => channel(name)),
      clock: new FakeClock(),
    });
    const request = apiRequest({ body });
    const outcome = outcomeOf('answer');
    let handed: ApiRequest | undefined;
    const result = await quiet(request, async (got) => {
      handed = got;
      return outcome;
    });
    expect(handed).toBe(request);
    expect(result).toBe(outcome);
  });

  it('is not disturbed by hooks that fail', async () => {
    const fail = (): never => {
      throw new Error('no');
    };
    const reject = (): Promise<never> => Promise.reject(new Error('no'));
    const { send, clock } = listening({ onRequest: fail, onAttempt: reject, onRetry: fail, onFinish: fail });
    const outcome = await clock.runUntil(send([failing(refused(503)), good()]));
    expect(outcome.value).toBe('answer');
    await clock.advance(0);
    const failed = listening({ onError: fail });
    const error = refused(401);
    await expect(failed.clock.runUntil(failed.send([failing(error)]))).rejects.toBe(error);
  });

  it('is told to the channels of the runtime', async () => {
    const heard: unknown[] = [];
    const listener = (message: unknown): void => void heard.push(message);
    subscribe('openrouter.finish', listener);
    onTestFinished(() => void unsubscribe('openrouter.finish', listener));
    const telling = emitEvents({
      hooks: undefined,
      channels: openChannels((name) => channel(name)),
      clock: new FakeClock(),
    });
    await telling(apiRequest({ body }), async (request) => good()(request));
    await Promise.resolve();
    expect(heard).toMatchObject([{ type: 'finish', call: 1, operation, model: 'a', generationId: 'gen-1' }]);
  });
});
