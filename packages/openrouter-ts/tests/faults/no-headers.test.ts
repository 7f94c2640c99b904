import { describe, expect } from 'vitest';
import { ConnectionError, OpenRouterError, TimeoutError } from '../../src/index.ts';
import { fin, responseHead, rst, readOn, stall, stopReading, until, write } from '../../src/testing/server/index.ts';
import { deferred } from '../support/deferred.ts';
import { closedByClient, everyWay, failureOf, fault, faultQuestion, streamed, whole } from '../support/fault.ts';

/** Half of a good head. */
const halfAHead = write('HTTP/1.1 200 OK\r\nContent-Type: application/js');

describe('After the request was sent, without an answer', () => {
  fault(
    'F17',
    {
      title: 'reset before the headers, on a fresh connection',
      phase: 'sent',
      retry: 'once',
      result: 'is tried once more, unless `retryAmbiguous` is `never`; the attempt is marked as possibly billed',
      bill: 'possible',
    },
    everyWay,
    async ({ serve, fails, recovers, ask, hello }) => {
      await fails(await serve([rst()]), ConnectionError, { failure: 'network', retryable: true });
      await recovers(await serve((_, number) => (number === 1 ? [rst()] : hello)));
      const never = await serve([rst()]);
      expect(await failureOf(ask(never, { retryAmbiguous: 'never' }))).toBeInstanceOf(ConnectionError);
      expect(never.requests).toHaveLength(1);
      const always = await serve((_, number) => (number < 3 ? [rst()] : hello));
      await ask(always, { retryAmbiguous: 'always' });
      expect(always.requests).toHaveLength(3);
    },
  );

  fault(
    'F18',
    {
      title: 'closed in good order before the headers',
      phase: 'sent',
      retry: 'once',
      result: 'as F17',
      bill: 'possible',
    },
    everyWay,
    async ({ serve, fails, recovers, hello }) => {
      await fails(await serve([fin()]), ConnectionError, { failure: 'network', retryable: true });
      await recovers(await serve((_, number) => (number === 1 ? [fin()] : hello)));
    },
  );

  fault(
    'F19',
    {
      title: 'closed or reset in the middle of the headers',
      phase: 'sent',
      retry: 'once',
      result: 'as F17',
      bill: 'possible',
    },
    everyWay,
    async ({ serve, fails, recovers, hello }) => {
      for (const end of [fin(), rst()]) {
        await fails(await serve([halfAHead, end]), ConnectionError, { retryable: true });
        await recovers(await serve((_, number) => (number === 1 ? [halfAHead, end] : hello)));
      }
    },
  );

  fault(
    'F20',
    {
      title: 'something that is not HTTP answers',
      phase: 'sent',
      retry: 'no',
      result: 'ConnectionError (protocol) that says to check baseURL',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const twoLengths = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello';
      for (const garbage of [
        twoLengths,
        'SSH-2.0-OpenSSH_9.2\r\n',
        '\u0000\u0001\u0002\u0003\r\n\r\n',
        '{"error":"no"}\n',
      ]) {
        const server = await serve([write(garbage), stall()]);
        const error = await fails(server, ConnectionError, { failure: 'protocol', retryable: false });
        expect(error.message).toContain('Check baseURL');
        await closedByClient(server);
      }
    },
  );

  fault(
    'F21',
    {
      title: 'the headers are larger than 16 KiB',
      phase: 'sent',
      retry: 'no',
      result: 'ConnectionError (protocol), and the connection is closed',
      bill: 'possible',
    },
    everyWay,
    async ({ serve, fails }) => {
      const server = await serve([write(responseHead(200, { 'X-Large': 'x'.repeat(20_000) })), stall()]);
      await fails(server, ConnectionError, { failure: 'protocol', retryable: false });
      await closedByClient(server);
    },
  );

  fault(
    'F22',
    {
      title: 'silence before the headers of a whole answer',
      phase: 'sent',
      retry: 'no',
      result:
        'TimeoutError (headers) after ten minutes that advises to stream, since the model is probably still at work',
      bill: 'possible',
    },
    whole,
    async ({ clock, serve, fails }) => {
      const server = await serve([stall()]);
      const failed = fails(
        server,
        TimeoutError,
        { timer: 'headers', timeoutMs: 600_000, message: expect.stringContaining('Stream long answers') },
        { timeoutMs: 3_600_000 },
      );
      await server.until(() => server.requests.length === 1);
      await clock.advance(600_000);
      await failed;
      await closedByClient(server);
    },
  );

  fault(
    'F22',
    {
      title: 'silence before the headers of a whole answer, with `retryAmbiguous: always`',
      phase: 'sent',
      retry: 'yes',
      result: 'is tried again; then TimeoutError (headers)',
      bill: 'possible',
    },
    whole,
    async ({ clock, serve, fails }) => {
      const server = await serve([stall()]);
      const options = { timeoutMs: 3_600_000, retryAmbiguous: 'always' } as const;
      const failed = fails(server, TimeoutError, { timer: 'headers', timeoutMs: 600_000 }, options);
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        await server.until(() => server.requests.length === attempt);
        await clock.advance(600_000);
      }
      await failed;
    },
  );

  fault(
    'F22',
    {
      title: 'silence before the headers of a stream',
      phase: 'sent',
      retry: 'once',
      result:
        'ends after a minute and is tried once more, unless `retryAmbiguous` is `never`; then TimeoutError (headers)',
      bill: 'possible',
    },
    streamed,
    async ({ clock, serve, fails }) => {
      const server = await serve([stall()]);
      const failed = fails(server, TimeoutError, { timer: 'headers', timeoutMs: 60_000 });
      for (let attempt = 1; attempt <= 2; attempt += 1) {
        await server.until(() => server.requests.length === attempt);
        await clock.advance(60_000);
      }
      await failed;
      await closedByClient(server);
    },
  );

  fault(
    'F22',
    {
      title: 'silence before the headers of a stream, with `retryAmbiguous: never`',
      phase: 'sent',
      retry: 'no',
      result: 'TimeoutError (headers) after a minute',
      bill: 'possible',
    },
    streamed,
    async ({ clock, serve, fails }) => {
      const server = await serve([stall()]);
      const failed = fails(server, TimeoutError, { timer: 'headers' }, { retryAmbiguous: 'never' });
      await server.until(() => server.requests.length === 1);
      await clock.advance(60_000);
      await failed;
    },
  );

  fault(
    'F23',
    {
      title: "fetch's own limit for headers is shorter than ours",
      phase: 'sent',
      retry: 'no',
      result: 'TimeoutError (headers) that names that limit',
      bill: 'possible',
    },
    whole.filter(({ transport }) => transport === 'fetch'),
    async ({ fails }) => {
      const cause = Object.assign(new Error('Headers Timeout Error'), { code: 'UND_ERR_HEADERS_TIMEOUT' });
      await fails(
        'http://127.0.0.1/api/v1',
        TimeoutError,
        { timer: 'headers', timeoutMs: undefined, message: expect.stringContaining('longer than fetch allows') },
        { fetch: () => Promise.reject(new TypeError('fetch failed', { cause })) },
      );
    },
  );

  fault(
    'F24',
    {
      title: 'informational answers come first (100, 103)',
      result: 'the answer after them counts',
      retry: 'no',
    },
    everyWay,
    async ({ serve, ask, hello }) => {
      const early = [write(responseHead(103, { Link: '</a>; rel=preload' })), write(responseHead(103))];
      const server = await serve([...early, ...hello]);
      const { completion, response } = await ask(server);
      expect(completion.choices[0]?.message.content).toBe('Hello');
      expect(response.status).toBe(200);
      expect(response.headers).not.toHaveProperty('link');
      expect(server.requests).toHaveLength(1);
    },
  );

  fault(
    'F25',
    {
      title: 'the server stops reading a large request',
      phase: 'sent',
      retry: 'no',
      result: 'TimeoutError (total) when the time of the call is over, and the connection is closed',
      bill: 'possible',
    },
    everyWay,
    async ({ way, clock, serve, client, failsAs }) => {
      const gate = deferred();
      const server = await serve([stopReading(), until(gate.promise), readOn(), stall()], { begin: 'head' });
      const large = { ...faultQuestion, user: 'x'.repeat(50 * 1024 * 1024) };
      const { chat } = client(server, { timeoutMs: 30_000 });
      const failed = failsAs(way.mode === 'whole' ? chat.create(large) : chat.stream(large), TimeoutError, {
        timer: 'total',
        timeoutMs: 30_000,
      });
      await server.until(() => server.connections[0]?.events.at(-1)?.what === 'until');
      await clock.advance(30_000);
      await failed;
      expect(server.requests[0]?.complete).toBe(false);
      gate.resolve();
      await closedByClient(server);
      expect(server.requests).toHaveLength(1);
    },
  );

  fault(
    'F26',
    {
      title: 'the caller aborts before the headers',
      phase: 'sent',
      retry: 'no',
      result: "rejects with the signal's own reason, and the connection is closed",
      bill: 'possible',
    },
    everyWay,
    async ({ serve, ask }) => {
      const server = await serve([stall()]);
      const controller = new AbortController();
      const reason = new Error('changed my mind');
      const failed = failureOf(ask(server, {}, { signal: controller.signal }));
      await server.until(() => server.requests.length === 1);
      controller.abort(reason);
      expect(await failed).toBe(reason);
      expect(reason).not.toBeInstanceOf(OpenRouterError);
      await closedByClient(server);
      expect(server.requests).toHaveLength(1);
    },
  );
});
