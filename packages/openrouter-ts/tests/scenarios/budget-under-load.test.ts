import { beforeAll, describe, expect, it } from 'vitest';
import { loadEverything, spend } from '../support/budget-load.ts';
import { expectHonestBooks } from '../support/expect-honest-books.ts';

const calls = 200;
const seeds = [1, 2, 3];

beforeAll(loadEverything);

describe('a budget under two hundred calls at once', () => {
  it.each(seeds)('is never exceeded, and nothing that was billed is missing in the books (seed %d)', async (seed) => {
    const report = await spend({ seed, calls, budgetUsd: '0.2', trouble: 0.5 });
    expectHonestBooks(report);
    expect(report.reconciled.settled).not.toHaveLength(0);
    expect(report.reconciled.left).not.toHaveLength(0);
    expect(report.refused).toBeGreaterThan(0);
  });

  it.each(seeds)('is used, and by many at once, when there is more to do than it pays for (seed %d)', async (seed) => {
    const report = await spend({ seed, calls, budgetUsd: '0.5', trouble: 0.02, untilRefused: true });
    expectHonestBooks(report);
    const { status, mostInFlight } = report;
    expect(status.spentUsd + status.heldUsd).toBeGreaterThanOrEqual(0.9 * status.limitUsd);
    expect(mostInFlight).toBeGreaterThanOrEqual(32);
  });

  it('lets only through what costs nothing when there is none', async () => {
    const report = await spend({ seed: 5, calls, budgetUsd: '0', trouble: 0.5 });
    expectHonestBooks(report);
    expect(report.entries).not.toHaveLength(0);
    expect(report.entries.every(({ model }) => model === 'a/gift:free')).toBe(true);
  });
});
