import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newEntry, usd } from '../../tests/support/cost-entry.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import type { CostEntry } from './cost-entry.ts';
import { CostLedger } from './cost-ledger.ts';
import type { Decimal } from './decimal.ts';

const start = Date.UTC(2026, 7, 1);

function ledgerOf(...entries: readonly Parameters<typeof newEntry>[0][]): CostLedger {
  const ledger = new CostLedger(new FakeClock({ epochMs: start }));
  for (const each of entries) ledger.book(newEntry(each));
  return ledger;
}

describe('a ledger', () => {
  it('numbers its entries and says when they were booked', () => {
    const ledger = ledgerOf({ model: 'a/b' }, { model: 'c/d' });
    expect(ledger.entries).toMatchObject([
      { number: 1, at: start, model: 'a/b' },
      { number: 2, at: start, model: 'c/d' },
    ]);
  });

  it('gives the entries as they are: what is booked later is not among them', () => {
    const ledger = ledgerOf({});
    const { entries } = ledger;
    ledger.book(newEntry());
    expect([entries.length, ledger.entries.length]).toEqual([1, 2]);
  });

  it('lists what is not known until it is known', () => {
    const ledger = ledgerOf({ usd: usd('1') }, { generationId: 'gen-2', unknown: 'aborted' }, { unknown: 'timeout' });
    expect(ledger.unknown.map(({ number }) => number)).toEqual([2, 3]);
    expect(ledger.totals()).toMatchObject({ exactUsd: '1', requests: 3, unknown: 2 });
    expect(ledger.settle(2, usd('0.25'))).toBe(true);
    expect(ledger.unknown.map(({ number }) => number)).toEqual([3]);
    expect(ledger.totals()).toMatchObject({ exactUsd: '1.25', requests: 3, unknown: 1 });
    expect(ledger.entries[1]).toMatchObject({ usd: usd('0.25'), unknown: 'aborted', generationId: 'gen-2' });
  });

  it('settles an entry once, and only one that there is', () => {
    const ledger = ledgerOf({ unknown: 'aborted' }, { usd: usd('1') });
    expect(ledger.settle(1, usd('2'))).toBe(true);
    expect([1, 2, 99].map((number) => ledger.settle(number, usd('5')))).toEqual([false, false, false]);
    expect(ledger.totals().exactUsd).toBe('3');
  });

  it('settles what is set aside for an entry when its cost becomes known, if anything is', () => {
    const ledger = ledgerOf({ unknown: 'aborted' });
    const told: Decimal[] = [];
    const reservation = { settle: (known: Decimal) => told.push(known) };
    ledger.book(newEntry({ unknown: 'timeout' }), reservation);
    ledger.book(newEntry({ usd: usd('9') }), reservation);
    ledger.settle(1, usd('1'));
    ledger.settle(2, usd('2'));
    expect(told).toEqual([usd('2')]);
  });

  it('adds up by model, provider, tag and session, and leaves out what has none', () => {
    const ledger = ledgerOf(
      { model: 'a/b', provider: 'One', tag: 'chat', session: 's1', usd: usd('0.1') },
      { model: 'a/b', provider: 'Two', tag: 'chat', usd: usd('0.2') },
      { model: 'c/d', session: 's1', unknown: 'aborted' },
    );
    const sums = (dimension: Parameters<CostLedger['totalsBy']>[0]) =>
      [...ledger.totalsBy(dimension)].map(([value, { exactUsd, requests, unknown }]) => [
        value,
        exactUsd,
        requests,
        unknown,
      ]);
    expect(sums('model')).toEqual([
      ['a/b', '0.3', 2, 0],
      ['c/d', '0', 1, 1],
    ]);
    expect(sums('provider')).toEqual([
      ['One', '0.1', 1, 0],
      ['Two', '0.2', 1, 0],
    ]);
    expect(sums('tag')).toEqual([['chat', '0.3', 2, 0]]);
    expect(sums('session')).toEqual([['s1', '0.1', 2, 1]]);
    ledger.settle(3, usd('5'));
    expect(sums('model')[1]).toEqual(['c/d', '5', 1, 0]);
    expect(sums('session')).toEqual([['s1', '5.1', 2, 0]]);
  });

  it('gives the same sums however its entries follow each other', () => {
    const some = fc.constantFrom(undefined, 'one', 'two');
    const parts = fc.record({ model: some, provider: some, tag: some, session: some, cents: fc.nat(999) });
    fc.assert(
      fc.property(fc.array(parts), (booked) => {
        const ledger = ledgerOf(...booked.map(({ cents, ...rest }) => ({ ...rest, usd: usd(`${cents}e-2`) })));
        const sum = (of: typeof booked): number => of.reduce((cents, each) => cents + each.cents, 0);
        expect(ledger.totals()).toMatchObject({ usd: sum(booked) / 100, requests: booked.length });
        for (const dimension of ['model', 'provider', 'tag', 'session'] as const) {
          const sums = ledger.totalsBy(dimension);
          for (const value of ['one', 'two']) {
            const own = booked.filter((each) => each[dimension] === value);
            expect([sums.get(value)?.usd ?? 0, sums.get(value)?.requests ?? 0]).toEqual([sum(own) / 100, own.length]);
          }
        }
      }),
    );
  });

  it('keeps the sums of more than it keeps entries', () => {
    const ledger = ledgerOf({ model: 'a/first', unknown: 'aborted' });
    for (let count = 0; count < 20_500; count += 1) ledger.book(newEntry({ model: 'a/b', usd: usd('0.000001') }));
    expect(ledger.totals()).toMatchObject({ exactUsd: '0.0205', requests: 20_501, unknown: 1 });
    expect(ledger.totalsBy('model').get('a/b')).toMatchObject({ exactUsd: '0.0205', requests: 20_500 });
    const { entries } = ledger;
    expect(entries.length).toBeGreaterThanOrEqual(10_000);
    expect(entries.length).toBeLessThan(20_000);
    expect(entries.at(-1)?.number).toBe(20_501);
    // The first is no longer kept, but not forgotten while its cost is not known.
    expect(ledger.unknown).toHaveLength(1);
    expect(ledger.settle(1, usd('1'))).toBe(true);
    expect(ledger.totals()).toMatchObject({ exactUsd: '1.0205', unknown: 0 });
  });

  it('tells the latest ten thousand values of a dimension apart', () => {
    const ledger = ledgerOf({ session: 'first', usd: usd('1') }, { session: 'old', unknown: 'aborted' });
    for (let count = 0; count < 9_999; count += 1) {
      if (count === 5_000) ledger.book(newEntry({ session: 'first', usd: usd('1') }));
      ledger.book(newEntry({ session: `s${count}`, usd: usd('1') }));
    }
    const sums = ledger.totalsBy('session');
    expect(sums.size).toBe(10_000);
    expect([sums.get('first')?.exactUsd, sums.has('old'), sums.has('s0')]).toEqual(['2', false, true]);
    ledger.settle(2, usd('3'));
    expect(ledger.totalsBy('session').has('old')).toBe(false);
    expect(ledger.totals()).toMatchObject({ exactUsd: '10004', unknown: 0 });
  });
});

describe('a subscription', () => {
  it('is told of each entry when it is booked, and once more when its cost becomes known', () => {
    const ledger = ledgerOf({ usd: usd('1') });
    const told: CostEntry[] = [];
    const stop = ledger.subscribe((entry) => told.push(entry));
    ledger.book(newEntry({ usd: usd('2') }));
    ledger.book(newEntry({ unknown: 'aborted' }));
    ledger.settle(3, usd('3'));
    expect(told).toMatchObject([
      { number: 2, usd: usd('2') },
      { number: 3, unknown: 'aborted' },
      { number: 3, usd: usd('3') },
    ]);
    stop();
    ledger.book(newEntry());
    expect(told).toHaveLength(3);
  });

  it('is one of its own each time, also for the same listener', () => {
    const ledger = ledgerOf();
    const told: CostEntry[] = [];
    const listener = (entry: CostEntry) => told.push(entry);
    const stop = ledger.subscribe(listener);
    ledger.subscribe(listener);
    stop();
    stop();
    ledger.book(newEntry());
    expect(told).toHaveLength(1);
  });

  it('that throws disturbs nothing', () => {
    const ledger = ledgerOf();
    const told: CostEntry[] = [];
    ledger.subscribe(() => {
      throw new Error('not me');
    });
    ledger.subscribe((entry) => told.push(entry));
    ledger.book(newEntry({ usd: usd('1') }));
    expect(told).toHaveLength(1);
    expect(ledger.totals().exactUsd).toBe('1');
  });
});
