import type { Clock } from '../util/clock.ts';
import type { Account } from './billing/account.ts';
import type { GenerationLedger } from './billing/generation-ledger.ts';
import type { RecordedRequest, RequestRecord } from './recorded-request.ts';
import type { Random } from './seeded-random.ts';
import type { SimulatorSettings } from './simulator-options.ts';
import type { Step } from './step.ts';

/** One request, and what a response may depend on. */
export interface Exchange {
  /** What was asked. */
  readonly request: RecordedRequest;
  /** Randomness of this exchange alone: the same for the same seed, whatever else goes on at the time. */
  readonly random: Random;
  /** The id that the generation has if there is one. */
  readonly generationId: string;
  /** What waits are counted by, and where dates come from. */
  readonly clock: Clock;
  /** How the simulator behaves. */
  readonly settings: SimulatorSettings;
  /** Where answers are billed. */
  readonly ledger: GenerationLedger;
  /** Who pays. */
  readonly account: Account;
  /** What the simulator would do if no test had told it otherwise. */
  readonly usual: () => Iterable<Step>;
}

/**
 * What the server does with a request: the steps, one after the other. They are taken one at a time, so a response may be endless, and
 * a generator learns from its `finally` that the client has gone.
 */
export type SimulatedResponse = (exchange: Exchange) => Iterable<Step>;

/** An exchange that has begun: what an adapter plays to its client. */
export interface OpenExchange {
  /** To be kept up to date by whoever plays the steps. */
  readonly record: RequestRecord;
  /** To be taken one at a time; `return()` says that nobody listens any more. */
  readonly steps: Iterator<Step>;
  /** What waits are counted by. */
  readonly clock: Clock;
}
