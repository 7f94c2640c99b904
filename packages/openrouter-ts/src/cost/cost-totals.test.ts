import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newEntry, usd } from '../../tests/support/cost-entry.ts';
import type { CostEntry } from './cost-entry.ts';
import { RunningTotals } from './cost-totals.ts';
import { add, toText, zero, type Decimal } from './decimal.ts';

function entry(amount: Decimal | undefined, prompt = 0, completion = 0): CostEntry {
  const usage = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
  return { ...newEntry({ usd: amount, usage }), number: 1, at: 0 };
}

describe('running totals', () => {
  it('begin with nothing', () => {
    expect(new RunningTotals().totals).toEqual({
      usd: 0,
      exactUsd: '0',
      requests: 0,
      unknown: 0,
      promptTokens: 0,
      completionTokens: 0,
    });
  });

  it('add up exactly what floats do not', () => {
    const totals = new RunningTotals();
    for (let count = 0; count < 10; count += 1) totals.add(entry(usd('0.1'), 2, 3));
    expect(totals.totals).toMatchObject({
      usd: 1,
      exactUsd: '1',
      requests: 10,
      promptTokens: 20,
      completionTokens: 30,
    });
  });

  it('count what is not known, and leave it out of the sum until it is known', () => {
    const totals = new RunningTotals();
    totals.add(entry(undefined));
    totals.add({ ...entry(usd('0.5')), usage: undefined });
    expect(totals.totals).toMatchObject({ exactUsd: '0.5', requests: 2, unknown: 1 });
    totals.settle(usd('0.25'));
    expect(totals.totals).toMatchObject({ exactUsd: '0.75', requests: 2, unknown: 0 });
  });

  it('are the exact sum of any amounts', () => {
    const amount = fc.record({ units: fc.bigInt({ min: 0n, max: 10n ** 20n }), scale: fc.nat(30) });
    fc.assert(
      fc.property(fc.array(amount), (amounts) => {
        const totals = new RunningTotals();
        for (const each of amounts) totals.add(entry(each));
        expect(totals.totals.exactUsd).toBe(toText(amounts.reduce(add, zero)));
      }),
    );
  });
});
