import { beforeAll, describe, expect, it } from 'vitest';
import { loadEverything, spend } from '../support/budget-load.ts';
import { expectHonestBooks } from '../support/expect-honest-books.ts';

const seeds = Array.from({ length: 40 }, (_, index) => 1_000 + index);

beforeAll(loadEverything);

describe('a budget under load', () => {
  it.each(seeds)('is never exceeded, whatever goes wrong (seed %d)', async (seed) => {
    const trouble = (seed % 10) / 10;
    const report = await spend({ seed, calls: 300, budgetUsd: '0.7', trouble, untilRefused: true });
    expectHonestBooks(report);
    expect(report.entries).not.toHaveLength(0);
  });

  it.each(seeds)('is used by many at once (seed %d)', async (seed) => {
    const report = await spend({ seed, calls: 400, budgetUsd: '0.6', trouble: 0.01, untilRefused: true });
    expectHonestBooks(report);
    const { status, mostInFlight } = report;
    expect(status.spentUsd + status.heldUsd).toBeGreaterThanOrEqual(0.9 * status.limitUsd);
    expect(mostInFlight).toBeGreaterThanOrEqual(32);
  });
});
