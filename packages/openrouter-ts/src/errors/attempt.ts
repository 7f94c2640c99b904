import type { Billing } from './billing.ts';
import type { Phase } from './phase.ts';

/** One HTTP request that a call made, as the trail on results and errors tells it. */
export interface Attempt {
  /** Counts from 1. */
  readonly number: number;
  /** The model that was asked for, if the request named one. */
  readonly model?: string | undefined;
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** How long it took until it failed, or until its answer was there (for a stream: its first output), in milliseconds. */
  readonly durationMs: number;
  /** The status of the answer, or of the failure inside it. */
  readonly status?: number | undefined;
  /** `X-Generation-Id`, or the `id` of the answer. */
  readonly generationId?: string | undefined;
  /** The kind of the failure, if it failed. */
  readonly failure?: string | undefined;
  /** How far it had come when it failed. */
  readonly phase?: Phase | undefined;
  /** What it may have cost, if it failed. */
  readonly billing?: Billing | undefined;
  /** How long the client waited after it, in milliseconds, before the next one. */
  readonly waitMs?: number | undefined;
}
