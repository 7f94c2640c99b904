import { describe, expect, it } from 'vitest';
import { newEntry, usd } from '../../tests/support/cost-entry.ts';
import { deferred } from '../../tests/support/deferred.ts';
import { NotFoundError } from '../errors/status-errors.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { CostLedger } from './cost-ledger.ts';
import { reconcile, type AskCost } from './reconcile.ts';

function ledgerOf(...ids: readonly (string | undefined)[]): CostLedger {
  const ledger = new CostLedger(new FakeClock());
  for (const generationId of ids) ledger.book(newEntry({ generationId, unknown: 'aborted' }));
  return ledger;
}

const half: AskCost = () => Promise.resolve({ total_cost: 0.5 });

describe('reconcile', () => {
  it('settles what is known by now', async () => {
    const ledger = ledgerOf('gen-1', 'gen-2');
    ledger.book(newEntry({ generationId: 'gen-3', usd: usd('1') }));
    const asked: string[] = [];
    const { settled, left } = await reconcile(
      ledger,
      (id) => {
        asked.push(id);
        return Promise.resolve({ total_cost: id === 'gen-1' ? 0.1 : 0 });
      },
      {},
    );
    expect(asked).toEqual(['gen-1', 'gen-2']);
    expect(settled).toMatchObject([
      { number: 1, usd: usd('0.1') },
      { number: 2, usd: usd('0') },
    ]);
    expect(left).toEqual([]);
    expect(ledger.totals()).toMatchObject({ exactUsd: '1.1', unknown: 0 });
  });

  it('waits half a minute for records, or as long as it is told', async () => {
    const waits: unknown[] = [];
    const ask: AskCost = (_, { waitMs, signal }) => {
      waits.push([waitMs, signal]);
      return half('', { waitMs, signal });
    };
    const { signal } = new AbortController();
    await reconcile(ledgerOf('gen-1'), ask, {});
    await reconcile(ledgerOf('gen-1'), ask, { waitMs: 5, signal });
    expect(waits).toEqual([
      [30_000, undefined],
      [5, signal],
    ]);
  });

  it('leaves what has no id, what is not found, and what the record does not tell, and says why', async () => {
    const ledger = ledgerOf(undefined, 'gen-missing', 'gen-odd', 'gen-negative', 'gen-good');
    const missing = new NotFoundError('not there', { status: 404 });
    const costs: Readonly<Record<string, number>> = { 'gen-odd': Number.NaN, 'gen-negative': -1, 'gen-good': 0.5 };
    const { settled, left } = await reconcile(
      ledger,
      (id) => (id === 'gen-missing' ? Promise.reject(missing) : Promise.resolve({ total_cost: costs[id] ?? 0 })),
      {},
    );
    expect(settled.map(({ number }) => number)).toEqual([5]);
    expect(
      left.map(({ entry, error }) => [entry.number, error]).toSorted(([one], [other]) => Number(one) - Number(other)),
    ).toEqual([
      [1, undefined],
      [2, missing],
      [3, undefined],
      [4, undefined],
    ]);
    expect(ledger.unknown).toHaveLength(4);
  });

  it('asks for eight at once, and for all', async () => {
    const ledger = ledgerOf(...Array.from({ length: 30 }, (_, index) => `gen-${index}`));
    let open = 0;
    let most = 0;
    const ask: AskCost = async () => {
      open += 1;
      most = Math.max(most, open);
      await Promise.resolve();
      open -= 1;
      return { total_cost: 1 };
    };
    await reconcile(ledger, ask, {});
    expect(most).toBe(8);
    expect(ledger.totals()).toMatchObject({ exactUsd: '30', unknown: 0 });
  });

  it('rejects with the reason of a signal that aborts, and keeps what it knew by then', async () => {
    const ledger = ledgerOf('gen-1', 'gen-2', 'gen-3');
    const abort = new AbortController();
    const reason = new Error('enough');
    const second = deferred<{ readonly total_cost: number }>();
    const ask: AskCost = (id) => (id === 'gen-2' ? second.promise : half(id, { waitMs: 1, signal: undefined }));
    const work = reconcile(ledger, ask, { signal: abort.signal });
    await Promise.resolve();
    abort.abort(reason);
    second.reject(new Error('the connection was closed'));
    await expect(work).rejects.toBe(reason);
    expect(ledger.entries.map((entry) => entry.usd)).toEqual([usd('0.5'), undefined, usd('0.5')]);
  });

  it('asks nobody once the signal has aborted', async () => {
    const reason = new Error('enough');
    const asked: string[] = [];
    const ask: AskCost = (id, options) => {
      asked.push(id);
      return half(id, options);
    };
    await expect(reconcile(ledgerOf('gen-1'), ask, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(asked).toEqual([]);
  });
});
