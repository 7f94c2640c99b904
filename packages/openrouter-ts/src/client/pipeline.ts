import type { Middleware } from '../pipeline/middleware.ts';
import { recordAttempts } from '../pipeline/record-attempts.ts';
import { deadline } from '../resilience/deadline.ts';
import type { TimeoutOptions } from '../resilience/timeout-options.ts';
import { timeouts } from '../resilience/timeouts.ts';
import type { Clock } from '../util/clock.ts';

/** What the policies are told. */
export interface PipelineOptions {
  readonly clock: Clock;
  /** How long a call may take, in milliseconds, unless the call says otherwise. */
  readonly timeoutMs: number;
  readonly timeoutsFor: (request: { readonly stream: boolean }) => TimeoutOptions;
}

/**
 * The order every call passes through, outermost first; the exchange with the server is what they surround.
 *
 * @param options - what the policies are told
 * @returns the policies
 */
export function pipeline({ clock, timeoutMs, timeoutsFor }: PipelineOptions): readonly Middleware[] {
  return [
    // Bounds everything below it, waits between attempts included.
    deadline(timeoutMs, clock),
    // Notes each attempt with the verdict that left the timers.
    recordAttempts(clock),
    // Each attempt has its own timers.
    timeouts(timeoutsFor, clock),
  ];
}
