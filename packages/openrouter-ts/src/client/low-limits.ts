import { checkPositive } from '../pipeline/check-positive.ts';
import { tellQuietly } from '../util/tell-quietly.ts';
import type { LimitFigure, LimitsReport } from './limits-report.ts';

/** Below what somebody wants to be told. */
export interface LimitThresholds {
  /** Dollars of credit, of the key or of the account, whichever is less. */
  readonly creditBelowUsd?: number | undefined;
  /** Requests to free models, of those of today. */
  readonly freeRequestsBelow?: number | undefined;
}

/** A limit has fallen below a threshold. */
export interface LowLimitEvent {
  /** Which limit it is. */
  readonly type: 'credit-low' | 'free-requests-low';
  /** What is left: dollars or requests. */
  readonly remaining: number;
  /** The threshold. */
  readonly below: number;
  /** What is known of the limit. */
  readonly figure: LimitFigure;
}

/**
 * Watches reports for limits that fall below their thresholds.
 *
 * @param thresholds - which limits, and when
 * @param listener - told once of each fall; again after the limit has recovered. One that throws, or whose promise rejects, disturbs nothing
 * @returns a function to be called with each report
 * @throws ConfigError when a threshold is not a number above zero
 */
export function watchForLow(
  thresholds: LimitThresholds,
  listener: (event: LowLimitEvent) => unknown,
): (report: LimitsReport) => void {
  checkPositive('creditBelowUsd', thresholds.creditBelowUsd);
  checkPositive('freeRequestsBelow', thresholds.freeRequestsBelow);
  const credit = fallDetector('credit-low', thresholds.creditBelowUsd, listener);
  const free = fallDetector('free-requests-low', thresholds.freeRequestsBelow, listener);
  return ({ creditUsd, freeRequests }) => {
    credit(creditUsd);
    free(freeRequests);
  };
}

function fallDetector(
  type: LowLimitEvent['type'],
  below: number | undefined,
  listener: (event: LowLimitEvent) => unknown,
): (figure: LimitFigure | undefined) => void {
  let low = false;
  return (figure) => {
    const remaining = figure?.remaining;
    // What is not known has neither fallen nor recovered.
    if (below === undefined || figure === undefined || remaining === undefined) return;
    const fell = remaining < below && !low;
    low = remaining < below;
    if (fell) tellQuietly(listener, { type, remaining, below, figure });
  };
}
