import { describe, expect, it } from 'vitest';
import { usd } from '../../tests/support/cost-entry.ts';
import { AbortScope } from '../util/abort-scope.ts';
import type { BudgetOptions, Usd } from './budget-options.ts';
import { Budgets } from './budgets.ts';
import type { HeldReservation } from './held-reservation.ts';

interface Asked {
  readonly worst?: string | undefined;
  readonly tag?: string;
  readonly own?: Usd;
  readonly call?: object;
  readonly scope?: AbortScope;
}

/** Budgets, and a way to ask them which notes who has got what. */
function setup(options: BudgetOptions) {
  const budgets = new Budgets(options);
  const granted: string[] = [];
  const ask = async (name: string, asked: Asked): Promise<HeldReservation> => {
    const { worst, tag, own, scope = new AbortScope(), call = scope } = asked;
    const accounts = budgets.accountsFor(call, tag, own);
    if (accounts === undefined) throw new Error('There is no budget.');
    const worstCase = worst === undefined ? undefined : usd(worst);
    const reservation = await budgets.reserve({ operation: 'POST /x', worstCase, accounts, scope });
    granted.push(name);
    return reservation;
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const status = (name: string) => budgets.accounts.find((account) => account.name === name)?.status;
  return { budgets, granted, ask, settled, status };
}

describe('the budgets of a call', () => {
  it('are none without a limit', () => {
    const { budgets } = setup({ tags: { chat: 1 } });
    expect(budgets.accountsFor({}, undefined, undefined)).toBeUndefined();
    expect(budgets.accountsFor({}, 'other', undefined)).toBeUndefined();
  });

  it('are its own, that of its tag and that of the client', () => {
    const { budgets } = setup({ usd: 5, tags: { chat: '1', other: 2 } });
    expect(budgets.accounts.map(({ name }) => name)).toEqual(['client', 'tag chat', 'tag other']);
    expect(budgets.accountsFor({}, 'chat', 0.5)?.map(({ name }) => name)).toEqual(['call', 'tag chat', 'client']);
    expect(budgets.accountsFor({}, undefined, undefined)?.map(({ name }) => name)).toEqual(['client']);
    const without = setup({ tags: { chat: '1' } }).budgets;
    expect(without.accountsFor({}, 'chat', 0.5)?.map(({ name }) => name)).toEqual(['call', 'tag chat']);
    expect(without.accountsFor({}, 'other', 0.5)?.map(({ name }) => name)).toEqual(['call']);
  });

  it('are the same for all attempts of the call, and others for the next call', () => {
    const { budgets } = setup({});
    const call = {};
    const [own] = budgets.accountsFor(call, undefined, 1) ?? [];
    expect(budgets.accountsFor(call, undefined, 1)?.[0]).toBe(own);
    expect(budgets.accountsFor({}, undefined, 1)?.[0]).not.toBe(own);
  });

  it('refuse an amount that is none', () => {
    expect(() => new Budgets({ usd: -1 })).toThrow('budget.usd must be an amount');
    expect(() => new Budgets({ tags: { a: 'x' } })).toThrow('budget.tags.a must be an amount');
    expect(() => new Budgets({ unknownPrice: -1 })).toThrow('budget.unknownPrice must be an amount');
    for (const amount of [-0.01, Infinity, Number.NaN, '', '-1', '.5', 'many'])
      expect(() => new Budgets({}).accountsFor({}, undefined, amount)).toThrow('maxCostUsd must be an amount');
  });
});

describe('setting money aside', () => {
  it('is done in each budget of the call, and undone when it is settled', async () => {
    const { ask, status } = setup({ usd: 10, tags: { chat: 5 } });
    const reservation = await ask('a', { worst: '4', tag: 'chat' });
    expect([status('client')?.reservedUsd, status('tag chat')?.reservedUsd]).toEqual([4, 4]);
    reservation.settle(usd('1'));
    expect(status('client')).toMatchObject({ spentUsd: 1, reservedUsd: 0 });
    expect(status('tag chat')).toMatchObject({ spentUsd: 1, reservedUsd: 0 });
  });

  it('waits for its turn: in order, even where a later and smaller request would fit', async () => {
    const { ask, granted, settled } = setup({ usd: 10 });
    const first = await ask('first', { worst: '8' });
    const others = Promise.all([ask('large', { worst: '5' }), ask('small', { worst: '1' })]);
    await settled();
    expect(granted).toEqual(['first']);
    first.settle(usd('2'));
    await others;
    expect(granted).toEqual(['first', 'large', 'small']);
  });

  it('lets a call of another tag pass one that waits for its own tag alone', async () => {
    const { ask, granted, settled } = setup({ usd: 100, tags: { narrow: 5 } });
    const first = await ask('first', { worst: '5', tag: 'narrow' });
    const second = ask('second', { worst: '5', tag: 'narrow' });
    const third = ask('third', { worst: '1', tag: 'narrow' });
    await ask('other', { worst: '50' });
    await settled();
    expect(granted).toEqual(['first', 'other']);
    first.settle(usd('0'));
    (await second).settle(usd('0'));
    await third;
    expect(granted).toEqual(['first', 'other', 'second', 'third']);
  });

  it('does not wait for anything where it costs nothing, in whatever state the budget is', async () => {
    const { ask, status, granted } = setup({ usd: 0 });
    (await ask('free', { worst: '0' })).settle(usd('0.5'));
    (await ask('free again', { worst: '0.000' })).settle(usd('0'));
    expect(granted).toEqual(['free', 'free again']);
    expect(status('client')).toMatchObject({ spentUsd: 0.5, reservedUsd: 0 });
  });

  it('is refused at once when waiting cannot help', async () => {
    const { ask } = setup({ usd: '0.05' });
    (await ask('spent', { worst: '0.04' })).settle(usd('0.03'));
    await expect(ask('much', { worst: '0.0300001' })).rejects.toMatchObject({
      name: 'BudgetExceededError',
      kind: 'budget-exceeded',
      retryable: false,
      phase: 'unsent',
      billing: 'none',
      budget: 'client',
      limitUsd: 0.05,
      spentUsd: 0.03,
      heldUsd: 0,
      worstCaseUsd: 0.0300001,
      message:
        'POST /x was not sent: it may cost up to $0.0300001, and of the budget of the client, $0.05, there is $0.02 left. Lower max_tokens, choose a cheaper model, or raise the budget.',
    });
  });

  it('is refused to those who wait once waiting cannot help any more, and the next may go', async () => {
    const { ask, granted } = setup({ usd: 10 });
    const first = await ask('first', { worst: '8' });
    const refused = ask('much', { worst: '6' });
    const small = ask('small', { worst: '2' });
    first.settle(usd('7'));
    await expect(refused).rejects.toMatchObject({ budget: 'client', spentUsd: 7 });
    await small;
    expect(granted).toEqual(['first', 'small']);
  });

  it('says that asking for what is not known may bring room', async () => {
    const { ask } = setup({ usd: 10 });
    (await ask('first', { worst: '8' })).hold();
    await expect(ask('much', { worst: '6' })).rejects.toMatchObject({
      spentUsd: 0,
      heldUsd: 8,
      message: expect.stringContaining(
        'there is $2 left. Lower max_tokens, choose a cheaper model, or raise the budget. $8 is set aside for requests whose cost is not known: costs.reconcile() asks for it.',
      ),
    });
  });

  it('says nothing is left where a budget is overdrawn, and what to raise where it is the call’s own', async () => {
    const { ask } = setup({});
    const call = {};
    (await ask('first', { worst: '1', own: 1, call })).settle(usd('3'));
    await expect(ask('more', { worst: '1', own: 1, call })).rejects.toMatchObject({
      budget: 'call',
      message: expect.stringContaining(
        'of the budget of the call, $1, there is $0 left. Lower max_tokens, choose a cheaper model, or raise maxCostUsd.',
      ),
    });
  });

  it('is ended by the call, in the queue as before it, and lets those behind go', async () => {
    const { ask, granted, status } = setup({ usd: 10 });
    const reason = new Error('enough');
    const over = new AbortScope();
    over.abort(reason);
    await expect(ask('over', { worst: '1', scope: over })).rejects.toBe(reason);
    const first = await ask('first', { worst: '6' });
    const scope = new AbortScope();
    const large = ask('large', { worst: '9', scope });
    const small = ask('small', { worst: '2' });
    scope.abort(reason);
    await expect(large).rejects.toBe(reason);
    await small;
    first.release();
    expect(granted).toEqual(['first', 'small']);
    expect(status('client')).toMatchObject({ reservedUsd: 2 });
  });

  it('that was granted is not taken back by the end of the call: whoever has it settles it', async () => {
    const { ask, status } = setup({ usd: 10 });
    const scope = new AbortScope();
    const reservation = await ask('first', { worst: '6', scope });
    scope.abort(new Error('enough'));
    expect(status('client')).toMatchObject({ reservedUsd: 6 });
    reservation.release();
    expect(status('client')).toMatchObject({ reservedUsd: 0 });
  });
});

describe('a request whose price is not known', () => {
  it('is refused', async () => {
    const { ask } = setup({ usd: 10, tags: { chat: 1 } });
    await expect(ask('a', { tag: 'chat' })).rejects.toMatchObject({
      name: 'BudgetExceededError',
      budget: 'tag chat',
      limitUsd: 1,
      spentUsd: 0,
      heldUsd: 0,
      worstCaseUsd: undefined,
      message:
        'POST /x was not sent: nobody knows what it may cost, and the budget of the tag chat must not be exceeded. Choose a model whose price is listed, or set budget.unknownPrice to what such a request may cost.',
    });
  });

  it('is taken to cost what the caller says that it may', async () => {
    const { ask, status } = setup({ usd: 10, unknownPrice: '0.5' });
    await ask('a', {});
    expect(status('client')).toMatchObject({ reservedUsd: 0.5 });
  });
});
