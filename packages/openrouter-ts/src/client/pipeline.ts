import type { CostLedger } from '../cost/cost-ledger.ts';
import { recordCost, type Learn } from '../cost/record-cost.ts';
import { loadPolicies, type LazyPolicy } from '../pipeline/lazy-policy.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import { recordAttempts } from '../pipeline/record-attempts.ts';
import type { AdmissionQueue } from '../resilience/admission-queue.ts';
import { admission } from '../resilience/admission.ts';
import { deadline } from '../resilience/deadline.ts';
import type { RateLimits } from '../resilience/rate-limits.ts';
import { retry, type RetryOptions } from '../resilience/retry.ts';
import type { TimeoutOptions } from '../resilience/timeout-options.ts';
import { timeouts } from '../resilience/timeouts.ts';
import type { Clock } from '../util/clock.ts';

/** What the policies are told. */
export interface PipelineOptions {
  readonly clock: Clock;
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
  const { clock, events, fallback, budget } = options;
  return [
    // First, so that no time counts while something is loaded.
    loadPolicies([events, fallback, budget]),
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
    admission(options.rateLimits, options.admissions, clock),
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
