import { getEventListeners } from 'node:events';
import { OpenRouter } from '../../../src/index.ts';
import type { CallEvent } from '../../../src/telemetry/events.ts';
import { FakeClock, late, reply, Simulator, type Exchange, type RecordedRequest } from '../../../src/testing/index.ts';
import { maybe, seededRandom, seedOf } from './chance.ts';
import type { CallPlan } from './call-plan.ts';
import type { ClientPlan } from './client-plan.ts';
import type { History, Leftovers } from './history.ts';
import { makeCall, Patience } from './make-call.ts';
import type { Observation } from './observation.ts';
import { recorded, type SentResponse } from './sent-response.ts';

/** After so long nothing is remembered of a limit, in milliseconds. */
const forgottenMs = 200_000;

const instant = reply({ content: 'Here.', keepAlives: 0 });

/** Plays all calls of a client against a simulator, on a clock of their own. */
export async function playClient(plan: ClientPlan): Promise<History> {
  const clock = new FakeClock();
  const server = new ChaosServer(plan, clock);
  const events: CallEvent[] = [];
  const client = clientOf(plan, server, clock, events);
  await warmUp(client);
  events.length = 0;
  const patiences: Patience[] = [];
  const observations: Observation[] = [];
  const playGroup = async (calls: readonly CallPlan[], shared: Patience | undefined): Promise<void> => {
    const made = calls.map((call) => {
      const patience = shared ?? new Patience(clock);
      patiences.push(patience);
      return makeCall(call, { client, clock, patience });
    });
    observations.push(...(await Promise.all(made)));
  };
  const playAll = async (): Promise<void> => {
    for (const [index, calls] of plan.groups.entries()) {
      const shares = maybe(seededRandom(seedOf(plan.seed, 9, index)), 0.1);
      await playGroup(calls, shares ? new Patience(clock) : undefined);
    }
  };
  await clock.runUntil(playAll());
  const left = {
    timers: clock.pendingTimers,
    listeners: patiences.reduce((sum, { signal }) => sum + getEventListeners(signal, 'abort').length, 0),
    openRequests: server.requests.filter(({ state }) => state === 'open').map(({ number }) => number),
    waiting: client.rateLimit.throttles.reduce((sum, { waiting }) => sum + waiting, 0),
  };
  const { sent, arrivals, crowd } = server;
  const seen = { plan, observations, sent, arrivals: [...arrivals], crowd, events: [...events] };
  return { ...seen, left: { ...left, freeSlots: await freeSlots(client, plan, clock, server) } };
}

/** Lets a client load whatever it loads when it is needed: that takes time which the clock of a test does not count. */
async function warmUp(client: OpenRouter): Promise<void> {
  const request = { model: 'chaos/probe', messages: [{ role: 'user', content: 'Are you there?' }] } as const;
  await client.chat.create(request, { fallbackModels: ['chaos/another-probe'] });
  await (await client.chat.stream(request, { failover: 'restart' })).completion();
}

function clientOf(plan: ClientPlan, server: ChaosServer, clock: FakeClock, events: CallEvent[]): OpenRouter {
  const note = (event: CallEvent): void => {
    events.push(event);
  };
  const { maxConcurrency, requestsPerMinute, ...settings } = plan.settings;
  return new OpenRouter({
    ...settings,
    ...plan.others,
    ...(maxConcurrency !== Infinity && { maxConcurrency }),
    ...(requestsPerMinute !== Infinity && { rateLimit: { requestsPerMinute } }),
    apiKey: 'sk-or-v1-chaos',
    transport: server.transport,
    clock,
    random: seededRandom(seedOf(plan.seed, 7)),
    hooks: {
      onRequest: note,
      onAttempt: note,
      onRetry: note,
      onFallback: note,
      onFirstToken: note,
      onFinish: note,
      onError: note,
    },
  });
}

/** The simulator, which does to each request what was planned for it. */
class ChaosServer {
  readonly sent = new Map<number, SentResponse[]>();
  readonly arrivals: number[] = [];
  crowd = 0;
  readonly #simulator: Simulator;
  readonly #clock: FakeClock;
  readonly #calls: ReadonlyMap<number, CallPlan>;
  #live: readonly RecordedRequest[] = [];

  constructor({ groups, seed }: ClientPlan, clock: FakeClock) {
    this.#clock = clock;
    this.#calls = new Map(groups.flat().map((call) => [call.number, call]));
    this.#simulator = new Simulator({ clock, seed });
    this.#simulator.when(
      () => true,
      (exchange) => this.#respond(exchange),
    );
  }

  get transport(): Simulator['transport'] {
    return this.#simulator.transport;
  }

  get requests(): readonly RecordedRequest[] {
    return this.#simulator.requests;
  }

  #respond(exchange: Exchange): ReturnType<typeof recorded> {
    const { request } = exchange;
    const call = this.#calls.get(Number(request.headers['x-call']));
    if (call === undefined) return this.#probe(exchange);
    this.arrivals.push(this.#clock.now());
    this.#live = [...this.#live.filter(({ state }) => state === 'open'), request];
    this.crowd = Math.max(this.crowd, this.#live.length);
    const before = this.sent.get(call.number) ?? [];
    this.sent.set(call.number, before);
    return recorded(call.responseTo(before.length), exchange, (sent) => before.push(sent));
  }

  /** Answers a call that is none of those that were planned: at once until the first of them comes, and later with a wait. */
  #probe(exchange: Exchange): ReturnType<typeof recorded> {
    return (this.arrivals.length === 0 ? instant : late(instant, 100))(exchange);
  }
}

/** Counts how many calls are let through at once when nothing else is under way. */
async function freeSlots(
  client: OpenRouter,
  { settings: { maxConcurrency } }: ClientPlan,
  clock: FakeClock,
  server: ChaosServer,
): Promise<Leftovers['freeSlots']> {
  if (maxConcurrency === Infinity) return Infinity;
  await clock.advance(forgottenMs);
  const before = server.requests.length;
  const request = { model: 'chaos/probe', messages: [{ role: 'user', content: 'Are you still there?' }] } as const;
  const calls = Array.from({ length: maxConcurrency + 2 }, () => client.chat.create(request, { timeoutMs: 600_000 }));
  await clock.advance(0);
  const free = server.requests.length - before;
  await clock.runUntil(Promise.all(calls));
  return free;
}
