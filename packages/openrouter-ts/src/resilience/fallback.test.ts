import { describe, expect, it } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import { refused, throttled, timedOut } from '../../tests/support/failures.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { CallSettings } from '../http/call-settings.ts';
import type { Outcome } from '../http/outcome.ts';
import { modelOf } from '../pipeline/model-of.ts';
import { recordAttempts } from '../pipeline/record-attempts.ts';
import type { CallStep } from '../telemetry/events.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { AbortScope } from '../util/abort-scope.ts';
import { Cooldowns } from './cooldown.ts';
import { fallback, type FallbackOptions } from './fallback.ts';
import { RetryBudget } from './retry-budget.ts';

interface Asking extends Partial<FallbackOptions> {
  readonly settings?: CallSettings;
  readonly body?: ApiRequest['body'];
  readonly parts?: Partial<ApiRequest>;
  readonly clock?: FakeClock;
}

interface Asked {
  readonly request: ApiRequest;
  readonly sent: readonly ApiRequest[];
  readonly events: readonly CallStep[];
  readonly result: Promise<Outcome<string>>;
}

/** Asks a model; those named here fail so, all others answer with their names. */
function ask(model: string, failures: Readonly<Record<string, unknown>>, asking: Asking = {}): Asked {
  const { settings = {}, body, parts, clock = new FakeClock(), ...options } = asking;
  const sent: ApiRequest[] = [];
  const events: CallStep[] = [];
  const request = apiRequest({
    body: { model, ...body },
    settings,
    events: (step) => events.push(step),
    ...parts,
  });
  const policy = fallback({
    models: [],
    allowPaid: false,
    cooldowns: new Cooldowns(clock),
    retryBudget: new RetryBudget(),
    ...options,
  });
  const result = policy<string>(request, (handed) => {
    sent.push(handed);
    return recordAttempts(clock)(handed, async () => {
      const asked = modelOf(handed) ?? '';
      if (asked in failures) throw failures[asked];
      return outcomeOf(asked);
    });
  });
  result.catch(() => undefined);
  return { request, sent, events, result };
}

async function models({ result, sent }: Asked): Promise<readonly (string | undefined)[]> {
  await result.catch(() => undefined);
  return sent.map(modelOf);
}

describe('a call', () => {
  it('goes through as it is where there is nothing to fall back to', async () => {
    const asked = ask('a', {});
    expect((await asked.result).value).toBe('a');
    expect(asked.sent[0]).toBe(asked.request);
    const nameless = ask('', {}, { models: ['b'], body: { model: undefined } });
    await nameless.result;
    expect(nameless.sent[0]).toBe(nameless.request);
  });

  it('goes through as it is while its own model answers', async () => {
    const asked = ask('a', {}, { models: ['b'], body: { models: ['x', 'y'] } });
    expect((await asked.result).value).toBe('a');
    expect(asked.sent[0]).toBe(asked.request);
    expect(asked.events).toMatchObject([{ type: 'attempt' }]);
  });

  it('asks one model after the other until one answers', async () => {
    const asked = ask('a', { a: refused(503), b: throttled('provider') }, { models: ['b', 'c', 'd'] });
    expect((await asked.result).value).toBe('c');
    expect(await models(asked)).toEqual(['a', 'b', 'c']);
    expect(asked.request.attempts).toMatchObject([
      { number: 1, model: 'a', status: 503 },
      { number: 2, model: 'b', status: 429 },
      { number: 3, model: 'c', status: 200 },
    ]);
  });

  it('tells of each change, and why', async () => {
    const failures = { a: refused(503), b: throttled('provider') };
    const asked = ask('a', failures, { models: ['b', 'c'] });
    await asked.result;
    expect(asked.events.filter(({ type }) => type === 'fallback')).toEqual([
      { type: 'fallback', from: 'a', to: 'b', by: 'client', error: failures.a },
      { type: 'fallback', from: 'b', to: 'c', by: 'client', error: failures.b },
    ]);
  });

  it('asks another model where one keeps it waiting, which does not let that one rest', async () => {
    const cooldowns = new Cooldowns(new FakeClock());
    const asked = ask('a', { a: timedOut('headers', 'sent', false) }, { models: ['b'], cooldowns });
    expect(await models(asked)).toEqual(['a', 'b']);
    expect(cooldowns.isResting('a')).toBe(false);
  });

  it('asks another model also where nobody listens', async () => {
    const asked = ask('a', { a: refused(503) }, { models: ['b'], parts: { events: undefined } });
    expect((await asked.result).value).toBe('b');
    expect(asked.events).toEqual([]);
  });

  it('changes the model and nothing else, and leaves out the models that the server would try', async () => {
    const body = { models: ['x'], temperature: 1, messages: [] };
    const asked = ask('a', { a: refused(503) }, { models: ['b'], body });
    await asked.result;
    expect(JSON.stringify(asked.sent[1]?.body)).toBe('{"model":"b","temperature":1,"messages":[]}');
    expect({ ...asked.sent[1], body: undefined }).toEqual({ ...asked.request, body: undefined });
  });

  it('has one deadline for all models', async () => {
    const asked = ask('a', { a: refused(503) }, { models: ['b'], parts: { deadlineAt: 1_234 } });
    await asked.result;
    expect(asked.sent.map(({ deadlineAt }) => deadlineAt)).toEqual([1_234, 1_234]);
  });

  it('fails as the last model that was asked, with the whole trail', async () => {
    const last = refused(502);
    const asked = ask('a', { a: refused(503), b: last }, { models: ['b'] });
    await expect(asked.result).rejects.toBe(last);
    expect(last.attempts).toMatchObject([
      { model: 'a', status: 503 },
      { model: 'b', status: 502 },
    ]);
  });

  it('fails at once where no other model can help', async () => {
    const error = refused(401);
    const asked = ask('a', { a: error }, { models: ['b'] });
    await expect(asked.result).rejects.toBe(error);
    expect(await models(asked)).toEqual(['a']);
  });

  it('names its own models, over those of the client', async () => {
    const failures = { a: refused(503) };
    expect(await models(ask('a', failures, { models: ['b'], settings: { fallbackModels: ['c'] } }))).toEqual([
      'a',
      'c',
    ]);
    expect(await models(ask('a', failures, { models: ['b'], settings: { fallbackModels: [] } }))).toEqual(['a']);
  });

  it('asks no model twice', async () => {
    const failures = { a: refused(503), b: refused(503) };
    expect(await models(ask('a', failures, { models: ['b', 'a', 'b'] }))).toEqual(['a', 'b']);
  });

  it.each([
    ['for a reason of the caller', 'enough'],
    ['for what is no error of this library', new Error('a bug')],
  ])('that ends %s asks nobody else', async (_what, reason) => {
    const asked = ask('a', { a: reason }, { models: ['b'] });
    await expect(asked.result).rejects.toBe(reason);
    expect(await models(asked)).toEqual(['a']);
  });

  it('that has ended meanwhile asks nobody else', async () => {
    const scope = new AbortScope();
    const policy = fallback({
      models: ['b'],
      allowPaid: false,
      cooldowns: new Cooldowns(new FakeClock()),
      retryBudget: new RetryBudget(),
    });
    let count = 0;
    const ended = policy(apiRequest({ body: { model: 'a' }, scope }), () => {
      count += 1;
      scope.abort('enough');
      return Promise.reject(refused(503));
    });
    await expect(ended).rejects.toBeDefined();
    expect(count).toBe(1);
  });
});

describe('a free model', () => {
  const failures = { 'a:free': throttled('provider'), 'b:free': throttled('provider') };

  it('is replaced by free ones only', async () => {
    const chain = ['paid', 'b:free', 'c:free'];
    expect(await models(ask('a:free', failures, { models: chain }))).toEqual(['a:free', 'b:free', 'c:free']);
  });

  it('is replaced by others where the caller or the client says so', async () => {
    expect(await models(ask('a:free', failures, { models: ['paid'], allowPaid: true }))).toEqual(['a:free', 'paid']);
    const settings = { allowPaidFallback: true };
    expect(await models(ask('a:free', failures, { models: ['paid'], settings }))).toEqual(['a:free', 'paid']);
    const no = { allowPaidFallback: false };
    expect(await models(ask('a:free', failures, { models: ['paid'], allowPaid: true, settings: no }))).toEqual([
      'a:free',
    ]);
  });

  it('whose account has no free requests left is not replaced by a free one, but by the next that costs', async () => {
    const usedUp = { 'a:free': throttled('account-day', 3_600_000) };
    expect(await models(ask('a:free', usedUp, { models: ['b:free'] }))).toEqual(['a:free']);
    const chain = { models: ['b:free', 'paid'], allowPaid: true };
    expect(await models(ask('a:free', usedUp, chain))).toEqual(['a:free', 'paid']);
  });
});

describe('a model that failed a moment ago', () => {
  it('is asked last while it rests', async () => {
    const clock = new FakeClock();
    const cooldowns = new Cooldowns(clock);
    const failures = { a: throttled('provider', 10_000) };
    const asking = { models: ['b'], cooldowns, clock };
    expect(await models(ask('a', failures, asking))).toEqual(['a', 'b']);
    const resting = ask('a', {}, asking);
    expect(await models(resting)).toEqual(['b']);
    expect(resting.events[0]).toEqual({ type: 'fallback', from: 'a', to: 'b', by: 'client', error: undefined });
    expect(await models(ask('a', { b: refused(503) }, asking))).toEqual(['b', 'a']);
    await clock.advance(10_000);
    expect(await models(ask('a', {}, asking))).toEqual(['a']);
  });

  it('is asked all the same where there is no other', async () => {
    const clock = new FakeClock();
    const cooldowns = new Cooldowns(clock);
    await models(ask('a', { a: refused(503), b: refused(503) }, { models: ['b'], cooldowns, clock }));
    const asked = ask('a', {}, { models: ['b'], cooldowns, clock });
    expect(await models(asked)).toEqual(['a']);
    expect(await models(ask('a', {}, { cooldowns, clock }))).toEqual(['a']);
  });
});

describe('an outage of all models', () => {
  const asking = async (error: unknown, calls: number): Promise<number> => {
    let sent = 0;
    const policy = fallback({
      models: ['b', 'c', 'd'],
      allowPaid: false,
      cooldowns: new Cooldowns(new FakeClock()),
      retryBudget: new RetryBudget(),
    });
    const ask = async (): Promise<unknown> => {
      try {
        return await policy(apiRequest({ body: { model: 'a' } }), () => {
          sent += 1;
          return Promise.reject(error);
        });
      } catch (failure) {
        return failure;
      }
    };
    const failures = [];
    for (let call = 0; call < calls; call += 1) failures.push(await ask());
    expect(failures.every((failure) => failure === error)).toBe(true);
    return sent;
  };

  it('gets hardly more requests than calls were made', async () => {
    const error = refused(503);
    expect(await asking(error, 1_000)).toBe(1_050);
    expect(error.retryStopped).toBe('budget');
  });

  it('is not what a refusal is that speaks of one model', async () => {
    expect(await asking(refused(404), 100)).toBe(400);
  });

  it('costs nothing in the end when another model answers', async () => {
    const retryBudget = new RetryBudget();
    const policy = fallback({
      models: ['b'],
      allowPaid: false,
      cooldowns: new Cooldowns(new FakeClock()),
      retryBudget,
    });
    for (let call = 0; call < 200; call += 1) {
      const request = apiRequest({ body: { model: 'a' } });
      const { value } = await policy(request, async ({ body }) => {
        if (body?.['model'] === 'a') throw timedOut('headers', 'sent', false);
        return outcomeOf(body?.['model']);
      });
      expect(value).toBe('b');
    }
  });
});
