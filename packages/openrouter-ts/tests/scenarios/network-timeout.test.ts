import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ConnectionError, OpenRouter, TimeoutError, type Transport } from 'openrouter-ts';
import {
  afterKeepAlives,
  delta,
  FakeClock,
  hang,
  hangAfter,
  reply,
  reset,
  Simulator,
  slowDrip,
  stream,
} from 'openrouter-ts/testing';
import { goodKey, question, simulatedApi } from '../support/simulated-api.ts';

const api = simulatedApi();

function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'nothing failed',
    (error: unknown) => error,
  );
}

/** A client whose time is in the hands of the test. */
function clientWith(clock: FakeClock, options: object = {}): OpenRouter {
  return api.client({ clock, maxRetries: 0, ...options });
}

describe('a server that is silent', () => {
  it('fails a stream when no headers have come after a minute, and is closed', async () => {
    const clock = new FakeClock();
    api.simulator.next(hang({ before: 'headers' }));
    const failed = failureOf(clientWith(clock).chat.stream(question));
    const request = await api.simulator.received(1);
    await clock.advance(60_000);
    const error = await failed;
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({
      timer: 'headers',
      timeoutMs: 60_000,
      phase: 'sent',
      billing: 'possible',
      retryable: true,
      message: expect.stringContaining('timeouts.headersMs'),
    });
    await request.over;
    expect(request.closedByClient).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is given ten minutes for an answer that is not streamed', async () => {
    const clock = new FakeClock();
    api.simulator.next(hang({ before: 'headers' }));
    const failed = failureOf(clientWith(clock).chat.create(question));
    await api.simulator.received(1);
    await clock.advance(599_999);
    expect(api.simulator.requests[0]?.state).toBe('open');
    await clock.advance(1);
    expect(await failed).toMatchObject({ name: 'TimeoutError', timeoutMs: 600_000 });
  });

  it('fails with the time that the call allows, whichever wait it is in', async () => {
    const clock = new FakeClock();
    api.simulator.next(hang({ before: 'headers' }));
    const failed = failureOf(clientWith(clock).chat.create(question, { timeoutMs: 5_000 }));
    await api.simulator.received(1);
    await clock.advance(5_000);
    expect(await failed).toMatchObject({
      name: 'TimeoutError',
      timer: 'total',
      timeoutMs: 5_000,
      message: expect.stringContaining('timeoutMs'),
    });
  });

  it('fails in the loop when it falls silent in the middle of an answer, with what had arrived', async () => {
    const clock = new FakeClock();
    api.simulator.next(hangAfter(stream([delta({ content: 'Roses ' }), delta({ content: 'are ' })], { done: false })));
    const answer = await clientWith(clock).chat.stream(question);
    const chunks = answer[Symbol.asyncIterator]();
    for (let left = 2; left > 0; left -= 1) await chunks.next();
    const failed = failureOf(chunks.next());
    await clock.advance(60_000);
    const error = await failed;
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({
      timer: 'idle-bytes',
      timeoutMs: 60_000,
      phase: 'streaming',
      billing: 'possible',
      partial: { choices: [{ message: { content: 'Roses are ' } }] },
    });
    await api.simulator.requests[0]?.over;
    expect(api.simulator.requests[0]?.closedByClient).toBe(true);
  });

  it('is not blamed for a reader who takes his time', async () => {
    const clock = new FakeClock();
    api.simulator.next(reply({ content: ['Roses ', 'are ', 'red.'], keepAlives: 0 }));
    const answer = await clientWith(clock).chat.stream(question);
    let said = '';
    for await (const piece of answer.textDeltas()) {
      said += piece;
      await clock.advance(100_000);
    }
    expect(said).toBe('Roses are red.');
  });
});

describe('a server that only says that it is alive', () => {
  /** In this process: both clocks are the same. */
  function simulated(clock: FakeClock): { readonly simulator: Simulator; readonly client: OpenRouter } {
    const simulator = new Simulator({ clock });
    return {
      simulator,
      client: new OpenRouter({ apiKey: goodKey, transport: simulator.transport, clock, maxRetries: 0 }),
    };
  }

  it('fails a stream whose first output has not come after two minutes', async () => {
    const clock = new FakeClock();
    const { simulator, client } = simulated(clock);
    simulator.next(afterKeepAlives(reply('Hi'), { everyMs: 10_000 }));
    const error = await clock.runUntil(failureOf(client.chat.stream(question)));
    expect(error).toMatchObject({
      name: 'TimeoutError',
      timer: 'first-content',
      timeoutMs: 120_000,
      phase: 'answered',
    });
    expect(clock.now()).toBe(120_000);
  });

  it('fails a stream in the middle of which the model says nothing for five minutes', async () => {
    const clock = new FakeClock();
    const { simulator, client } = simulated(clock);
    function* silence(): Generator<string | ReturnType<typeof delta>> {
      yield delta({ content: 'Roses' });
      for (;;) yield ': OPENROUTER PROCESSING\n\n';
    }
    simulator.next(stream(silence(), { delayMs: 10_000 }));
    const answer = await clock.runUntil(client.chat.stream(question));
    const error = await clock.runUntil(failureOf(answer.completion()));
    expect(error).toMatchObject({
      name: 'TimeoutError',
      timer: 'idle-data',
      timeoutMs: 300_000,
      phase: 'streaming',
      partial: { choices: [{ message: { content: 'Roses' } }] },
    });
  });

  it('gets the time it needs for an answer that comes after minutes of white space', async () => {
    const clock = new FakeClock();
    const { simulator, client } = simulated(clock);
    simulator.next(afterKeepAlives(reply('At last.'), { everyMs: 10_000, count: 30 }));
    const answer = await clock.runUntil(client.chat.create(question));
    expect(answer.choices[0]?.message.content).toBe('At last.');
    expect(clock.now()).toBe(300_000);
  });

  it('gets no more than the time of the whole call, however steadily it drips', async () => {
    const clock = new FakeClock();
    const { simulator, client } = simulated(clock);
    simulator.next(slowDrip(reply({ content: 'x'.repeat(2_000) }), { bytes: 50, everyMs: 1_000 }));
    const error = await clock.runUntil(
      failureOf((async () => (await client.chat.stream(question, { timeoutMs: 900_000 })).completion())()),
    );
    expect(error).toMatchObject({ name: 'TimeoutError', timer: 'total', timeoutMs: 900_000 });
    expect(clock.now()).toBe(900_000);
  });
});

describe('a connection that cannot be had', () => {
  it('fails after ten seconds when nobody answers the door', async () => {
    const clock = new FakeClock();
    const nobody: Transport = Object.assign(
      (request: Parameters<Transport>[0]) => new Promise<never>((_, reject) => request.onAbort?.(reject)),
      { reportsConnection: true },
    );
    const client = new OpenRouter({ apiKey: goodKey, transport: nobody, clock, maxRetries: 0 });
    const error = await clock.runUntil(failureOf(client.chat.create(question)));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({
      timer: 'connect',
      timeoutMs: 10_000,
      phase: 'unsent',
      billing: 'none',
      retryable: true,
    });
  });

  it('fails at once when the port is closed, and says so', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const error = await failureOf(
      api.client({ baseURL: `http://127.0.0.1:${port}/api/v1`, maxRetries: 0 }).chat.create(question),
    );
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({
      failure: 'network',
      code: 'ECONNREFUSED',
      phase: 'unsent',
      billing: 'none',
      message: expect.stringContaining(`127.0.0.1:${port}`),
    });
  });

  it('fails when it is reset after the request was sent, which may have cost something', async () => {
    api.simulator.when({ stream: false }, reset());
    const error = await failureOf(api.client({ maxRetries: 0 }).chat.create(question));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ failure: 'network', phase: 'sent', billing: 'possible' });
  });
});
