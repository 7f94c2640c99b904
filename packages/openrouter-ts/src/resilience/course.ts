import { addDetails } from '../errors/add-details.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { isApiError, isRateLimitError } from '../errors/is-api-error.ts';
import { isOpenRouterError, type OpenRouterError, type RetryStop } from '../errors/open-router-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Outcome } from '../http/outcome.ts';
import type { Handler } from '../pipeline/middleware.ts';
import { delay } from '../util/delay.ts';
import { backoffMs, hintedMs, throttleBackoff, transientBackoff } from './backoff.ts';
import { retriesAllowed } from './retries-allowed.ts';
import type { RetryOptions } from './retry-options.ts';

/** The network before OpenRouter refuses whole addresses, and for longer. */
const edgeFloorMs = 30_000;

interface Wait {
  readonly ms: number;
  /** Whether the server said how long. */
  readonly hinted: boolean;
}

/** The way of one call from its first failure on. */
export class Course {
  readonly #request: ApiRequest;
  readonly #options: RetryOptions;
  readonly #maxRetries: number;
  /** The failures that get one more try, and have had it. */
  readonly #triedOnce = new Set<string>();
  #retries = 0;
  #reconnected = false;
  #charged = false;

  /**
   * @param request - the call
   * @param options - how often and how it may be tried again
   */
  constructor(request: ApiRequest, options: RetryOptions) {
    this.#request = request;
    this.#options = options;
    this.#maxRetries = request.settings.maxRetries ?? options.maxRetries;
  }

  /**
   * Goes on after a failure.
   *
   * @param first - the failure
   * @param next - tries once
   * @returns the first good outcome
   * @throws the failure after which another try is not worth it, or not allowed
   */
  async goOn<Value>(first: unknown, next: Handler<Value>): Promise<Outcome<Value>> {
    let error = first;
    for (;;) {
      await this.#until(error);
      try {
        const outcome = await next(this.#request);
        if (outcome.response.warnings.includes('empty')) return await this.lookAgain(outcome, next);
        this.#succeeded();
        return outcome;
      } catch (another) {
        error = another;
      }
    }
  }

  /**
   * Tries once more after an answer without any output: it was not billed, and is often followed by a good one; if it is not, it is given as it came.
   *
   * @param empty - the answer
   * @param next - tries once
   * @returns the better of the two
   */
  async lookAgain<Value>(empty: Outcome<Value>, next: Handler<Value>): Promise<Outcome<Value>> {
    const { usage } = await empty.settled;
    const ms = backoffMs(this.#retries, transientBackoff, this.#options.random);
    if ((usage?.completion_tokens ?? 0) > 0 || this.#isOver || !this.#isInTime(ms)) return empty;
    if (!this.#options.budget.spend()) return empty;
    this.#charged = true;
    await this.#wait(ms);
    try {
      const outcome = await next(this.#request);
      this.#succeeded();
      return outcome;
    } catch {
      this.#request.scope.throwIfAborted();
      return empty;
    }
  }

  #succeeded(): void {
    if (this.#charged) this.#options.budget.refund();
  }

  /** Returns when it is time to try again. */
  async #until(error: unknown): Promise<void> {
    const { scope, attempts, events } = this.#request;
    scope.throwIfAborted();
    if (!isOpenRouterError(error)) throw error;
    // The server had closed the connection before the request reached it: this is no failure of the call.
    if (error instanceof ConnectionError && error.staleConnection && !this.#reconnected) {
      this.#reconnected = true;
      events?.({ type: 'retry', attempt: attempts.length, waitMs: 0, hinted: false, error });
      return;
    }
    const allowed = retriesAllowed(error, this.#request, this.#options.ambiguous);
    if (allowed === 0) throw error;
    const wait = this.#waitAfter(error);
    const retryStopped = this.#stop(error, wait, allowed);
    if (retryStopped !== undefined) throw addDetails(error, { retryStopped });
    events?.({ type: 'retry', attempt: attempts.length, waitMs: wait.ms, hinted: wait.hinted, error });
    await this.#wait(wait.ms);
  }

  #stop(error: OpenRouterError, wait: Wait, allowed: number): RetryStop | undefined {
    const kind = error.phase === 'sent' ? 'sent' : `${error.kind} ${isApiError(error) ? error.status : ''}`;
    if (this.#isOver || (allowed === 1 && this.#triedOnce.has(kind))) return 'attempts';
    if (leastMs(error) > this.#options.maxRetryWaitMs || !this.#isInTime(wait.ms)) return 'wait';
    // Waiting as long as the server asked does it no harm.
    this.#charged = !(wait.hinted && isRateLimitError(error));
    if (this.#charged && !this.#options.budget.spend()) return 'budget';
    if (allowed === 1) this.#triedOnce.add(kind);
    return undefined;
  }

  #waitAfter(error: OpenRouterError): Wait {
    const { random } = this.#options;
    const least = leastMs(error);
    if (least > 0) return { ms: hintedMs(least, random), hinted: (error.retryAfterMs ?? 0) > 0 };
    const backoff = isRateLimitError(error) ? throttleBackoff : transientBackoff;
    return { ms: backoffMs(this.#retries, backoff, random), hinted: false };
  }

  async #wait(ms: number): Promise<void> {
    const { attempts, scope } = this.#request;
    const last = attempts.pop();
    if (last !== undefined) attempts.push({ ...last, waitMs: ms });
    await delay(ms, { clock: this.#options.clock, scope });
    this.#retries += 1;
  }

  /** Whether it has been tried as often as allowed. */
  get #isOver(): boolean {
    return this.#retries >= this.#maxRetries;
  }

  #isInTime(waitMs: number): boolean {
    return this.#options.clock.now() + waitMs < (this.#request.deadlineAt ?? Infinity);
  }
}

/** What the server asks for; nothing less than the floor where the network before OpenRouter refused. */
function leastMs(error: OpenRouterError): number {
  const hint = error.retryAfterMs ?? 0;
  return isRateLimitError(error) && error.scope === 'edge' ? Math.max(hint, edgeFloorMs) : hint;
}
