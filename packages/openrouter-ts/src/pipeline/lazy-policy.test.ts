import { describe, expect, it } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import { MadeOnce } from '../http/made-once.ts';
import { OnDemand } from '../http/on-demand.ts';
import { AbortScope } from '../util/abort-scope.ts';
import { lazyPolicy, loadParts, type LazyPolicy } from './lazy-policy.ts';
import { compose, type Handler, type Middleware } from './middleware.ts';

const adding =
  (part: string): Middleware =>
  (request, next) =>
    next({ ...request, path: `${request.path}/${part}` });

interface Lazy {
  readonly ask: (path: string) => Promise<string>;
  readonly loads: () => number;
  readonly makes: () => number;
}

function policyFor(path: string, load: () => Promise<string>, make = adding): LazyPolicy {
  return lazyPolicy(
    new MadeOnce(new OnDemand('events', load), (part) => ({ policy: make(part) })),
    (request) => request.path === path,
  );
}

function setup(fails = 0): Lazy {
  let loads = 0;
  let makes = 0;
  const load = async (): Promise<string> => {
    loads += 1;
    if (loads <= fails) throw new Error('not now');
    return 'policy';
  };
  const lazy = policyFor('/needs', load, (part) => {
    makes += 1;
    return adding(part);
  });
  const handler: Handler<string> = compose<string>([loadParts([lazy]), lazy.policy], async ({ path }) =>
    outcomeOf(path),
  );
  return {
    ask: async (path) => (await handler(apiRequest({ path }))).value,
    loads: () => loads,
    makes: () => makes,
  };
}

describe('a policy that is loaded when it is needed', () => {
  it('lets others pass, and is not loaded for them', async () => {
    const { ask, loads } = setup();
    expect(await ask('/other')).toBe('/other');
    expect(loads()).toBe(0);
    await ask('/needs');
    expect(await ask('/other')).toBe('/other');
  });

  it('hands on the very request to which nothing is added', async () => {
    const request = apiRequest({ path: '/other' });
    const lazy = policyFor('/needs', async () => 'policy');
    const outcome = await loadParts([lazy])(request, (handed) => lazy.policy(handed, async (last) => outcomeOf(last)));
    expect(outcome.value).toBe(request);
  });

  it('is passed by where nobody loaded it', async () => {
    const { policy } = policyFor('/needs', async () => 'policy');
    const outcome = await policy(apiRequest({ path: '/needs' }), async ({ path }) => outcomeOf(path));
    expect(outcome.value).toBe('/needs');
  });

  it('is loaded and made once, and does its work', async () => {
    const { ask, loads, makes } = setup();
    expect(await Promise.all([ask('/needs'), ask('/needs')])).toEqual(['/needs/policy', '/needs/policy']);
    expect(await ask('/needs')).toBe('/needs/policy');
    expect([loads(), makes()]).toEqual([1, 1]);
  });

  it('fails the call when it cannot be loaded, and is loaded for the next', async () => {
    const { ask, loads } = setup(1);
    await expect(ask('/needs')).rejects.toMatchObject({ kind: 'load', part: 'events' });
    expect(await ask('/needs')).toBe('/needs/policy');
    expect(loads()).toBe(2);
  });

  it('is waited for until the call is ended', async () => {
    const lazy = policyFor('/needs', () => new Promise(() => undefined));
    const scope = new AbortScope();
    const outcome = loadParts([lazy])(apiRequest({ path: '/needs', scope }), () => Promise.reject(new Error('sent')));
    scope.abort('enough');
    await expect(outcome).rejects.toBe('enough');
  });

  it('is loaded alone when the others are not needed', async () => {
    const loaded: string[] = [];
    const lazy = ['/one', '/two'].map((needed) =>
      policyFor(needed, async () => {
        loaded.push(needed);
        return 'policy';
      }),
    );
    const outcome = await loadParts(lazy)(apiRequest({ path: '/two' }), async ({ path }) => outcomeOf(path));
    expect(outcome.value).toBe('/two');
    expect(loaded).toEqual(['/two']);
  });
});
