import { describe, expect, it } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import { usd } from '../../tests/support/cost-entry.ts';
import { Budgets } from '../cost/budgets.ts';
import type { BudgetOptions } from '../cost/budget-options.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { budget } from './budget.ts';

function setup(options: BudgetOptions, worst: string | null = '1', isRemembered = false) {
  const budgets = new Budgets(options);
  let asked = 0;
  const policy = budget({
    budgets,
    worstCase: () => {
      asked += 1;
      const known = worst === null ? undefined : usd(worst);
      return isRemembered ? known : Promise.resolve(known);
    },
  });
  return { policy, status: () => budgets.accounts[0]?.status, asked: () => asked };
}

describe('a budget', () => {
  it('sets the worst case aside and hands on what settles it', async () => {
    const { policy, status } = setup({ usd: 5 });
    const seen: ApiRequest[] = [];
    await policy(apiRequest(), (request) => {
      seen.push(request);
      return Promise.resolve(outcomeOf('answer'));
    });
    expect(status()).toMatchObject({ reservedUsd: 1, spentUsd: 0 });
    seen[0]?.reservation?.settle(usd('0.25'));
    expect(status()).toMatchObject({ reservedUsd: 0, spentUsd: 0.25 });
  });

  it('sends at once where the price is remembered and there is room', async () => {
    const { policy, status } = setup({ usd: 5 }, '1', true);
    const seen: ApiRequest[] = [];
    const work = policy(apiRequest(), (request) => {
      seen.push(request);
      return Promise.resolve(outcomeOf('answer'));
    });
    expect(seen).toHaveLength(1);
    expect(status()).toMatchObject({ reservedUsd: 1 });
    seen[0]?.reservation?.settle(usd('0.25'));
    expect((await work).value).toBe('answer');
  });

  it('sends what has to wait for room when there is room', async () => {
    const { policy, status } = setup({ usd: '1.5' }, '1', true);
    const seen: ApiRequest[] = [];
    const ask = () =>
      policy(apiRequest(), (request) => {
        seen.push(request);
        return Promise.resolve(outcomeOf(seen.length));
      });
    await ask();
    const second = ask();
    expect(seen).toHaveLength(1);
    seen[0]?.reservation?.settle(usd('0.25'));
    expect((await second).value).toBe(2);
    expect(status()).toMatchObject({ reservedUsd: 1, spentUsd: 0.25 });
  });

  it.each([true, false])('refuses by a promise, whether the price is remembered (%s)', async (isRemembered) => {
    const { policy } = setup({ usd: '0.5' }, '1', isRemembered);
    const work = policy(apiRequest(), () => Promise.resolve(outcomeOf(1)));
    await expect(work).rejects.toMatchObject({ kind: 'budget-exceeded' });
    const reason = new Error('enough');
    const request = apiRequest();
    request.scope.abort(reason);
    await expect(policy(request, () => Promise.resolve(outcomeOf(1)))).rejects.toBe(reason);
  });

  it.each([
    ['costs nothing', { method: 'GET', path: '/models' }, { usd: 5 }],
    ['has no budget', {}, { tags: { other: 1 } }],
  ] as const)('asks for no price of a request that %s', async (_, parts, options) => {
    const { policy, asked } = setup(options);
    const request = apiRequest(parts);
    const outcome = outcomeOf('answer');
    await expect(
      policy(request, (next) => Promise.resolve(next === request ? outcome : outcomeOf('other'))),
    ).resolves.toBe(outcome);
    expect(asked()).toBe(0);
  });

  it('does not send what it has no room for', async () => {
    const { policy } = setup({ usd: '0.5' });
    const next = (): never => {
      throw new Error('It was sent.');
    };
    await expect(policy(apiRequest(), next)).rejects.toMatchObject({
      kind: 'budget-exceeded',
      message: expect.stringContaining('POST /chat/completions was not sent'),
    });
  });

  it('has everything back when nothing was sent', async () => {
    const { policy, status } = setup({ usd: 5 });
    const error = new Error('not sent');
    await expect(policy(apiRequest(), () => Promise.reject(error))).rejects.toBe(error);
    expect(status()).toMatchObject({ reservedUsd: 0, heldUsd: 0, spentUsd: 0 });
  });

  it('leaves as it is what was settled or held by the time the attempt failed', async () => {
    const { policy, status } = setup({ usd: 5 });
    const failing = (end: (request: ApiRequest) => void) =>
      policy(apiRequest(), (request) => {
        end(request);
        return Promise.reject(new Error('failed'));
      }).catch(() => undefined);
    await failing(({ reservation }) => reservation?.hold());
    await failing(({ reservation }) => reservation?.settle(usd('0.25')));
    expect(status()).toMatchObject({ reservedUsd: 0, heldUsd: 1, spentUsd: 0.25 });
  });

  it('of a call is one for all its attempts', async () => {
    const { policy } = setup({});
    const request = apiRequest({ settings: { maxCostUsd: '1.5' } });
    const attempt = () =>
      policy(request, ({ reservation }) => {
        reservation?.hold();
        return Promise.reject(new Error('failed'));
      });
    await expect(attempt()).rejects.toThrow('failed');
    await expect(attempt()).rejects.toMatchObject({ budget: 'call', heldUsd: 1, limitUsd: 1.5 });
    // Another call has a budget of its own.
    await expect(
      policy(apiRequest({ settings: { maxCostUsd: '1.5' } }), () => Promise.resolve(outcomeOf(1))),
    ).resolves.toBeDefined();
  });

  it('is one for all calls that are parts of the same', async () => {
    const { policy } = setup({});
    const settings = { maxCostUsd: '1.5', partOf: {} };
    const answer = ({ reservation }: ApiRequest) => {
      reservation?.settle(usd('1'));
      return Promise.resolve(outcomeOf(1));
    };
    await policy(apiRequest({ settings }), answer);
    await expect(policy(apiRequest({ settings }), answer)).rejects.toMatchObject({ budget: 'call', spentUsd: 1 });
  });

  it('refuses what nobody knows the price of', async () => {
    const { policy } = setup({ usd: 5 }, null);
    const work = policy(apiRequest(), () => Promise.resolve(outcomeOf(1)));
    await expect(work).rejects.toMatchObject({ kind: 'budget-exceeded', worstCaseUsd: undefined });
  });
});
