import { describe, expect, it } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import { deferred } from '../../tests/support/deferred.ts';
import { refused, throttled } from '../../tests/support/failures.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Outcome, Settlement } from '../http/outcome.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { AbortScope } from '../util/abort-scope.ts';
import { AdmissionQueue } from './admission-queue.ts';
import { admission } from './admission.ts';
import { RateLimits } from './rate-limits.ts';

interface Client {
  readonly clock: FakeClock;
  readonly limits: RateLimits;
  readonly sent: ApiRequest[];
  readonly send: (answer: () => Promise<Outcome<string>>, parts?: Partial<ApiRequest>) => Promise<Outcome<string>>;
}

function client(slots = Infinity): Client {
  const clock = new FakeClock();
  const limits = new RateLimits({}, clock);
  const policy = admission(limits, new AdmissionQueue(slots, limits, clock), clock);
  const sent: ApiRequest[] = [];
  const send: Client['send'] = (answer, parts) => {
    const result = policy<string>(apiRequest({ body: { model: 'm' }, ...parts }), (request) => {
      sent.push(request);
      return answer();
    });
    result.catch(() => undefined);
    return result;
  };
  return { clock, limits, sent, send };
}

const good = async (): Promise<Outcome<string>> => outcomeOf('answer');
const never = (): Promise<Outcome<string>> => new Promise(() => undefined);

describe('a slot', () => {
  it.each<readonly [what: string, answer: () => Promise<Outcome<string>>]>([
    ['an answer', good],
    ['a failure', () => Promise.reject(refused(503))],
    ['a refusal', () => Promise.reject(throttled('account-day'))],
    [
      'a failure of the code before the request',
      (): never => {
        throw new Error('a bug');
      },
    ],
  ])('is given back once, after %s', async (_what, answer) => {
    const { send, sent, clock } = client(1);
    await send(answer).catch(() => undefined);
    await clock.advance(0);
    void send(never);
    void send(never);
    await clock.advance(0);
    expect(sent).toHaveLength(2);
  });

  it('is held by a stream until it has settled, and given back once', async () => {
    const { send, sent, clock } = client(1);
    const end = deferred<Settlement>();
    await send(async () => outcomeOf('stream', { settled: end.promise }));
    void send(never);
    void send(never);
    await clock.advance(1_000);
    expect(sent).toHaveLength(1);
    end.resolve({ error: new Error('broken') });
    await clock.advance(0);
    expect(sent).toHaveLength(2);
  });

  it('is not given back by a call that never had it', async () => {
    const { send, sent, clock } = client(1);
    void send(never);
    const scope = new AbortScope();
    const waiting = send(good, { scope });
    scope.abort('enough');
    await expect(waiting).rejects.toBe('enough');
    void send(never);
    await clock.advance(0);
    expect(sent).toHaveLength(1);
  });

  it('is not needed where there is no limit: a stream is not waited for', async () => {
    const { send, sent } = client();
    for (let count = 0; count < 3; count += 1)
      await send(async () => outcomeOf('stream', { settled: new Promise(() => undefined) }));
    expect(sent).toHaveLength(3);
  });
});

describe('a request', () => {
  it('is handed on as it is, and so is its outcome', async () => {
    const { send, sent } = client();
    const outcome = outcomeOf('answer');
    const scope = new AbortScope();
    expect(await send(async () => outcome, { scope })).toBe(outcome);
    expect(sent[0]).toEqual(apiRequest({ body: { model: 'm' }, scope }));
  });

  it('that is refused fails with the refusal, and holds up what comes after it', async () => {
    const { send, sent, clock, limits } = client();
    const refusal = throttled('provider', 4_000);
    await expect(send(() => Promise.reject(refusal))).rejects.toBe(refusal);
    const next = send(good);
    const other = send(good, { body: { model: 'other' } });
    await clock.advance(3_999);
    expect(sent).toHaveLength(2);
    expect(limits.status.last).toMatchObject({ scope: 'provider', model: 'm', status: 429, ageMs: 3_999 });
    await clock.advance(1);
    await expect(Promise.all([next, other])).resolves.toHaveLength(2);
    expect(sent).toHaveLength(3);
  });

  it('that fails otherwise teaches nothing', async () => {
    const { send, limits } = client();
    await expect(send(() => Promise.reject(refused(503)))).rejects.toMatchObject({ status: 503 });
    expect(limits.status.last).toBeUndefined();
  });

  it('waits for nothing of models where it names none', async () => {
    const { send, sent } = client();
    await send(() => Promise.reject(throttled('unknown', 9_000)), { body: undefined }).catch(() => undefined);
    await send(good, { body: undefined });
    expect(sent).toHaveLength(2);
  });
});

describe('many calls at once through few slots', () => {
  it('are all slowed down by a refusal, though they were asked for before it', async () => {
    const { send, clock } = client(5);
    const sentAt: number[] = [];
    let refusals = 0;
    const answer = async (): Promise<Outcome<string>> => {
      sentAt.push(clock.now());
      await new Promise<void>((resolve) => clock.setTimer(resolve, 10));
      // It takes ten in each second.
      const second = Math.floor(clock.now() / 1000);
      if (sentAt.filter((at) => Math.floor((at + 10) / 1000) === second).length <= 10) return outcomeOf('answer');
      refusals += 1;
      throw throttled();
    };
    const calls = Array.from({ length: 300 }, () => send(answer).catch(() => undefined));
    await clock.runUntil(Promise.all(calls));
    expect(sentAt).toHaveLength(300);
    expect(refusals).toBeLessThan(60);
  });
});
