import type { ApiRequest } from '../http/api-request.ts';
import { operationName } from '../http/read-context.ts';
import { failuresPart } from '../http/read-failure.ts';
import type { Clock } from '../util/clock.ts';
import type { Lane, RateLimits } from './rate-limits.ts';
import { WaitQueue } from './wait-queue.ts';

/** The calls that wait to ask the same model: they have the same lanes, so that none can go before the first of them. */
interface Group {
  readonly lanes: readonly Lane[];
  readonly queue: WaitQueue;
}

/** What a call says when it wants to send. */
export type Applicant = Pick<ApiRequest, 'method' | 'path' | 'scope' | 'deadlineAt'>;

/**
 * Calls that wait until they may send: until a slot is free and every lane lets them go. Both are taken at that moment and not before, so that nobody
 * holds a slot while it waits for a lane, and what a lane counts is what is sent. Of those that may go, the one that came first goes first.
 */
export class AdmissionQueue {
  /** Whether slots have to be given back. */
  readonly isLimited: boolean;
  readonly #limits: RateLimits;
  readonly #clock: Clock;
  readonly #groups = new Map<string | undefined, Group>();
  #slots: number;
  #tickets = 0;
  #cancelTimer: (() => void) | undefined;

  /**
   * @param slots - how many requests may be under way at once; `Infinity` for no limit
   * @param limits - the lanes
   * @param clock - the clock that counts
   */
  constructor(slots: number, limits: RateLimits, clock: Clock) {
    this.isLimited = slots !== Infinity;
    this.#slots = slots;
    this.#limits = limits;
    this.#clock = clock;
  }

  /**
   * Waits until a request may be sent, and takes its slot.
   *
   * @param model - the model that it asks for
   * @param request - its scope ends the wait; its deadline may make it pointless
   * @param now - the time, by the clock's `now`
   * @returns a promise that resolves when it may be sent, or nothing where it may be sent now
   * @throws RateLimitError when its turn would come after its deadline
   * @throws the scope's reason, at once when it ends
   */
  admit(model: string | undefined, request: Applicant, now: number): Promise<void> | undefined {
    const lanes = this.#limits.lanesFor(model);
    request.scope.throwIfAborted();
    if (this.#groups.size === 0 && this.#slots > 0 && waitMs(lanes, now) === 0) {
      this.#take(lanes, now);
      return undefined;
    }
    return tooLate(lanes, request, now) ?? this.#join(model, lanes, request);
  }

  /** Gives a slot back. */
  giveBack(): void {
    this.#slots += 1;
    this.letGo();
  }

  /** Lets everybody go who may; to be called when a lane has become faster, or slower. */
  letGo(): void {
    if (this.#groups.size === 0) return;
    this.#stop();
    const now = this.#clock.now();
    while (this.#slots > 0) {
      const { first, soonestMs } = this.#look(now);
      if (first === undefined) {
        this.#wake(soonestMs);
        return;
      }
      this.#take(first.lanes, now);
      first.queue.release();
    }
  }

  #join(model: string | undefined, lanes: readonly Lane[], { scope }: Applicant): Promise<void> {
    const group = this.#groups.get(model) ?? { lanes, queue: new WaitQueue() };
    this.#groups.set(model, group);
    for (const lane of group.lanes) lane.waiting += 1;
    this.#tickets += 1;
    const turn = group.queue.join(this.#tickets, scope, () => {
      for (const lane of group.lanes) lane.waiting -= 1;
      if (group.queue.ticket === Infinity) this.#groups.delete(model);
      if (this.#groups.size === 0) this.#stop();
    });
    this.letGo();
    return turn;
  }

  /** Finds who goes next, or how long nobody can. */
  #look(now: number): { readonly first: Group | undefined; readonly soonestMs: number } {
    let first: Group | undefined;
    let soonestMs = Infinity;
    for (const group of this.#groups.values()) {
      const ms = waitMs(group.lanes, now);
      if (ms > 0) soonestMs = Math.min(soonestMs, ms);
      else if (first === undefined || group.queue.ticket < first.queue.ticket) first = group;
    }
    return { first, soonestMs };
  }

  #take(lanes: readonly Lane[], now: number): void {
    this.#slots -= 1;
    for (const { pace } of lanes) pace.take(now);
  }

  #wake(ms: number): void {
    if (ms === Infinity) return;
    const wake = (): void => {
      this.letGo();
    };
    this.#cancelTimer = this.#clock.setTimer(wake, ms, true);
  }

  #stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}

function waitMs(lanes: readonly Lane[], now: number): number {
  let longest = 0;
  for (const { pace } of lanes) longest = Math.max(longest, pace.waitMs(now));
  return longest;
}

/** Whoever would be sent away by the deadline need not wait for it. */
function tooLate(lanes: readonly Lane[], request: Applicant, now: number): Promise<never> | undefined {
  const { deadlineAt = Infinity } = request;
  for (const { of, pace, waiting } of lanes) {
    const retryAfterMs = pace.waitMs(now, waiting);
    if (now + retryAfterMs < deadlineAt) continue;
    const whose = of === 'all' || of === 'free' ? `its limit for ${of} requests` : `what ${of} was found to take`;
    return failuresPart.load(request.scope).then(({ RateLimitError }) => {
      throw new RateLimitError(
        `${operationName(request)} was not sent: this client keeps to ${whose}, and its turn would come in ${Math.ceil(retryAfterMs / 1000)} s, after its deadline. Send less at once, or raise timeoutMs.`,
        { status: 429, scope: of === 'free' ? 'account-minute' : 'unknown', retryable: true, retryAfterMs },
      );
    });
  }
  return undefined;
}
