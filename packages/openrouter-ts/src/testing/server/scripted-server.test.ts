import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { selfSigned } from '../../../tests/support/certificate.ts';
import { deferred } from '../../../tests/support/deferred.ts';
import { FakeClock } from '../fake-clock.ts';
import {
  chunk,
  closedPort,
  fin,
  lastChunk,
  readOn,
  responseHead,
  rst,
  stall,
  startScriptedServer,
  stopReading,
  until,
  wait,
  write,
  type Script,
  type ScriptedServer,
  type ScriptedServerOptions,
} from './index.ts';

async function serve(script: Script, options?: ScriptedServerOptions): Promise<ScriptedServer> {
  const server = await startScriptedServer(script, options);
  onTestFinished(() => server.close());
  return server;
}

const question = 'POST /api/v1/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n1234';

/** Everything that comes until the connection is closed, and the error that closed it. */
async function talk(socket: Socket, text: string): Promise<readonly [answer: string, code: unknown]> {
  let answer = '';
  let code: unknown;
  socket.on('data', (part) => (answer += String(part)));
  socket.on('error', (error) => (code = Reflect.get(error, 'code')));
  socket.write(text);
  await new Promise((resolve) => socket.once('close', resolve));
  return [answer, code];
}

describe('a scripted server', () => {
  it('sends what it is told, however wrong, and records what came', async () => {
    const server = await serve([write('HTTP/1.1 2OO\r\ncontent-le'), fin()]);
    expect(await talk(connect(server.port, '127.0.0.1'), question)).toEqual(['HTTP/1.1 2OO\r\ncontent-le', undefined]);
    expect(server.baseURL).toBe(`http://127.0.0.1:${server.port}/api/v1`);
    expect(server.requests).toEqual([
      {
        method: 'POST',
        path: '/api/v1/x',
        headers: { host: 'localhost', 'content-length': '4' },
        bodyBytes: 4,
        complete: true,
      },
    ]);
    const [connection] = server.connections;
    expect(connection).toMatchObject({ end: 'server-fin', bytesReceived: question.length, bytesSent: 24 });
    await server.until(() => connection?.closed === true);
    expect(connection?.events.map(({ what }) => what)).toEqual([
      'connected',
      'head',
      'request',
      'write',
      'fin',
      'closed',
    ]);
  });

  it('answers each request by its number, also over one connection', async () => {
    const server = await serve((_, number) => [
      write([responseHead(200, { 'transfer-encoding': 'chunked' }), chunk(`${number}`), lastChunk]),
    ]);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const answers: string[] = [];
    for (let call = 0; call < 3; call += 1) {
      const [response] = await once(request(`${server.baseURL}/x`, { agent }).end(), 'response');
      for await (const piece of response) answers.push(String(piece));
    }
    expect(answers).toEqual(['1', '2', '3']);
    expect(server.connections.map(({ requests }) => requests.length)).toEqual([3]);
  });

  it('resets a connection', async () => {
    const server = await serve([rst()]);
    expect(await talk(connect(server.port, '127.0.0.1'), question)).toEqual(['', 'ECONNRESET']);
    expect(server.connections[0]?.end).toBe('server-reset');
  });

  it('acts before anything has come, if it is told to', async () => {
    const server = await serve([write('SSH-2.0\r\n'), fin()], { begin: 'connection' });
    const socket = connect(server.port, '127.0.0.1');
    expect(await talk(socket, '')).toEqual(['SSH-2.0\r\n', undefined]);
    expect(server.requests).toEqual([]);
  });

  it('waits by its clock, and for what a test says', async () => {
    const clock = new FakeClock();
    const gate = deferred();
    const server = await serve([wait(5_000), write('a'), until(gate.promise), write('b'), fin()], { clock });
    const socket = connect(server.port, '127.0.0.1');
    const talked = talk(socket, question);
    await server.until(() => server.connections[0]?.events.at(-1)?.what === 'wait');
    await clock.advance(5_000);
    await server.until(() => server.connections[0]?.events.at(-1)?.what === 'until');
    expect(server.connections[0]?.events.at(-1)?.atMs).toBe(5_000);
    gate.resolve();
    expect(await talked).toEqual(['ab', undefined]);
  });

  it('makes no more than is read, and stops when the client goes', async () => {
    let made = 0;
    function* endless(): Generator<Uint8Array> {
      for (;;) {
        made += 1;
        yield Buffer.alloc(64 * 1024);
      }
    }
    const server = await serve([write(responseHead(200)), write(endless())]);
    const socket = connect(server.port, '127.0.0.1');
    socket.write(question);
    await once(socket, 'data');
    socket.pause();
    const [connection] = server.connections;
    // It has come to a halt when the system's buffers are full: nothing is taken for many turns.
    for (let turns = 0; turns < 50; turns += 1) {
      const before = made;
      await new Promise((resolve) => setImmediate(resolve));
      if (before !== made) turns = 0;
    }
    expect(connection?.bytesSent).toBeLessThan(32 * 1024 * 1024);
    socket.resetAndDestroy();
    await server.until(() => connection?.closed === true);
    expect(connection?.end).toBe('client-reset');
  });

  it('can leave an upload unread, and read it after all', async () => {
    const gate = deferred();
    const server = await serve([stopReading(), until(gate.promise), readOn(), stall()], { begin: 'head' });
    const socket = connect(server.port, '127.0.0.1');
    const size = 64 * 1024 * 1024;
    socket.write(`POST / HTTP/1.1\r\nContent-Length: ${size}\r\n\r\n`);
    const sent = new Promise((resolve) => socket.end(Buffer.alloc(size), () => resolve(undefined)));
    await server.until(() => server.connections[0]?.events.at(-1)?.what === 'until');
    expect(server.requests[0]).toMatchObject({ method: 'POST', complete: false });
    gate.resolve();
    await sent;
    await server.until(() => server.requests[0]?.complete === true && server.connections[0]?.closed === true);
    expect(server.connections[0]?.end).toBe('client-fin');
  });

  it('ends everything when it is closed', async () => {
    const server = await startScriptedServer([stall()]);
    const socket = connect(server.port, '127.0.0.1');
    const talked = talk(socket, question);
    await server.until(() => server.requests.length === 1);
    await server.close();
    await talked;
    expect(server.connections[0]?.closed).toBe(true);
  });
});

const certificate = selfSigned('IP:127.0.0.1');

describe.skipIf(certificate === undefined)('a scripted server that speaks TLS', () => {
  it('sends encrypted, and resets what is beneath', async () => {
    const gate = deferred();
    const server = await serve([write('hello'), until(gate.promise), rst()], { tls: certificate! });
    const socket = connectTls({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false });
    const talked = talk(socket, question);
    await once(socket, 'data');
    gate.resolve();
    expect(await talked).toEqual(['hello', 'ECONNRESET']);
    expect(server.baseURL).toMatch(/^https:/);
    expect(server.requests[0]?.bodyBytes).toBe(4);
  });

  it('notes a client that does not trust it', async () => {
    const server = await serve([stall()], { tls: certificate! });
    const socket = connectTls({ port: server.port, host: '127.0.0.1' });
    const [, code] = await talk(socket, question);
    expect(code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    await server.until(() => server.connections[0]?.closed === true);
    expect(server.requests).toEqual([]);
  });
});

describe('a closed port', () => {
  it('refuses whoever connects', async () => {
    const socket = connect(await closedPort(), '127.0.0.1');
    expect(await talk(socket, '')).toEqual(['', 'ECONNREFUSED']);
  });
});
