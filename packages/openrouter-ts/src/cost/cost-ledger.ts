import type { Reservation } from '../http/reservation.ts';
import type { Clock } from '../util/clock.ts';
import { tellQuietly } from '../util/tell-quietly.ts';
import type { CostEntry, NewCostEntry } from './cost-entry.ts';
import { RunningTotals, type CostTotals } from './cost-totals.ts';
import type { Decimal } from './decimal.ts';

/** By what costs can be added up. */
export type CostDimension = 'model' | 'provider' | 'tag' | 'session';

/** Told of an entry when it is booked, and once more when its cost becomes known later. One that throws, or whose promise rejects, disturbs nothing. */
export type CostListener = (entry: CostEntry) => unknown;

interface Open {
  readonly entry: CostEntry;
  readonly reservation: Pick<Reservation, 'settle'> | undefined;
}

const dimensions: readonly CostDimension[] = ['model', 'provider', 'tag', 'session'];

/**
 * How many entries are kept one by one, and how many values of a dimension are told apart, the latest ones: a server runs for months, and each visitor
 * may be a session. The sum over everything knows all of them.
 */
const kept = 10_000;
/** How many entries wait until they are added up. */
const batch = 1_000;

/** What the requests of a client cost, entry by entry and in sum. */
export class CostLedger {
  readonly #clock: Clock;
  readonly #total = new RunningTotals();
  readonly #by: Readonly<Record<CostDimension, Map<string, RunningTotals>>> = {
    model: new Map(),
    provider: new Map(),
    tag: new Map(),
    session: new Map(),
  };
  readonly #open = new Map<number, Open>();
  readonly #subscriptions = new Set<{ readonly listener: CostListener }>();
  #entries: CostEntry[] = [];
  #added = 0;
  #count = 0;

  /** @param clock - says when an entry was booked */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The entries as they are now, the oldest first: the last ten thousand or more. */
  get entries(): readonly CostEntry[] {
    return [...this.#entries];
  }

  /** The entries whose cost is not known, the oldest first. */
  get unknown(): readonly CostEntry[] {
    return Array.from(this.#open.values(), ({ entry }) => entry);
  }

  /**
   * Books a request.
   *
   * @param booked - what is known of it
   * @param reservation - what is set aside for it, to be settled when the cost becomes known later
   */
  book(
    { model, provider, tag, session, generationId, usage, usd, unknown }: NewCostEntry,
    reservation?: Pick<Reservation, 'settle'>,
  ): void {
    const number = (this.#count += 1);
    const at = this.#clock.epochMs();
    // Every call comes here, and copying the members one by one takes a fraction of the time of spreading them.
    const entry: CostEntry = { number, at, model, provider, tag, session, generationId, usage, usd, unknown };
    this.#entries.push(entry);
    if (usd === undefined) this.#open.set(number, { entry, reservation });
    // Adding up is left for whoever asks: most calls are not followed by a look at the bill.
    if (this.#entries.length - this.#added >= batch) this.#addUp();
    if (this.#subscriptions.size > 0) this.#tell(entry);
  }

  /**
   * Learns the cost of an entry that was booked without one.
   *
   * @param number - the entry's number
   * @param usd - what it cost
   * @returns false when it was known already
   */
  settle(number: number, usd: Decimal): boolean {
    const open = this.#open.get(number);
    if (open === undefined) return false;
    this.#addUp();
    this.#open.delete(number);
    const entry = { ...open.entry, usd };
    const index = this.#entries.indexOf(open.entry);
    if (index >= 0) this.#entries[index] = entry;
    this.#total.settle(usd);
    for (const dimension of dimensions) this.#by[dimension].get(entry[dimension] ?? '')?.settle(usd);
    open.reservation?.settle(usd);
    this.#tell(entry);
    return true;
  }

  /**
   * Adds everything up.
   *
   * @returns the sums over all requests of the client
   */
  totals(): CostTotals {
    this.#addUp();
    return this.#total.totals;
  }

  /**
   * Adds up what belongs together.
   *
   * @param dimension - by what
   * @returns the sums by its values, of ten thousand at most: the latest; what has no value is in none
   */
  totalsBy(dimension: CostDimension): ReadonlyMap<string, CostTotals> {
    this.#addUp();
    return new Map(Array.from(this.#by[dimension], ([value, { totals }]) => [value, totals]));
  }

  /**
   * Asks to be told of every entry.
   *
   * @param listener - told at once
   * @returns a function that takes the request back
   */
  subscribe(listener: CostListener): () => void {
    const subscription = { listener };
    this.#subscriptions.add(subscription);
    return () => {
      this.#subscriptions.delete(subscription);
    };
  }

  #tell(entry: CostEntry): void {
    for (const { listener } of this.#subscriptions) tellQuietly(listener, entry);
  }

  #addUp(): void {
    for (const entry of this.#entries.slice(this.#added)) {
      this.#total.add(entry);
      for (const dimension of dimensions) {
        const value = entry[dimension];
        if (value !== undefined) latest(value, this.#by[dimension]).add(entry);
      }
    }
    if (this.#entries.length >= 2 * kept) this.#entries = this.#entries.slice(-kept);
    this.#added = this.#entries.length;
  }
}

/** The sums of a value; those that were longest not asked for make room for new ones. */
function latest(value: string, sums: Map<string, RunningTotals>): RunningTotals {
  const found = sums.get(value) ?? new RunningTotals();
  sums.delete(value);
  sums.set(value, found);
  for (const oldest of sums.keys()) {
    if (sums.size <= kept) break;
    sums.delete(oldest);
  }
  return found;
}
