import { describe, expect, it } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import { LazyPolicy, loadPolicies } from './lazy-policy.ts';
import { compose, type Handler, type Middleware } from './middleware.ts';

const policy: Middleware = (request, next) => next({ ...request, path: `${request.path}/policy` });

interface Lazy {
  readonly ask: (path: string) => Promise<string>;
  readonly loads: () => number;
}

function setup(fails = 0): Lazy {
  let loads = 0;
  const lazy = new LazyPolicy(
    ({ path }) => path === '/needs',
    async () => {
      loads += 1;
      if (loads <= fails) throw new Error('not now');
      return policy;
    },
  );
  const handler: Handler<string> = compose<string>([loadPolicies([lazy]), lazy.policy], async ({ path }) =>
    outcomeOf(path),
  );
  return { ask: async (path) => (await handler(apiRequest({ path }))).value, loads: () => loads };
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
    const lazy = new LazyPolicy(
      () => false,
      async () => policy,
    );
    const outcome = await loadPolicies([lazy])(request, (handed) =>
      lazy.policy(handed, async (last) => outcomeOf(last)),
    );
    expect(outcome.value).toBe(request);
  });

  it('is loaded once, and does its work', async () => {
    const { ask, loads } = setup();
    expect(await Promise.all([ask('/needs'), ask('/needs')])).toEqual(['/needs/policy', '/needs/policy']);
    expect(await ask('/needs')).toBe('/needs/policy');
    expect(loads()).toBe(1);
  });

  it('fails the call when it cannot be loaded, and is loaded for the next', async () => {
    const { ask, loads } = setup(1);
    await expect(ask('/needs')).rejects.toThrow('not now');
    expect(await ask('/needs')).toBe('/needs/policy');
    expect(loads()).toBe(2);
  });

  it('is loaded alone when the others are not needed', async () => {
    const loaded: string[] = [];
    const lazy = ['/one', '/two'].map(
      (needed) =>
        new LazyPolicy(
          ({ path }) => path === needed,
          async () => {
            loaded.push(needed);
            return policy;
          },
        ),
    );
    const outcome = await loadPolicies(lazy)(apiRequest({ path: '/two' }), async ({ path }) => outcomeOf(path));
    expect(outcome.value).toBe('/two');
    expect(loaded).toEqual(['/two']);
  });
});
