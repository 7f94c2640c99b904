import { describe, expect, it } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import { usd } from '../../tests/support/cost-entry.ts';
import { deferred } from '../../tests/support/deferred.ts';
import type { Billing } from '../errors/billing.ts';
import { OpenRouterError } from '../errors/open-router-error.ts';
import { StreamProviderError, StreamTruncatedError } from '../errors/stream-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Settlement } from '../http/outcome.ts';
import type { Reservation } from '../http/reservation.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { AbortScope } from '../util/abort-scope.ts';
import type { ChatCompletion } from '../wire/chat-completion.ts';
import type { Usage } from '../wire/usage.ts';
import { CostLedger } from './cost-ledger.ts';
import { toText } from './decimal.ts';
import { recordCost } from './record-cost.ts';

const usage: Usage = { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15, cost: 0.0000039 };
const body = { model: 'a/asked', session_id: 'session-1' };

/** Carries out one attempt, and says what became of the ledger and of the money set aside. */
async function attempt(end: () => Promise<Settlement>, parts: Partial<ApiRequest> = {}) {
  const ledger = new CostLedger(new FakeClock());
  const told: string[] = [];
  const reservation: Reservation = {
    settle: (amount) => told.push(`settled ${toText(amount)}`),
    hold: () => told.push('held'),
  };
  const request = apiRequest({ body, settings: { tag: 'chat' }, reservation, ...parts });
  const work = recordCost(ledger)(request, async () => outcomeOf('answer', { settled: Promise.resolve(await end()) }));
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  await Promise.resolve();
  return { ledger, told, entries: ledger.entries, failure };
}

function failed(billing: Billing, more: { readonly partial?: ChatCompletion } = {}): OpenRouterError {
  return new OpenRouterError('failed', 'some-kind', { billing, generationId: 'gen-error', phase: 'answered', ...more });
}

describe('an answer', () => {
  it('is booked with what it says of itself', async () => {
    const settlement = { usage, model: 'a/answered', provider: 'One', generationId: 'gen-1' };
    const { entries, told } = await attempt(() => Promise.resolve(settlement));
    expect(entries).toMatchObject([
      {
        model: 'a/answered',
        provider: 'One',
        tag: 'chat',
        session: 'session-1',
        generationId: 'gen-1',
        usage,
        usd: usd('0.0000039'),
        unknown: undefined,
      },
    ]);
    expect(told).toEqual(['settled 0.0000039']);
  });

  it('that says little is booked under the model that was asked', async () => {
    const { entries } = await attempt(() => Promise.resolve({ usage }), {
      body: { model: 'a/asked', session_id: 7 },
      settings: {},
    });
    expect(entries).toMatchObject([{ model: 'a/asked', provider: undefined, tag: undefined, session: undefined }]);
    expect((await attempt(() => Promise.resolve({ usage }), { body: undefined })).entries).toMatchObject([
      { model: undefined, session: undefined },
    ]);
  });

  it.each([
    ['no usage', undefined],
    ['no cost', { ...usage, cost: undefined }],
    ['a cost of null', { ...usage, cost: null }],
    ['a negative cost', { ...usage, cost: -1 }],
  ] as const)('with %s costs an amount that is not known', async (_, told) => {
    const { entries, told: money } = await attempt(() =>
      Promise.resolve({ usage: told as Usage, generationId: 'gen-1' }),
    );
    expect(entries).toMatchObject([{ usd: undefined, unknown: 'usage-missing', generationId: 'gen-1' }]);
    expect(money).toEqual(['held']);
  });

  it('is booked when nothing more will arrive, and not before', async () => {
    const ledger = new CostLedger(new FakeClock());
    const settled = deferred<Settlement>();
    await recordCost(ledger)(apiRequest(), () => Promise.resolve(outcomeOf('stream', { settled: settled.promise })));
    expect(ledger.entries).toEqual([]);
    settled.resolve({ usage });
    await settled.promise;
    expect(ledger.entries).toHaveLength(1);
  });

  it('settles what is set aside when its cost becomes known later', async () => {
    const { ledger, told } = await attempt(() => Promise.resolve({}));
    ledger.settle(1, usd('0.5'));
    expect(told).toEqual(['held', 'settled 0.5']);
  });

  it('is booked without any budget too', async () => {
    const { ledger } = await attempt(() => Promise.resolve({}), { reservation: undefined });
    expect(ledger.settle(1, usd('0.5'))).toBe(true);
    const known = await attempt(() => Promise.resolve({ usage }), { reservation: undefined });
    expect(known.ledger.totals().exactUsd).toBe('0.0000039');
  });
});

describe('an answer that breaks off', () => {
  it.each([
    ['given up by the caller', new Error('enough'), 'aborted'],
    ['closed by its reader or cut off', failed('possible'), 'some-kind'],
    ['lost when it had been generated', failed('certain'), 'some-kind'],
    ['ended too early without a word', new StreamTruncatedError('x', { billing: 'possible' }), 'stream-truncated'],
  ])('and was %s costs an amount that is not known', async (_, error, unknown) => {
    const { entries, told } = await attempt(() => Promise.resolve({ error, generationId: 'gen-1' }), {
      reached: { phase: 'answered', generationId: 'gen-1' },
    });
    expect(entries).toMatchObject([{ usd: undefined, unknown, generationId: 'gen-1', model: 'a/asked' }]);
    expect(told).toEqual(['held']);
  });

  it('by a failure of the provider that OpenRouter reports costs nothing', async () => {
    const error = new StreamProviderError('x', { billing: 'insured' });
    const { entries, told } = await attempt(() => Promise.resolve({ error, generationId: 'gen-1' }));
    expect(entries).toMatchObject([{ usd: usd('0'), unknown: undefined }]);
    expect(told).toEqual(['settled 0']);
  });

  it('costs what it says, whatever became of it', async () => {
    const { entries } = await attempt(() => Promise.resolve({ error: failed('insured'), usage }));
    expect(entries).toMatchObject([{ usd: usd('0.0000039'), unknown: undefined }]);
  });
});

describe('an attempt that comes to nothing', () => {
  it.each<Billing>(['none', 'insured'])(
    'is not booked where nothing is billed (%s), and fails as it did',
    async (billing) => {
      const error = failed(billing);
      const { entries, told, failure } = await attempt(() => Promise.reject(error));
      expect([entries, told]).toEqual([[], []]);
      expect(failure).toBe(error);
    },
  );

  it.each<Billing>(['possible', 'certain'])(
    'costs an amount that is not known where it may have been billed (%s)',
    async (billing) => {
      const error = failed(billing);
      const { entries, told, failure } = await attempt(() => Promise.reject(error));
      expect(entries).toMatchObject([
        { usd: undefined, unknown: 'some-kind', generationId: 'gen-error', model: 'a/asked' },
      ]);
      expect(told).toEqual(['held']);
      expect(failure).toBe(error);
    },
  );

  it('may have cost something beside tokens where it was asked for more than tokens', async () => {
    const web = { model: 'a/asked', plugins: [{ id: 'web' }] };
    expect((await attempt(() => Promise.reject(failed('insured')), { body: web })).entries).toMatchObject([
      { unknown: 'some-kind' },
    ]);
    expect((await attempt(() => Promise.reject(failed('none')), { body: web })).entries).toEqual([]);
  });

  it('may have been billed where the stream just ended, since nobody has reported a failure', async () => {
    const error = new StreamTruncatedError('x', { billing: 'insured', generationId: 'gen-1' });
    expect((await attempt(() => Promise.reject(error))).entries).toMatchObject([
      { unknown: 'stream-truncated', generationId: 'gen-1' },
    ]);
  });

  it('costs what the unfinished answer says', async () => {
    const partial: ChatCompletion = {
      id: 'gen-1',
      object: 'chat.completion',
      created: 1,
      model: 'a/answered',
      provider: 'One',
      choices: [],
      usage,
    };
    const { entries, told } = await attempt(() => Promise.reject(failed('insured', { partial })));
    expect(entries).toMatchObject([{ usd: usd('0.0000039'), model: 'a/answered', provider: 'One' }]);
    expect(told).toEqual(['settled 0.0000039']);
    const silent = failed('insured', { partial: { ...partial, usage: null } as never });
    expect((await attempt(() => Promise.reject(silent))).entries).toEqual([]);
  });
});

describe('an attempt that the caller ends', () => {
  const reason = new Error('enough');

  it('is not booked where nothing was sent', async () => {
    const { entries, told } = await attempt(() => Promise.reject(reason), {
      reached: { phase: 'unsent', generationId: undefined },
    });
    expect([entries, told]).toEqual([[], []]);
  });

  it.each([
    ['before the headers: nobody can be asked what it cost', 'sent', undefined],
    ['after the headers', 'answered', 'gen-header'],
  ] as const)('costs an amount that is not known %s', async (_, phase, generationId) => {
    const { entries, told } = await attempt(() => Promise.reject(reason), { reached: { phase, generationId } });
    expect(entries).toMatchObject([{ usd: undefined, unknown: 'aborted', generationId }]);
    expect(told).toEqual(['held']);
  });

  it('is judged by how far it came, also where the reason is an error of another call', async () => {
    const other = failed('none');
    const scope = new AbortScope();
    scope.abort(other);
    const reached = { phase: 'sent', generationId: undefined } as const;
    expect((await attempt(() => Promise.reject(other), { scope, reached })).entries).toMatchObject([
      { unknown: 'some-kind', generationId: undefined },
    ]);
  });

  it('is judged by how far it came when its time is over', async () => {
    const timeout = new TimeoutError('x', { timer: 'total', timeoutMs: 1, billing: 'possible' });
    const scope = new AbortScope();
    scope.abort(timeout);
    const unsent = await attempt(() => Promise.reject(timeout), {
      scope,
      reached: { phase: 'unsent', generationId: undefined },
    });
    expect(unsent.entries).toEqual([]);
    const sent = await attempt(() => Promise.reject(timeout), {
      scope,
      reached: { phase: 'sent', generationId: undefined },
    });
    expect(sent.entries).toMatchObject([{ unknown: 'timeout' }]);
  });
});

describe('what costs nothing', () => {
  it('is not booked, however it ends', async () => {
    const get = { method: 'GET', path: '/models', body: undefined } as const;
    expect((await attempt(() => Promise.resolve({}), get)).entries).toEqual([]);
    expect((await attempt(() => Promise.reject(failed('possible')), get)).entries).toEqual([]);
  });
});
