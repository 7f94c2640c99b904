import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/config-error.ts';
import { NotFoundError, ServerError } from '../errors/status-errors.ts';
import { readData } from '../http/read-data.ts';
import type { Call } from '../pipeline/call.ts';
import type { Operation, RequestOptions } from '../pipeline/operation.ts';
import { pendingCall } from '../pipeline/pending-call.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { AbortScope } from '../util/abort-scope.ts';
import { generations } from './generations.ts';
import './wait-for-record.ts';

interface Made {
  readonly operation: Operation<unknown>;
  readonly options: RequestOptions | undefined;
  readonly atMs: number;
}

const id = 'gen-1766949113-tYDXDgKsuviV0tQEUcsM';
const attempt = { number: 1, startedAt: 0, durationMs: 1 };

/** A call that fails with each of these, one after the other, and then answers. */
function setup(...failures: readonly Error[]) {
  const clock = new FakeClock();
  const made: Made[] = [];
  const left = [...failures];
  const call: Call = (operation, options) => {
    made.push({ operation, options, atMs: clock.now() });
    return pendingCall(answer(operation));
  };
  async function answer<Value>(operation: Operation<Value>) {
    operation.check?.();
    const failure = left.shift();
    if (failure !== undefined) throw failure;
    const response = { status: 200, headers: {}, body: bodyOf('{"data":{"total_cost":0.5}}') };
    const request = { method: 'GET', path: '/generation', stream: false, attempts: [attempt] } as never;
    return operation.read(response, {
      request,
      clock,
      limits: { eventBytes: 1000, answerBytes: 1000, errorBytes: 1000 },
      scope: new AbortScope(),
      generationId: undefined,
    });
  }
  return { clock, made, api: generations(call, clock) };
}

async function* bodyOf(text: string): AsyncGenerator<Uint8Array, undefined> {
  yield await Promise.resolve(new TextEncoder().encode(text));
}

function notFound(): NotFoundError {
  return new NotFoundError('Generation not found', { status: 404, attempts: [attempt] }, 'not-found');
}

function times<Value>(count: number, make: () => Value): readonly Value[] {
  return Array.from({ length: count }, make);
}

describe('a generation', () => {
  it('is asked for once, by its id', async () => {
    const { api, made } = setup();
    const options = { timeoutMs: 5 };
    expect(await api.get(id, options)).toEqual({ total_cost: 0.5 });
    await api.content(id);
    await api.get(id, { waitMs: 0 });
    expect(made).toMatchObject([
      { operation: { method: 'GET', path: '/generation', query: `?id=${id}`, read: readData }, options },
      { operation: { method: 'GET', path: '/generation/content', query: `?id=${id}`, read: readData } },
      { operation: { method: 'GET', path: '/generation', query: `?id=${id}` }, options: {} },
    ]);
  });

  it.each(['', undefined, 5])('is not asked for by %j', async (wrong) => {
    const { api } = setup();
    await expect(api.get(wrong as string)).rejects.toBeInstanceOf(ConfigError);
    await expect(api.content(wrong as string, { waitMs: 5 })).rejects.toBeInstanceOf(ConfigError);
  });

  it.each([-1, Number.NaN, '5'])('is not waited for %j milliseconds', async (waitMs) => {
    const { api } = setup();
    await expect(api.get(id, { waitMs: waitMs as number })).rejects.toThrow('waitMs must be a number above zero');
  });

  it('that is not there is a failure at once', async () => {
    const { api, made } = setup(notFound());
    await expect(api.get(id)).rejects.toBeInstanceOf(NotFoundError);
    expect(made).toHaveLength(1);
  });
});

describe('a wait for a generation', () => {
  it('asks again after half a second, then after twice as long each time, up to ten seconds', async () => {
    const { api, clock, made } = setup(...times(8, notFound));
    expect(await clock.runUntil(api.get(id, { waitMs: 60_000 }))).toEqual({ total_cost: 0.5 });
    expect(made.map(({ atMs }) => atMs)).toEqual([0, 500, 1500, 3500, 7500, 15_500, 25_500, 35_500, 45_500]);
  });

  it('asks a last time when it is over, and then says that nothing is there', async () => {
    const { api, clock, made } = setup(...times(9, notFound));
    const answer = api.get(id, { waitMs: 2000 });
    await expect(clock.runUntil(answer)).rejects.toBeInstanceOf(NotFoundError);
    expect(made.map(({ atMs }) => atMs)).toEqual([0, 500, 1500, 2000]);
  });

  it('tells of all attempts, whether it succeeds or fails', async () => {
    const found = setup(notFound(), notFound());
    const { data, response } = await found.clock.runUntil(found.api.get(id, { waitMs: 9000 }).withResponse());
    expect(data).toEqual({ total_cost: 0.5 });
    expect(response.attempts.map(({ number }) => number)).toEqual([1, 2, 3]);
    const lost = setup(...times(9, notFound));
    await expect(lost.clock.runUntil(lost.api.get(id, { waitMs: 500 }))).rejects.toMatchObject({
      attempts: [{ number: 1 }, { number: 2 }],
    });
  });

  it('ends at once with any other failure', async () => {
    const failure = new ServerError('Down', { status: 500, attempts: [attempt] }, 'server');
    const { api, clock, made } = setup(notFound(), failure);
    await expect(clock.runUntil(api.get(id, { waitMs: 9000 }))).rejects.toBe(failure);
    expect(failure.attempts.map(({ number }) => number)).toEqual([1, 2]);
    expect(made).toHaveLength(2);
    const bug = new TypeError('bug');
    await expect(setup(bug).api.get(id, { waitMs: 9000 })).rejects.toBe(bug);
  });

  it("ends in the middle of a pause when the caller's signal aborts, with its reason and no timer left", async () => {
    const { api, clock } = setup(...times(9, notFound));
    const controller = new AbortController();
    const answer = api.content(id, { waitMs: 60_000, signal: controller.signal });
    const failure = answer.then(
      () => 'it was answered',
      (reason: unknown) => reason,
    );
    while (clock.pendingTimers === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort('enough');
    expect(await failure).toBe('enough');
    expect(clock.pendingTimers).toBe(0);
  });
});
