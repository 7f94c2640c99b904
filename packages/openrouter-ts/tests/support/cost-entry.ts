import { decimal, type Decimal } from '../../src/cost/decimal.ts';
import type { NewCostEntry } from '../../src/cost/cost-entry.ts';

/** An amount that a test writes as text. */
export function usd(text: string): Decimal {
  const amount = decimal(text);
  if (amount === undefined) throw new Error(`${text} is no amount.`);
  return amount;
}

/** What is booked of an answer of which nothing is known but what a test says. */
export function newEntry(parts: Partial<NewCostEntry> = {}): NewCostEntry {
  return {
    model: undefined,
    provider: undefined,
    tag: undefined,
    session: undefined,
    generationId: undefined,
    usage: undefined,
    usd: undefined,
    unknown: undefined,
    ...parts,
  };
}
