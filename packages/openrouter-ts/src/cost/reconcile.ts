import type { CostEntry } from './cost-entry.ts';
import type { CostLedger } from './cost-ledger.ts';
import { decimal, isNegative, type Decimal } from './decimal.ts';

/** How unknown costs are asked for. */
export interface ReconcileOptions {
  /** How long to wait for a record that is not there yet, in milliseconds: records appear some seconds after their answers. Default 30,000. */
  readonly waitMs?: number | undefined;
  /** Ends it. What was settled until then stays settled. */
  readonly signal?: AbortSignal | undefined;
}

/** What became of the unknown costs. */
export interface Reconciliation {
  /** Those whose cost is known now. */
  readonly settled: readonly CostEntry[];
  /** Those whose cost still is not known. */
  readonly left: readonly UnsettledCost[];
}

/** A cost that could not be settled. */
export interface UnsettledCost {
  /** The request. */
  readonly entry: CostEntry;
  /** Why: an error of the request for it, or `undefined` where there is no id to ask with, or where the record does not tell the cost. */
  readonly error: unknown;
}

/** Asks what a generation cost, and waits for its record. */
export type AskCost = (
  generationId: string,
  options: { readonly waitMs: number; readonly signal: AbortSignal | undefined },
) => Promise<{ readonly total_cost: number }>;

/** So many are asked for at once. */
const together = 8;

/**
 * Asks OpenRouter for the costs that a ledger does not know.
 *
 * @param ledger - the ledger; what becomes known is settled in it
 * @param ask - asks what a generation cost
 * @param options - how long to wait
 * @returns what was settled, and what was not
 * @throws the signal's reason when that aborts
 */
export async function reconcile(
  ledger: CostLedger,
  ask: AskCost,
  { waitMs = 30_000, signal }: ReconcileOptions,
): Promise<Reconciliation> {
  const settled: CostEntry[] = [];
  const left: UnsettledCost[] = [];
  const entries = ledger.unknown.values();
  const work = async (): Promise<void> => {
    for (const entry of entries) {
      signal?.throwIfAborted();
      try {
        const usd = await costOf(entry, ask, { waitMs, signal });
        if (usd === undefined) left.push({ entry, error: undefined });
        else {
          ledger.settle(entry.number, usd);
          settled.push({ ...entry, usd });
        }
      } catch (error) {
        signal?.throwIfAborted();
        left.push({ entry, error });
      }
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  return { settled, left };
}

async function costOf(
  { generationId }: CostEntry,
  ask: AskCost,
  options: { readonly waitMs: number; readonly signal: AbortSignal | undefined },
): Promise<Decimal | undefined> {
  if (generationId === undefined) return undefined;
  const { total_cost: total } = await ask(generationId, options);
  const usd = decimal(total);
  return usd === undefined || isNegative(usd) ? undefined : usd;
}
