import { describe, expect, it } from 'vitest';
import { newEntry, usd } from '../../tests/support/cost-entry.ts';
import { CostLedger } from '../cost/cost-ledger.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { costs } from './costs.ts';

function setup() {
  const ledger = new CostLedger(new FakeClock());
  ledger.book(newEntry({ model: 'a/b', usd: usd('0.1') }));
  ledger.book(newEntry({ model: 'a/b', generationId: 'gen-2', unknown: 'aborted' }));
  const status = { name: 'client', limitUsd: 1, spentUsd: 0.1, heldUsd: 0, reservedUsd: 0 };
  return costs(
    ledger,
    () => Promise.resolve([status]),
    (id) => Promise.resolve({ total_cost: id === 'gen-2' ? 0.2 : 9 }),
  );
}

describe('the costs of a client', () => {
  it('are told in sum, by what belongs together, and one by one', async () => {
    const told = setup();
    expect(told.totals()).toMatchObject({ exactUsd: '0.1', requests: 2, unknown: 1 });
    expect(told.by('model').get('a/b')).toMatchObject({ exactUsd: '0.1', requests: 2 });
    expect(told.entries.map(({ number }) => number)).toEqual([1, 2]);
    expect(told.unknown.map(({ number }) => number)).toEqual([2]);
    expect(await told.budgets()).toMatchObject([{ name: 'client' }]);
  });

  it('that are not known are asked for, and those who subscribed are told', async () => {
    const told = setup();
    const numbers: number[] = [];
    const stop = told.subscribe(({ number }) => numbers.push(number));
    expect(await told.reconcile()).toMatchObject({ settled: [{ number: 2 }], left: [] });
    expect(told.totals()).toMatchObject({ exactUsd: '0.3', unknown: 0 });
    expect(await told.reconcile({ waitMs: 1 })).toEqual({ settled: [], left: [] });
    stop();
    expect(numbers).toEqual([2]);
  });

  it('that nobody can be asked for are said by whoever knows', () => {
    const told = setup();
    expect(told.settle(2, '0.05')).toBe(true);
    expect(told.totals()).toMatchObject({ exactUsd: '0.15', unknown: 0 });
    expect(told.settle(2, 1)).toBe(false);
    expect(() => told.settle(2, -1)).toThrow('usd must be an amount in USD of zero or more');
  });

  it('are written down', async () => {
    const told = setup();
    expect((await told.export('jsonl')).trimEnd().split('\n')).toHaveLength(2);
    expect(await told.export('csv')).toMatch(/^number,at,model,.*\n1,.*,a\/b,.*,0\.1,\n2,/);
  });
});
