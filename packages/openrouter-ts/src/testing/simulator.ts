import type { Transport } from '../http/transport.ts';
import { toNumber } from '../cost/decimal.ts';
import { Account } from './billing/account.ts';
import { GenerationLedger } from './billing/generation-ledger.ts';
import type { SimulatedGeneration } from './billing/generation-ledger.ts';
import { route } from './endpoints/route.ts';
import type { Exchange, OpenExchange, SimulatedResponse } from './exchange.ts';
import { inProcessTransport } from './in-process-transport.ts';
import { recordRequest } from './recorded-request.ts';
import type { IncomingRequest, RecordedRequest } from './recorded-request.ts';
import { loadAllParts } from './load-all-parts.ts';
import { matches } from './request-matcher.ts';
import type { RequestMatcher } from './request-matcher.ts';
import { randomText, seededRandom } from './seeded-random.ts';
import { simulatedFetch } from './simulated-fetch.ts';
import { settingsOf } from './simulator-options.ts';
import type { SimulatorOptions, SimulatorSettings } from './simulator-options.ts';

interface Rule {
  readonly matcher: RequestMatcher;
  readonly response: SimulatedResponse;
  timesLeft: number;
}

/**
 * The OpenRouter API without OpenRouter: it answers, streams, bills, fails and records, all from a seed and all in this process. No model
 * is behind it, and its answers say so.
 *
 * Give its `transport` or its `fetch` to a client, or put it behind a port with `startSimulatorServer`.
 */
export class Simulator {
  /** The simulator as a transport of this library's client. */
  readonly transport: Transport;
  /** The simulator as a `fetch`, for any other client. */
  readonly fetch: typeof globalThis.fetch;
  readonly #settings: SimulatorSettings;
  readonly #ledger: GenerationLedger;
  readonly #account: Account;
  readonly #requests: RecordedRequest[] = [];
  readonly #rules: Rule[] = [];
  readonly #next: SimulatedResponse[] = [];
  #waiting: readonly Waiting[] = [];
  #received = 0;

  /**
   * Starts an API of its own: simulators share nothing. From then on the client has all its parts, as with a FakeClock.
   *
   * @param options - the catalogue, the seed, the clock, the pace and the like; everything has a default
   */
  constructor(options: SimulatorOptions = {}) {
    loadAllParts();
    this.#settings = settingsOf(options);
    this.#ledger = new GenerationLedger(this.#settings.remember);
    this.#account = new Account(options.creditsUsd);
    this.transport = inProcessTransport((request) => this.open(request));
    this.fetch = simulatedFetch(this.transport);
  }

  /** Every request so far that is remembered, in the order in which they arrived. */
  get requests(): readonly RecordedRequest[] {
    return this.#requests;
  }

  /** Every answer that was billed, in the order in which they ended. */
  get generations(): readonly SimulatedGeneration[] {
    return this.#ledger.generations;
  }

  /** The sum of all bills, in USD: exact before it is made a number. */
  get spentUsd(): number {
    return toNumber(this.#ledger.spent);
  }

  /**
   * Buys credits for the account, if it was given a number of them.
   *
   * @param usd - for how much
   * @returns the simulator
   */
  buyCredits(usd: number): this {
    this.#account.buy(usd);
    return this;
  }

  /**
   * Says what happens to the requests that come next, one after the other, whatever they ask for.
   *
   * @param responses - one for each request
   * @returns the simulator
   */
  next(...responses: readonly SimulatedResponse[]): this {
    this.#next.push(...responses);
    return this;
  }

  /**
   * Says what happens to some requests. It comes before what {@link Simulator.next} says; of several that fit, the latest counts.
   *
   * @param matcher - which requests
   * @param response - what happens to them
   * @param options - how many of them; default: all
   * @returns the simulator
   */
  when(matcher: RequestMatcher, response: SimulatedResponse, options: { readonly times?: number } = {}): this {
    this.#rules.unshift({ matcher, response, timesLeft: options.times ?? Number.POSITIVE_INFINITY });
    return this;
  }

  /**
   * Waits until so many requests have arrived in all.
   *
   * @param count - how many
   * @returns the request that completed the number
   */
  received(count: number): Promise<RecordedRequest> {
    const there = this.#requests.find((request) => request.number === count);
    if (there !== undefined) return Promise.resolve(there);
    return new Promise((resolve) => {
      this.#waiting = [...this.#waiting, { count, resolve }];
    });
  }

  /**
   * Takes a request. This is for adapters, which play the steps to their client; tests use `transport`, `fetch` or the server.
   *
   * @param request - what arrived
   * @returns the record of the request and the steps of the response
   */
  open(request: IncomingRequest): OpenExchange {
    const { clock, remember } = this.#settings;
    this.#received += 1;
    const record = recordRequest(request, this.#received, clock.now());
    this.#requests.push(record.request);
    if (this.#requests.length > remember) this.#requests.shift();
    for (const { count, resolve } of this.#waiting) if (count === this.#received) resolve(record.request);
    this.#waiting = this.#waiting.filter(({ count }) => count > this.#received);
    const exchange = this.#exchange(record.request);
    const response = this.#scripted(record.request) ?? exchange.usual;
    return { record, clock, steps: response(exchange)[Symbol.iterator]() };
  }

  #exchange(request: RecordedRequest): Exchange {
    const { clock, seed } = this.#settings;
    // Mixed with the request's number, so that what one exchange draws does not depend on what goes on beside it.
    const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(request.number, 0x85ebca6b));
    const generationId = `gen-${Math.floor(clock.epochMs() / 1_000)}-${randomText(random, 20)}`;
    const exchange: Exchange = {
      request,
      random,
      generationId,
      clock,
      settings: this.#settings,
      ledger: this.#ledger,
      account: this.#account,
      usual: () => route(exchange)(exchange),
    };
    return exchange;
  }

  #scripted(request: RecordedRequest): SimulatedResponse | undefined {
    const rule = this.#rules.find(({ matcher, timesLeft }) => timesLeft > 0 && matches(matcher, request));
    if (rule === undefined) return this.#next.shift();
    rule.timesLeft -= 1;
    return rule.response;
  }
}

interface Waiting {
  readonly count: number;
  readonly resolve: (request: RecordedRequest) => void;
}
