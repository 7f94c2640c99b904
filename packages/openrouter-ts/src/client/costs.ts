import type { BudgetStatus } from '../cost/budget-account.ts';
import { amountOf, type Usd } from '../cost/budget-options.ts';
import type { CostEntry } from '../cost/cost-entry.ts';
import type { CostDimension, CostLedger, CostListener } from '../cost/cost-ledger.ts';
import type { CostTotals } from '../cost/cost-totals.ts';
import type { CostFormat } from '../cost/export-entries.ts';
import { OnDemand } from '../http/on-demand.ts';
import type { AskCost, Reconciliation, ReconcileOptions } from '../cost/reconcile.ts';

/** What reconciles the ledger, and writes it down. */
export const booksPart: OnDemand<typeof import('./books.ts')> = new OnDemand('books', () => import('./books.ts'));

/** What the calls of a client cost. */
export interface Costs {
  /**
   * Adds up everything that the client has spent.
   *
   * @returns the sums; requests whose cost is not known are counted, and not in the amount
   */
  totals(): CostTotals;

  /**
   * Adds up what belongs together.
   *
   * @param dimension - by the model or provider that answered, by the call's `tag`, or by the request's `session_id`
   * @returns the sums by its values; of more than ten thousand the latest
   */
  by(dimension: CostDimension): ReadonlyMap<string, CostTotals>;

  /** The requests one by one as they are now, the oldest first; at least the last ten thousand of them. */
  readonly entries: readonly CostEntry[];

  /** The requests whose cost is not known: given up, cut off, or answered without it. */
  readonly unknown: readonly CostEntry[];

  /**
   * Tells what the budgets of the client and of its tags have spent and set aside.
   *
   * @returns how they stand, that of the client first
   */
  budgets(): Promise<readonly BudgetStatus[]>;

  /**
   * Asks to be told of every request when it is booked, and once more when its cost becomes known later.
   *
   * @param listener - told at once; one that throws, or whose promise rejects, disturbs nothing
   * @returns a function that takes the request back
   */
  subscribe(listener: CostListener): () => void;

  /**
   * Asks OpenRouter for the costs that are not known (`GET /generation`). What budgets had set aside for them comes back.
   *
   * @param options - how long to wait for records, and the signal
   * @returns what was settled, and what was not and why
   * @throws the signal's reason when that aborts
   */
  reconcile(options?: ReconcileOptions): Promise<Reconciliation>;

  /**
   * Says what a request cost whose cost is not known: for those without a generation id, of which OpenRouter cannot be asked. What budgets had set
   * aside for it comes back.
   *
   * @param number - the entry's number
   * @param usd - what it cost, for example by the activity page of the account
   * @returns false when there is no such entry, or its cost is known
   * @throws ConfigError when it is not an amount of zero or more
   */
  settle(number: number, usd: Usd): boolean;

  /**
   * Writes the entries down.
   *
   * @param format - `jsonl`: a JSON object a line; `csv`: a table
   * @returns the text; amounts are exact
   */
  export(format: CostFormat): Promise<string>;
}

/**
 * Makes what a client can tell of costs. What is rarely needed is loaded when it is asked for.
 *
 * @param ledger - where calls are booked
 * @param budgets - tells how the budgets stand
 * @param ask - asks what a generation cost
 * @returns the costs
 */
export function costs(ledger: CostLedger, budgets: Costs['budgets'], ask: AskCost): Costs {
  return {
    totals: () => ledger.totals(),
    by: (dimension) => ledger.totalsBy(dimension),
    get entries() {
      return ledger.entries;
    },
    get unknown() {
      return ledger.unknown;
    },
    budgets,
    subscribe: (listener) => ledger.subscribe(listener),
    settle: (number, usd) => ledger.settle(number, amountOf('usd', usd)),
    reconcile: async (options = {}) => (await booksPart.load(options.signal)).reconcile(ledger, ask, options),
    export: async (format) => (await booksPart.load()).exportEntries(ledger.entries, format),
  };
}
