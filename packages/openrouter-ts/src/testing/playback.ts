import { AbortScope } from '../util/abort-scope.ts';
import { delay } from '../util/delay.ts';
import type { OpenExchange } from './exchange.ts';
import type { RequestState } from './recorded-request.ts';
import type { HangStep, Step, WaitStep } from './step.ts';

/** A step that an adapter has to do something for. */
export type VisibleStep = Exclude<Step, WaitStep | HangStep>;

/** Asks to be told when the client goes away; what it returns takes that back. */
export type FollowClient = (listener: (reason: unknown) => void) => () => void;

/** The steps of one exchange, taken in time. An adapter gives them their form: a transport's or a socket's. */
export class Playback {
  readonly #exchange: OpenExchange;
  readonly #scope = new AbortScope();
  readonly #forget: () => void = () => undefined;
  #first: Step | undefined;
  #ended = false;
  #underWay = false;

  /**
   * @param exchange - what is played
   * @param follow - how to learn that the client goes away
   */
  constructor(exchange: OpenExchange, follow: FollowClient) {
    this.#exchange = exchange;
    this.#scope.onAbort(() => this.end('closedByClient'));
    this.#forget = follow((reason) => {
      this.#scope.abort(reason);
    });
    this.#first = this.#take();
  }

  /** The code of the error if there is no connection at all. */
  get refusal(): string | undefined {
    return this.#first?.type === 'refuse' ? this.#first.code : undefined;
  }

  /**
   * Plays waits and silences, up to the next step that shows.
   *
   * @returns the step; `end` when there are no more
   * @throws the reason for which the client goes away
   */
  async next(): Promise<VisibleStep> {
    for (;;) {
      this.#scope.throwIfAborted();
      const step = this.#first ?? this.#take();
      this.#first = undefined;
      if (step.type !== 'hang' && step.type !== 'wait') {
        if (step.type !== 'write' || step.data.length > 0) return step;
        continue;
      }
      this.#underWay = true;
      await (step.type === 'hang' ? this.#silence() : this.#wait(step.ms));
      this.#underWay = false;
    }
  }

  /**
   * Notes that a piece of the body went out.
   *
   * @param bytes - how long it was
   */
  sent(bytes: number): void {
    this.#exchange.record.sent(bytes);
  }

  /** The client needs no more. If nothing but the end was left, the exchange is complete; otherwise the client has closed it. */
  stopReading(): void {
    if (this.#ended) return;
    const complete = !this.#underWay && (this.#first ?? this.#take()).type === 'end';
    this.end(complete ? 'complete' : 'closedByClient');
    this.#scope.abort(new Error('The client stopped reading.'));
  }

  /**
   * The exchange is over. Only the first call counts.
   *
   * @param state - how it ended
   */
  end(state: Exclude<RequestState, 'open'>): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#forget();
    this.#exchange.steps.return?.();
    this.#exchange.record.end(state);
  }

  #take(): Step {
    if (this.#ended) return { type: 'end' };
    const step = this.#exchange.steps.next();
    return step.done === true ? { type: 'end' } : step.value;
  }

  async #wait(ms: number): Promise<void> {
    if (ms > 0) await delay(ms, { clock: this.#exchange.clock, scope: this.#scope });
  }

  #silence(): Promise<never> {
    return new Promise((_, reject) => {
      this.#scope.onAbort(reject);
    });
  }
}
