import { emitEvents, type EventOptions } from '../pipeline/emit-events.ts';
import type { CostLedger } from '../cost/cost-ledger.ts';
import { recordCost } from '../cost/record-cost.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import { recordAttempts } from '../pipeline/record-attempts.ts';
import type { AdmissionQueue } from '../resilience/admission-queue.ts';
import { admission } from '../resilience/admission.ts';
import { deadline } from '../resilience/deadline.ts';
import { fallback, type FallbackOptions } from '../resilience/fallback.ts';
import type { RateLimits } from '../resilience/rate-limits.ts';
import { retry, type RetryOptions } from '../resilience/retry.ts';
import type { TimeoutOptions } from '../resilience/timeout-options.ts';
import { timeouts } from '../resilience/timeouts.ts';
import type { Clock } from '../util/clock.ts';

/** What the policies are told. */
export interface PipelineOptions {
  readonly clock: Clock;
  readonly events: EventOptions;
  /** How long a call may take, in milliseconds, unless the call says otherwise. */
  readonly timeoutMs: number;
  readonly fallback: FallbackOptions;
  readonly retry: RetryOptions;
  readonly budget: Middleware;
  readonly ledger: CostLedger;
  readonly rateLimits: RateLimits;
  readonly admissions: AdmissionQueue;
  readonly timeoutsFor: (request: { readonly stream: boolean }) => TimeoutOptions;
}

/**
 * The order every call passes through, outermost first; the exchange with the server is what they surround.
 *
 * @param options - what the policies are told
 * @returns the policies
 */
export function pipeline(options: PipelineOptions): readonly Middleware[] {
  const { clock } = options;
  return [
    // Sees everything below it, and the call as its caller sees it.
    emitEvents(options.events),
    // Bounds everything below it, waits between attempts and for limits included.
    deadline(options.timeoutMs, clock),
    // Outside the retries: each model gets its own.
    fallback(options.fallback),
    // Outside the limits: while it waits, it holds no slot.
    retry(options.retry),
    // Each attempt sets aside its own worst case, at its own model's price.
    options.budget,
    // Rates and slots in one: a slot is taken when the rate allows it, and a turn when there is a slot. The slot is held until the attempt has settled.
    admission(options.rateLimits, options.admissions, clock),
    // Notes each attempt with the verdict that left the timers.
    recordAttempts(clock),
    // Each attempt has its own timers, which do not run while it waits for limits.
    timeouts(options.timeoutsFor, clock),
    // Innermost: a failed attempt may have cost money too.
    recordCost(options.ledger),
  ];
}
