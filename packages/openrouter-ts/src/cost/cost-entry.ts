import type { Usage } from '../wire/usage.ts';
import type { Decimal } from './decimal.ts';

/** What is known of one request that may have cost something. */
export interface CostEntry {
  /** Counts the entries of a client, from 1. */
  readonly number: number;
  /** When it was booked, in milliseconds since 1970. */
  readonly at: number;
  /** The model that answered, or that was asked where none did. */
  readonly model: string | undefined;
  /** The provider that answered. */
  readonly provider: string | undefined;
  /** What the caller called it (`tag`). */
  readonly tag: string | undefined;
  /** The session it belongs to (`session_id`). */
  readonly session: string | undefined;
  /** The id under which OpenRouter knows it; without one its cost cannot be asked for. */
  readonly generationId: string | undefined;
  /** What the answer says that it used, if it does. */
  readonly usage: Usage | undefined;
  /** What it cost in USD, exact; `undefined` while it is not known. */
  readonly usd: Decimal | undefined;
  /** Why the cost is not known, or was not: the kind of the failure, `aborted`, or `usage-missing` for an answer that does not tell it. */
  readonly unknown: string | undefined;
}

/** What is booked: the ledger adds the number and the time. */
export type NewCostEntry = Omit<CostEntry, 'number' | 'at'>;
