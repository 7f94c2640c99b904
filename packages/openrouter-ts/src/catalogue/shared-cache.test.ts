import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { deferred, type Deferred } from '../../tests/support/deferred.ts';
import { ConfigError } from '../errors/config-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { SharedCache } from './shared-cache.ts';

interface Setup {
  readonly clock: FakeClock;
  readonly cache: SharedCache<string>;
  readonly requests: (Deferred<string> & { readonly signal: AbortSignal })[];
}

function setup({ ttlMs = 1_000, staleIfErrorMs = 60_000 } = {}): Setup {
  const clock = new FakeClock();
  const requests: Setup['requests'] = [];
  const load = (signal: AbortSignal): Promise<string> => {
    const request = { ...deferred<string>(), signal };
    requests.push(request);
    return request.promise;
  };
  return { clock, requests, cache: new SharedCache(load, { clock, ttlMs, staleIfErrorMs }) };
}

const mayPass = new ConnectionError('The connection was lost.', { failure: 'network', retryable: true });

/** A cache that holds `old`, of an age of its time to live. */
async function aged(options?: { readonly ttlMs?: number; readonly staleIfErrorMs?: number }): Promise<Setup> {
  const made = setup(options);
  const first = made.cache.get();
  made.requests[0]!.resolve('old');
  await first;
  await made.clock.advance(options?.ttlMs ?? 1_000);
  return made;
}

describe('a shared cache', () => {
  it('asks once, and remembers until the time to live is over', async () => {
    const { clock, cache, requests } = setup();
    const first = cache.get();
    requests[0]!.resolve('one');
    expect(await first).toEqual({ value: 'one', askedAt: clock.epochMs(), stale: false });
    await clock.advance(999);
    expect(await cache.get()).toEqual({ value: 'one', askedAt: clock.epochMs() - 999, stale: false });
    expect(requests).toHaveLength(1);
    await clock.advance(1);
    const next = cache.get();
    expect(requests).toHaveLength(2);
    requests[1]!.resolve('two');
    expect(await next).toMatchObject({ value: 'two', stale: false });
  });

  it('tells at once what it remembers, until the time to live is over, and asks nobody', async () => {
    const { clock, cache, requests } = setup();
    expect(cache.recall()).toBeUndefined();
    expect(requests).toHaveLength(0);
    const first = cache.get();
    requests[0]!.resolve('one');
    await first;
    await clock.advance(999);
    expect(cache.recall()).toBe('one');
    await clock.advance(1);
    expect(cache.recall()).toBeUndefined();
    expect(requests).toHaveLength(1);
  });

  it('counts the age from when it asked', async () => {
    const { clock, cache, requests } = setup();
    const first = cache.get();
    await clock.advance(600);
    requests[0]!.resolve('one');
    expect((await first).askedAt).toBe(clock.epochMs() - 600);
    await clock.advance(400);
    void cache.get();
    expect(requests).toHaveLength(2);
  });

  it('makes one request for all who ask at the time', async () => {
    const { cache, requests } = setup();
    const all = [cache.get(), cache.get(), cache.get(new AbortController().signal)];
    expect(requests).toHaveLength(1);
    requests[0]!.resolve('one');
    expect((await Promise.all(all)).map(({ value }) => value)).toEqual(['one', 'one', 'one']);
  });

  it('always asks when nothing is to be remembered', async () => {
    const { cache, requests } = await aged({ ttlMs: 0 });
    void cache.get();
    expect(requests).toHaveLength(2);
  });
});

describe('a failed request', () => {
  it('fails all who waited, and is not remembered', async () => {
    const { cache, requests } = setup();
    const all = [cache.get(), cache.get(new AbortController().signal)];
    requests[0]!.reject(mayPass);
    for (const waiting of all) await expect(waiting).rejects.toBe(mayPass);
    void cache.get();
    expect(requests).toHaveLength(2);
  });

  it('that may pass gives what was there before, marked as stale, and leaves the server alone for ten seconds', async () => {
    const { clock, cache, requests } = await aged();
    const askedAt = clock.epochMs() - 1_000;
    const next = cache.get();
    requests[1]!.reject(mayPass);
    expect(await next).toEqual({ value: 'old', askedAt, stale: true });
    await clock.advance(9_999);
    expect(await cache.get()).toEqual({ value: 'old', askedAt, stale: true });
    expect(requests).toHaveLength(2);
    await clock.advance(1);
    const later = cache.get();
    expect(requests).toHaveLength(3);
    requests[2]!.resolve('new');
    expect(await later).toMatchObject({ value: 'new', stale: false });
  });

  it('gives nothing that is too old', async () => {
    const { clock, cache, requests } = await aged({ staleIfErrorMs: 5_000 });
    await clock.advance(4_999);
    const young = cache.get();
    requests[1]!.reject(mayPass);
    expect((await young).stale).toBe(true);
    await clock.advance(1);
    const old = cache.get();
    expect(requests).toHaveLength(3);
    requests[2]!.reject(mayPass);
    await expect(old).rejects.toBe(mayPass);
  });

  it.each([new ConfigError('There is no API key.'), new Error('a bug')])(
    'that will not pass is told: %s',
    async (error) => {
      const { cache, requests } = await aged();
      const next = cache.get();
      requests[1]!.reject(error);
      await expect(next).rejects.toBe(error);
    },
  );
});

describe('whoever stops waiting', () => {
  it('gets the reason of the signal, and the others get the value', async () => {
    const { cache, requests } = setup();
    const controller = new AbortController();
    const impatient = cache.get(controller.signal);
    const patient = cache.get(new AbortController().signal);
    controller.abort('enough');
    await expect(impatient).rejects.toBe('enough');
    expect(requests[0]!.signal.aborted).toBe(false);
    requests[0]!.resolve('one');
    expect((await patient).value).toBe('one');
  });

  it('ends the request when nobody else waits, and the next asks anew', async () => {
    const { cache, requests } = setup();
    const controller = new AbortController();
    const all = [cache.get(controller.signal), cache.get(controller.signal)];
    controller.abort('enough');
    for (const waiting of all) await expect(waiting).rejects.toBe('enough');
    expect(requests[0]!.signal.reason).toBe('enough');
    const next = cache.get();
    expect(requests).toHaveLength(2);
    requests[0]!.reject('enough');
    requests[1]!.resolve('two');
    expect((await next).value).toBe('two');
  });

  it('does not end a later request with an earlier one', async () => {
    const { cache, requests } = await aged({ ttlMs: 0 });
    const controller = new AbortController();
    const impatient = cache.get(controller.signal);
    requests[1]!.resolve('one');
    await impatient;
    const next = cache.get(new AbortController().signal);
    controller.abort('enough');
    expect(requests[2]!.signal.aborted).toBe(false);
    requests[2]!.resolve('two');
    expect((await next).value).toBe('two');
  });

  it('leaves nothing on the signal, and neither does who got the value', async () => {
    const { cache, requests } = setup();
    const impatient = new AbortController();
    const patient = new AbortController();
    const given = cache.get(impatient.signal);
    const taken = cache.get(patient.signal);
    expect(getEventListeners(patient.signal, 'abort')).toHaveLength(1);
    impatient.abort('enough');
    requests[0]!.resolve('one');
    await taken;
    await expect(given).rejects.toBe('enough');
    expect(getEventListeners(impatient.signal, 'abort')).toEqual([]);
    expect(getEventListeners(patient.signal, 'abort')).toEqual([]);
  });

  it('before it began does not ask', async () => {
    const { cache, requests } = setup();
    await expect(cache.get(AbortSignal.abort('no'))).rejects.toBe('no');
    expect(requests).toEqual([]);
  });
});
