import { describe, expect } from 'vitest';
import { BudgetExceededError, OpenRouter, OpenRouterError, type Clock } from '../../src/index.ts';
import { FakeClock, seededRandom, Simulator } from '../../src/testing/index.ts';
import { stall, until, type ScriptedStep } from '../../src/testing/server/index.ts';
import { answering } from '../support/answering.ts';
import { deferred } from '../support/deferred.ts';
import { anyStream, anyWay, failureOf, fault, faultKey, faultQuestion } from '../support/fault.ts';
import { bodyEnd, failure, hello, pieces, streamHead } from '../support/scripted-answers.ts';
import { done, finish, text } from '../support/sse-text.ts';

/** A server that takes so many requests a second; what it has not taken is not saved up for longer than a second. */
class BucketServer {
  perSecond: number;
  /** When requests were taken and refused, in milliseconds. */
  readonly taken: number[] = [];
  readonly refused: number[] = [];
  readonly #clock: Clock;
  #tokens: number;
  #filledAt = 0;

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.perSecond = perSecond;
    this.#tokens = perSecond;
  }

  readonly status = (): number => {
    const now = this.#clock.now();
    this.#tokens = Math.min(this.perSecond, this.#tokens + ((now - this.#filledAt) / 1_000) * this.perSecond);
    this.#filledAt = now;
    const takes = this.#tokens >= 1;
    if (takes) this.#tokens -= 1;
    (takes ? this.taken : this.refused).push(now);
    return takes ? 200 : 429;
  };

  /** How many requests a second were taken between two moments, in seconds. */
  rateBetween(from: number, to: number): number {
    return this.taken.filter((at) => at >= from * 1_000 && at < to * 1_000).length / (to - from);
  }
}

/** Asks again and again from many places at once, until a moment by the clock. Each call takes a hundredth of a second at least. */
async function work(client: OpenRouter, clock: FakeClock, untilMs: number, workers = 40): Promise<void> {
  const loop = async (): Promise<void> => {
    while (clock.now() < untilMs) {
      await client.chat.create(faultQuestion).catch(() => undefined);
      await new Promise<void>((resolve) => void clock.setTimer(resolve, 10));
    }
  };
  await clock.runUntil(Promise.all(Array.from({ length: workers }, loop)));
}

describe('Many calls', () => {
  fault(
    'F16',
    {
      title: 'the budget for retries, which all calls share, is used up',
      result: 'the failure at once, with `retryStopped: budget`',
      retry: 'no',
    },
    anyWay,
    async ({ client, serve, failsAs, clock }) => {
      const server = await serve([failure(503, { code: 503, message: 'down' })]);
      const one = client(server);
      let calls = 0;
      let last: unknown;
      while (!(last instanceof OpenRouterError && last.retryStopped === 'budget') && calls < 100) {
        calls += 1;
        last = await one.chat.create(faultQuestion).then(
          () => undefined,
          (error: unknown) => error,
        );
      }
      const before = server.requests.length;
      const waits = clock.waits.length;
      await failsAs(one.chat.create(faultQuestion), OpenRouterError, { retryStopped: 'budget', status: 503 });
      expect([server.requests.length - before, clock.waits.length - waits]).toEqual([1, 0]);
    },
  );

  fault(
    'F16',
    {
      title: 'the budget for money has less left than the request may cost',
      result: 'BudgetExceededError with the figures, and nothing is sent that costs money',
      phase: 'unsent',
      retry: 'no',
      bill: 'none',
    },
    anyWay,
    async ({ client }) => {
      const simulator = new Simulator();
      const options = { transport: simulator.transport, budget: { usd: '0.000001' } };
      const error = await failureOf(client('http://127.0.0.1/api/v1', options).chat.create(faultQuestion));
      expect(error).toBeInstanceOf(BudgetExceededError);
      expect(error).toMatchObject({
        budget: 'client',
        limitUsd: 0.000001,
        spentUsd: 0,
        phase: 'unsent',
        billing: 'none',
      });
      expect(simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    },
  );

  fault(
    'F131',
    {
      title: '1,000 calls at once, and a server that is down',
      phase: 'answered',
      result:
        'at most 1,050 requests in all, and the retries are spread: never more than 15 % within a tenth of a second',
    },
    anyWay,
    async () => {
      const clock = new FakeClock();
      const times: number[] = [];
      const transport = answering(() => {
        times.push(clock.now());
        return 503;
      });
      const client = new OpenRouter({ apiKey: faultKey, transport, clock, random: seededRandom(131) });
      const calls = Array.from({ length: 1_000 }, () =>
        client.chat.create(faultQuestion).catch((error: unknown) => error),
      );
      const failures = await clock.runUntil(Promise.all(calls));
      for (const failed of failures) expect(failed).toMatchObject({ kind: 'provider', status: 503 });
      expect(times.length).toBeGreaterThan(1_000);
      expect(times.length).toBeLessThanOrEqual(1_050);
      const buckets = new Map<number, number>();
      for (const at of times.filter((time) => time > 0))
        buckets.set(Math.floor(at / 100), (buckets.get(Math.floor(at / 100)) ?? 0) + 1);
      expect(Math.max(...buckets.values())).toBeLessThanOrEqual(150);
      expect(buckets.size).toBeGreaterThan(3);
    },
  );

  fault(
    'F132',
    {
      title: 'one request in ten fails, over 10,000 calls',
      phase: 'answered',
      result: 'at least 99 % of the calls succeed, with at most 1.12 requests a call',
    },
    anyWay,
    async () => {
      const clock = new FakeClock();
      const random = seededRandom(132);
      let requests = 0;
      const transport = answering(() => {
        requests += 1;
        return random() < 0.1 ? 503 : 200;
      });
      const client = new OpenRouter({ apiKey: faultKey, transport, clock, random: seededRandom(1) });
      let succeeded = 0;
      for (let round = 0; round < 100; round += 1) {
        const calls = Array.from({ length: 100 }, () =>
          client.chat.create(faultQuestion).then(
            () => (succeeded += 1),
            () => undefined,
          ),
        );
        await clock.runUntil(Promise.all(calls));
      }
      expect(succeeded).toBeGreaterThanOrEqual(9_900);
      expect(requests).toBeLessThanOrEqual(11_200);
    },
  );

  fault(
    'F133',
    {
      title: 'the server takes 20 requests a second, and the callers want more',
      phase: 'answered',
      result:
        'the client finds the rate within 15 seconds: it uses at least half of it, and hardly anything is refused any more',
    },
    anyWay,
    async () => {
      const clock = new FakeClock();
      const server = new BucketServer(clock, 20);
      const client = new OpenRouter({
        apiKey: faultKey,
        transport: answering(server.status),
        clock,
        random: seededRandom(133),
      });
      await work(client, clock, 60_000);
      const rate = server.rateBetween(15, 60);
      expect(rate).toBeGreaterThanOrEqual(10);
      expect(rate).toBeLessThanOrEqual(20.5);
      const late = server.refused.filter((at) => at >= 15_000 && at < 60_000).length;
      expect(late / (late + rate * 45)).toBeLessThanOrEqual(0.05);
    },
  );

  fault(
    'F134',
    {
      title: "the server's limit falls from plenty to 10 requests a second, and comes back",
      phase: 'answered',
      result: 'the client follows, and has at least doubled its rate 20 seconds after the limit is gone',
    },
    anyWay,
    async () => {
      const clock = new FakeClock();
      const server = new BucketServer(clock, 10_000);
      const client = new OpenRouter({
        apiKey: faultKey,
        transport: answering(server.status),
        clock,
        random: seededRandom(134),
      });
      await work(client, clock, 2_000);
      server.perSecond = 10;
      await work(client, clock, 40_000);
      const slow = server.rateBetween(25, 40);
      expect(slow).toBeGreaterThanOrEqual(5);
      expect(slow).toBeLessThanOrEqual(10.5);
      server.perSecond = 10_000;
      await work(client, clock, 60_000);
      expect(server.rateBetween(58, 60)).toBeGreaterThanOrEqual(2 * slow);
    },
  );

  for (const [direction, hours] of [
    ['forward', 1],
    ['back', -1],
  ] as const) {
    fault(
      'F135',
      {
        title: 'the wall clock is set by an hour while the client waits',
        variant: direction,
        phase: 'answered',
        retry: 'once',
        result: 'the wait is as long as it would have been',
      },
      anyWay,
      async ({ clock, serve, ask }) => {
        let jumpMs = 0;
        const refused = failure(429, { code: 429, message: 'Slow down' }, { 'retry-after': '2' });
        const server = await serve((_, number) => (number === 1 ? [refused] : hello('whole')));
        const jumping: Clock = {
          now: clock.now,
          epochMs: () => clock.epochMs() + jumpMs,
          setTimer: (callback, ms, keepsAlive) => {
            if (keepsAlive === true) jumpMs = hours * 3_600_000;
            return clock.setTimer(callback, ms, keepsAlive);
          },
        };
        const { response } = await ask(server, { clock: jumping });
        expect(response.attempts[0]?.waitMs).toBe(2_100);
        expect(clock.waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(2_200);
        expect(server.requests).toHaveLength(2);
      },
    );
  }

  // With a process that is really stopped: suspended.slow.test.ts.
  fault(
    'F136',
    {
      title: 'the process is suspended in the middle of a stream',
      phase: 'streaming',
      retry: 'no',
      result: 'the waits begin anew when it goes on: what came meanwhile is read first',
    },
    anyStream,
    async ({ clock, serve, client }) => {
      const gate = deferred();
      const rest: readonly ScriptedStep[] = [pieces(text('lo'), finish(), done), bodyEnd, stall()];
      const server = await serve([streamHead(), pieces(text('Hel')), until(gate.promise), ...rest]);
      let asleepMs = 0;
      const waking: Clock = { now: () => clock.now() + asleepMs, epochMs: clock.epochMs, setTimer: clock.setTimer };
      const stream = await client(server, { clock: waking }).chat.stream(faultQuestion);
      const whole = stream.completion();
      // It is stopped for five minutes; the next time that a timer looks, every wait has been too long.
      await clock.advance(9_000);
      asleepMs = 300_000;
      await clock.advance(1_000);
      gate.resolve();
      expect((await whole).choices[0]?.message.content).toBe('Hello');
      expect(server.requests).toHaveLength(1);
    },
  );
});
