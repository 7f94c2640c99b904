import { getEventListeners } from 'node:events';
import { describe, expect, onTestFinished } from 'vitest';
import { ConfigError, LimitExceededError, OpenRouter } from '../../src/index.ts';
import { rst, stall, until, write, chunk, type ScriptedStep } from '../../src/testing/server/index.ts';
import { answering } from '../support/answering.ts';
import { breakLookup } from '../support/broken-lookup.ts';
import { deferred } from '../support/deferred.ts';
import {
  anyStream,
  anyWay,
  closedByClient,
  everyWay,
  failureOf,
  fault,
  faultKey,
  faultQuestion,
  streamed,
  whole,
  type Way,
} from '../support/fault.ts';
import { runProgram } from '../support/run-program.ts';
import { events, pieces, sized, streamHead } from '../support/scripted-answers.ts';
import { done, eventOf, finish, keepAlive, text, usageChunk } from '../support/sse-text.ts';
import { someTurns, turnsUntil } from '../support/turns.ts';

/** A stream that is never over. */
const begun = [streamHead(), pieces(text('Hel'), text('lo')), stall()];

/** A stream that goes on as long as it is read. */
function endless(): readonly ScriptedStep[] {
  const piece = chunk(eventOf(text('x'.repeat(1_000))).repeat(64));
  function* chunks(): Generator<Uint8Array> {
    for (;;) yield piece;
  }
  return [streamHead(), write(chunks())];
}

/** What nobody handles, until the test is over. */
function unhandled(): unknown[] {
  const reasons: unknown[] = [];
  const note = (reason: unknown): void => {
    reasons.push(reason);
  };
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  return reasons;
}

describe('Whoever reads', () => {
  const own = new Error('my own');
  fault(
    'F120',
    {
      title: 'the loop is left by break, return or throw',
      result: 'the connection is closed, and nothing else fails',
      bill: 'possible',
    },
    streamed,
    async ({ serve, client }) => {
      const reasons = unhandled();
      for (const way of ['break', 'return', 'throw', 'abort']) {
        const server = await serve(begun);
        const stream = await client(server).chat.stream(faultQuestion);
        const work = (async () => {
          for await (const each of stream) {
            expect(each).toEqual(text('Hel'));
            if (way === 'return') return;
            if (way === 'throw') throw own;
            if (way === 'abort') stream.abort();
            break;
          }
        })();
        if (way === 'throw') expect(await failureOf(work)).toBe(own);
        else await work;
        await closedByClient(server);
        await stream.settled;
      }
      await someTurns();
      expect(reasons).toEqual([]);
    },
  );

  fault(
    'F121',
    {
      title: 'a stream is opened and never read',
      result: 'does not keep the process alive; its end closes the connection',
      bill: 'possible',
    },
    anyStream,
    async ({ serve }) => {
      const server = await serve(begun);
      const { code, output } = await runProgram(
        `
          import { OpenRouter } from './index.ts';
          const client = new OpenRouter({ apiKey: 'sk-or-v1-not-a-key', baseURL: '${server.baseURL}' });
          await client.chat.stream({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] });
          console.log('opened');
        `,
      );
      expect([code, output.trim()]).toEqual([0, 'opened']);
      await closedByClient(server);
    },
  );

  fault(
    'F122',
    {
      title: 'a stream is read twice',
      result: 'ConfigError for the second one; `completion()` may be asked for as well, and often',
    },
    streamed,
    async ({ serve, client }) => {
      const server = await serve(events(text('Hel'), text('lo'), finish(), usageChunk, done));
      const stream = await client(server).chat.stream(faultQuestion);
      const iterator = stream[Symbol.asyncIterator]();
      await iterator.next();
      expect(() => stream[Symbol.asyncIterator]()).toThrow(ConfigError);
      expect(await failureOf(stream.textDeltas().next())).toBeInstanceOf(ConfigError);
      const texts: string[] = [];
      for await (const each of iterator) texts.push(String(each.choices[0]?.delta.content));
      expect(texts).toEqual(['lo', '', 'undefined']);
      const [one, two] = await Promise.all([stream.completion(), stream.completion()]);
      expect(one).toEqual(two);
      expect(one.choices[0]?.message.content).toBe('Hello');
      expect(() => stream[Symbol.asyncIterator]()).toThrow(ConfigError);
    },
  );

  fault(
    'F123',
    {
      title: 'the server is quicker than the reader',
      result: 'the server is made to wait: memory does not grow',
    },
    streamed,
    async ({ serve, client }) => {
      const server = await serve(endless());
      const stream = await client(server).chat.stream(faultQuestion);
      const iterator = stream[Symbol.asyncIterator]();
      let before = -1;
      let turns = 0;
      await turnsUntil(() => {
        const sent = server.connections[0]?.bytesSent ?? 0;
        turns = sent === before ? turns + 1 : 0;
        before = sent;
        return turns > 50;
      });
      // What is on the way are the buffers of the system.
      expect(before).toBeLessThan(16 * 1024 * 1024);
      for (let left = 100; left > 0; left -= 1) expect((await iterator.next()).done).toBe(false);
      await iterator.return?.();
      await closedByClient(server);
    },
  );

  fault(
    'F124',
    {
      title: 'one of two readers stands still',
      result: 'the chunks are kept for it up to `limits.answerBytes`; then LimitExceededError',
      bill: 'possible',
    },
    streamed,
    async ({ serve, client, failsAs }) => {
      const server = await serve(endless());
      const limits = { answerBytes: 1024 * 1024 };
      const stream = await client(server, { limits }).chat.stream(faultQuestion);
      const iterator = stream[Symbol.asyncIterator]();
      await iterator.next();
      await failsAs(stream.completion(), LimitExceededError, { limit: limits.answerBytes });
      await closedByClient(server);
    },
  );

  fault(
    'F125',
    {
      title: 'only the whole answer is asked for',
      result: 'the stream reads itself',
    },
    streamed,
    async ({ serve, client, hello }) => {
      const stream = await client(await serve(hello)).chat.stream(faultQuestion);
      expect((await stream.completion()).choices[0]?.message.content).toBe('Hello');
      expect(await stream.settled).toMatchObject({ error: undefined });
    },
  );

  fault(
    'F126',
    {
      title: "the reader's own code throws",
      result: 'its error comes out unchanged and once, and the connection is closed',
      bill: 'possible',
    },
    streamed,
    async ({ serve, client }) => {
      const reasons = unhandled();
      const server = await serve(begun);
      const stream = await client(server).chat.stream(faultQuestion);
      const completion = failureOf(stream.completion());
      const failed = await failureOf(
        (async () => {
          for await (const piece of stream.textDeltas()) if (piece !== '') throw own;
        })(),
      );
      expect(failed).toBe(own);
      expect(await completion).toMatchObject({ kind: 'stream-interrupted' });
      await closedByClient(server);
      await someTurns();
      expect(reasons).toEqual([]);
    },
  );

  // At random moments: tests/leaks/abandoned-calls.test.ts.
  const half = sized(200, { 'content-type': 'application/json' }, '\n   \n{"id":', 1_000);
  const moments: readonly (readonly [when: string, steps: readonly ScriptedStep[], ways: readonly Way[]])[] = [
    ['before the answer begins', [stall()], everyWay],
    ['before the first output', [streamHead(), pieces(keepAlive), stall()], streamed],
    ['in the middle of the stream', begun, streamed],
    ['in the middle of a whole answer', [half, stall()], whole],
    ['after the model has finished', [streamHead(), pieces(text('Hello'), finish()), stall()], streamed],
  ];
  for (const [when, steps, ways] of moments) {
    fault(
      'F127',
      {
        title: 'the caller aborts, whatever the answer is at',
        variant: when,
        result: "one rejection, with the signal's own reason; no listener, timer or connection is left",
        bill: 'possible',
      },
      ways,
      async ({ serve, ask, clock }) => {
        const reasons = unhandled();
        const server = await serve(steps);
        const controller = new AbortController();
        const failed = failureOf(ask(server, {}, { signal: controller.signal }));
        await server.until(() => server.connections[0]?.events.at(-1)?.what === 'stall');
        await someTurns();
        controller.abort(own);
        expect(await failed).toBe(own);
        await closedByClient(server);
        expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
        expect(clock.pendingTimers).toBe(0);
        expect(server.requests).toHaveLength(1);
        await someTurns();
        expect(reasons).toEqual([]);
      },
    );
  }

  fault(
    'F127',
    {
      title: 'the caller aborts while the connection is being made',
      result: "one rejection, with the signal's own reason; no listener or timer is left",
      bill: 'none',
    },
    everyWay,
    async ({ ask, clock }) => {
      const lookups = breakLookup(undefined);
      const controller = new AbortController();
      const failed = failureOf(ask('https://nope.invalid/api/v1', {}, { signal: controller.signal }));
      await turnsUntil(() => lookups.count === 1);
      controller.abort(own);
      expect(await failed).toBe(own);
      expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
      expect(clock.pendingTimers).toBe(0);
    },
  );

  fault(
    'F128',
    {
      title: 'one signal serves for 10,000 calls',
      result: 'no listener is left on it, and no warning is given',
    },
    anyWay,
    async ({ clock }) => {
      const warnings: unknown[] = [];
      const note = (warning: Error): void => {
        warnings.push(warning);
      };
      process.on('warning', note);
      onTestFinished(() => void process.off('warning', note));
      const client = new OpenRouter({ apiKey: faultKey, transport: answering(() => 200), clock });
      const { signal } = new AbortController();
      for (let round = 0; round < 100; round += 1) {
        const calls = Array.from({ length: 100 }, () => client.chat.create(faultQuestion, { signal }));
        await Promise.all(calls);
      }
      expect(getEventListeners(signal, 'abort')).toEqual([]);
      expect(warnings).toEqual([]);
    },
  );

  fault(
    'F129',
    {
      title: 'the caller aborts while the client waits for another attempt',
      result: "rejects at once with the signal's own reason; no further request is made",
      bill: 'none',
    },
    everyWay,
    async ({ serve, ask, clock }) => {
      const server = await serve([rst()]);
      const controller = new AbortController();
      const { now, epochMs } = clock;
      const setTimer = (callback: () => void, ms: number): (() => void) => clock.setTimer(callback, ms);
      const failed = failureOf(ask(server, { clock: { now, epochMs, setTimer } }, { signal: controller.signal }));
      await server.until(() => server.connections[0]?.closed === true);
      await turnsUntil(() => clock.nextTimerMs !== undefined && clock.nextTimerMs <= 500);
      controller.abort(own);
      expect(await failed).toBe(own);
      await clock.advance(60_000);
      await someTurns();
      expect(server.requests).toHaveLength(1);
      expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    },
  );

  fault(
    'F129',
    {
      title: 'the caller aborts while a call waits for its turn',
      result: "rejects at once with the signal's own reason; no request is made",
      bill: 'none',
    },
    everyWay,
    async ({ serve, client, ask, hello }) => {
      const gate = deferred();
      const server = await serve([until(gate.promise), ...hello]);
      const one = client(server, { maxConcurrency: 1 });
      const first = ask(one);
      await server.until(() => server.requests.length === 1);
      const controller = new AbortController();
      const failed = failureOf(ask(one, {}, { signal: controller.signal }));
      await someTurns();
      controller.abort(own);
      expect(await failed).toBe(own);
      expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
      gate.resolve();
      await first;
      await ask(one);
      expect(server.requests).toHaveLength(2);
    },
  );

  fault(
    'F130',
    {
      title: 'nobody waits for a promise that fails',
      result: 'nothing is reported as unhandled',
      bill: 'possible',
    },
    streamed,
    async ({ serve, client }) => {
      const reasons = unhandled();
      const gate = deferred();
      const server = await serve([streamHead(), pieces(text('Hel')), until(gate.promise), rst()]);
      const stream = await client(server).chat.stream(faultQuestion);
      void stream.completion();
      gate.resolve();
      expect(await stream.settled).toMatchObject({ error: { kind: 'stream-interrupted' } });
      await someTurns();
      expect(reasons).toEqual([]);
    },
  );
});
