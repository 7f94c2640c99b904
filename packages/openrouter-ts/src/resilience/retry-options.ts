import type { Clock } from '../util/clock.ts';
import type { Random } from '../util/random.ts';
import type { RetryAmbiguous } from './retries-allowed.ts';
import type { RetryBudget } from './retry-budget.ts';

/** How failures are survived. */
export interface RetryOptions {
  /** How often a call may be tried again, unless it says otherwise itself. */
  readonly maxRetries: number;
  readonly ambiguous: RetryAmbiguous;
  /** The longest wait that a server may ask for, in milliseconds; a call that would have to wait longer fails at once. */
  readonly maxRetryWaitMs: number;
  /** What all calls of the client share. */
  readonly budget: RetryBudget;
  readonly clock: Clock;
  readonly random: Random;
}
