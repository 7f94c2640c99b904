import type { ChatCompletion } from '../wire/chat-completion.ts';
import type { Attempt } from './attempt.ts';
import type { Billing } from './billing.ts';
import type { Phase } from './phase.ts';

/**
 * Why a failure that another try might have mended was not tried again:
 *
 * - `attempts`: it had been tried as often as allowed
 * - `wait`: the wait would have been longer than `maxRetryWaitMs`, or than the time the call had left
 * - `budget`: too many calls of this client failed lately
 * - `load`: the part of the client that tries again could not be loaded
 */
export type RetryStop = 'attempts' | 'wait' | 'budget' | 'load';

/** What every failure can tell. A field that is not known is `undefined`. */
export interface ErrorDetails {
  /** What went wrong beneath, if something did. */
  readonly cause?: unknown;
  /** Whether the same request may succeed later; the answer to «shall I try again?». Default false. */
  readonly retryable?: boolean | undefined;
  /** How long to wait before trying again, in milliseconds, if the server said so. */
  readonly retryAfterMs?: number | undefined;
  /** How far the attempt had come. Default `unsent`. */
  readonly phase?: Phase | undefined;
  /** What the failed attempt may have cost. Default `none`. */
  readonly billing?: Billing | undefined;
  /** The id under which OpenRouter knows the attempt (`X-Generation-Id`, or the `id` of the answer): its cost can be asked for with it. */
  readonly generationId?: string | undefined;
  /** The completion as far as it had arrived. */
  readonly partial?: ChatCompletion | undefined;
  /** Every request that the call had made, the failed one last. */
  readonly attempts?: readonly Attempt[] | undefined;
  /** Why the client did not try again, where another try might have helped. */
  readonly retryStopped?: RetryStop | undefined;
}

const brand: unique symbol = Symbol.for('openrouter-ts.error');

/**
 * The root of every error that this library throws, besides the caller's own abort reason.
 * Each one carries its own verdict, so that no caller needs a table of status codes.
 */
export class OpenRouterError extends Error implements ErrorDetails {
  /** A stable name for the kind of failure, for `switch` and for logs. */
  readonly kind: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** How long to wait before trying again, in milliseconds, if the server said so. */
  readonly retryAfterMs: number | undefined;
  /** How far the attempt had come. */
  readonly phase: Phase;
  /** What the failed attempt may have cost. */
  readonly billing: Billing;
  /** The id under which OpenRouter knows the attempt. */
  readonly generationId: string | undefined;
  /** The completion as far as it had arrived. Not enumerable: an error that is logged does not spill the answer. */
  declare readonly partial: ChatCompletion | undefined;
  /** Every request that the call had made, the failed one last. */
  readonly attempts: readonly Attempt[];
  /** Why the client did not try again, where another try might have helped. */
  readonly retryStopped: RetryStop | undefined;

  /**
   * @param message - what was tried, what happened, what to do
   * @param kind - the kind of failure
   * @param details - what else is known
   */
  constructor(message: string, kind: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.kind = kind;
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs;
    this.phase = details.phase ?? 'unsent';
    this.billing = details.billing ?? 'none';
    this.generationId = details.generationId;
    this.attempts = details.attempts ?? [];
    this.retryStopped = details.retryStopped;
    Object.defineProperty(this, 'partial', { value: details.partial, configurable: true });
    Object.defineProperty(this, brand, {});
  }
}

/**
 * Tells whether a value is an error of this library, of whichever copy of it that is installed.
 *
 * @param value - anything that was caught
 * @returns true for every {@link OpenRouterError}, also one from another copy of the package
 */
export function isOpenRouterError(value: unknown): value is OpenRouterError {
  return value instanceof Error && brand in value;
}
