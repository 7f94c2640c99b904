import * as money from '../../src/cost/index.ts';
import { expect } from 'vitest';
import { billed, known, type LoadReport } from './budget-load.ts';

/**
 * Holds the client's books against the simulator's: nothing is spent beyond the budget, what is known is what was billed, and what is not known is said to
 * be so.
 */
export function expectHonestBooks({
  limit,
  status,
  simulator,
  inVain,
  silent,
  before,
  entries,
  reconciled,
}: LoadReport): void {
  const { generations } = simulator;
  const spent = money.decimal(billed(generations)) ?? money.zero;
  expect(money.compare(spent, limit)).toBeLessThanOrEqual(0);
  expect(status.spentUsd + status.heldUsd).toBeLessThanOrEqual(status.limitUsd);
  expect(status.reservedUsd).toBe(0);

  const bills = new Map(generations.map((generation) => [generation.id, generation]));
  // What is known before anybody asks is known exactly, and what is not in the books at all was not billed, or nobody was told its id.
  const knownBefore = before.filter(({ usd }) => usd !== undefined);
  expect(known(knownBefore)).toBe(billed(generationsOf(knownBefore)));
  const booked = new Set(entries.map(({ generationId }) => generationId));
  const unheardOf = generations.filter(({ id, costUsd }) => !booked.has(id) && costUsd > 0);
  const nameless = entries.filter(({ generationId }) => generationId === undefined);
  expect(nameless.every(({ usd }) => usd === undefined)).toBe(true);
  expect(unheardOf.filter(({ id }) => !inVain.has(id))).toEqual([]);
  expect(nameless).toHaveLength(silent);

  // After the costs were asked for, the books are equal but for what has no id, or no record.
  expect(known(entries)).toBe(billed(generationsOf(entries)));
  const sums = [money.decimal(known(entries)), money.decimal(billed(unheardOf))].map((sum) => sum ?? money.zero);
  expect(money.toText(sums.reduce(money.add))).toBe(money.toText(spent));
  expect(reconciled.left.every(({ entry: { generationId = '' } }) => !bills.has(generationId))).toBe(true);
  const left = entries.filter(({ usd }) => usd === undefined);
  expect(left.map(({ number }) => number)).toEqual(
    reconciled.left.map(({ entry }) => entry.number).toSorted((one, other) => one - other),
  );

  function generationsOf(some: LoadReport['entries']) {
    return some.flatMap(({ generationId = '' }) => bills.get(generationId) ?? []);
  }
}
