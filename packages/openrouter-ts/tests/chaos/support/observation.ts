import type { Attempt } from '../../../src/errors/attempt.ts';
import type { ResponseWarning } from '../../../src/http/outcome.ts';
import type { CallPlan } from './call-plan.ts';

/** What one caller saw of a call. */
export interface Observation {
  readonly plan: CallPlan;
  /** When it was made, by the clock that only grows. */
  readonly startedAtMs: number;
  /** When it was over: its promise had settled, and its stream, if there was one. */
  readonly settledAtMs: number;
  readonly ending: Ending;
  /** The pieces of text that were read, in order. */
  readonly pieces: readonly string[];
  /** The text of the whole answer, where one was given. */
  readonly completion: string | undefined;
  readonly warnings: readonly ResponseWarning[];
  readonly attempts: readonly Attempt[] | undefined;
  /** What the caller's signal was aborted with. */
  readonly reason: unknown;
  /** When it was. */
  readonly lostAtMs: number | undefined;
}

/**
 * How a call ended for its caller: well, by an error, by the caller's own leaving of the loop, or without the caller having looked.
 */
export type Ending =
  | { readonly how: 'success' }
  | { readonly how: 'failure'; readonly error: unknown }
  | { readonly how: 'left' }
  | { readonly how: 'unread'; readonly error: unknown };
