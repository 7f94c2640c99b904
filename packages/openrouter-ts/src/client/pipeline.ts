import type { CostLedger } from '../cost/cost-ledger.ts';
import { recordCost, type Learn } from '../cost/record-cost.ts';
import { loadParts, type LazyPolicy, type NeededPart } from '../pipeline/lazy-policy.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import { recordAttempts } from '../pipeline/record-attempts.ts';
import { deadline } from '../resilience/deadline.ts';
import type { LazyRates } from '../resilience/lazy-rates.ts';
import { retry } from '../resilience/retry.ts';
import type { RetryOptions } from '../resilience/retry-options.ts';
import type { TimeoutOptions } from '../resilience/timeout-options.ts';
import { timeouts } from '../resilience/timeouts.ts';
import { streamingPart } from '../resources/chat.ts';
import type { Clock } from '../util/clock.ts';

const streaming: NeededPart = { part: streamingPart, isNeeded: ({ stream }) => stream };

/** What the policies are told. */
export interface PipelineOptions {
  readonly clock: Clock;
  /** What sends, where that has to be loaded. */
  readonly sender: NeededPart;
  readonly events: LazyPolicy;
  /** How long a call may take, in milliseconds, unless the call says otherwise. */
  readonly timeoutMs: number;
  readonly fallback: LazyPolicy;
  readonly retry: RetryOptions;
  readonly budget: LazyPolicy;
  readonly limits: Middleware;
  readonly ledger: CostLedger;
  /** Told of each good answer, for later estimates. */
  readonly learn: Learn;
  readonly rates: LazyRates;
  readonly timeoutsFor: (request: { readonly stream: boolean }) => TimeoutOptions;
}

/**
 * The order every call passes through, outermost first; the exchange with the server is what they surround.
 *
 * @param options - what the policies are told
 * @returns the policies
 */
export function pipeline(options: PipelineOptions): readonly Middleware[] {
  const { clock, sender, events, fallback, budget, rates } = options;
  return [
    // First, so that no time counts while something is loaded.
    loadParts([streaming, sender, events, fallback, budget, rates]),
    // Sees everything below it, and the call as its caller sees it.
    events.policy,
    // Bounds everything below it, waits between attempts and for limits included.
    deadline(options.timeoutMs, clock),
    // Outside the retries: each model gets its own.
    fallback.policy,
    // Outside the limits: while it waits, it holds no slot.
    retry(options.retry),
    // Each attempt sets aside its own worst case, at its own model's price.
    budget.policy,
    // Rates and slots in one: a slot is taken when the rate allows it, and a turn when there is a slot. The slot is held until the attempt has settled.
    rates.policy,
    // Notes each attempt with the verdict that left the timers.
    recordAttempts(clock),
    // Each attempt has its own timers, which do not run while it waits for limits.
    timeouts(options.timeoutsFor, clock),
    // Knows each attempt and its cost, for those who watch what is left.
    options.limits,
    // Innermost: a failed attempt may have cost money too.
    recordCost(options.ledger, options.learn),
  ];
}
