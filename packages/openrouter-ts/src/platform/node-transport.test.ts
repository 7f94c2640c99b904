import { getEventListeners } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { selfSigned, trust } from '../../tests/support/certificate.ts';
import { deferred } from '../../tests/support/deferred.ts';
import { listen, type Loopback } from '../../tests/support/loopback.ts';
import { runProgram } from '../../tests/support/run-program.ts';
import { ask, askWith, echo, readAll, serve, serveRaw } from '../../tests/support/transport.ts';
import type { Transport, TransportRequest } from '../http/transport.ts';
import { nodeTransport } from './node-transport.ts';

/** Nobody's proxy: what is set where the tests run must not count. */
const direct = (): Transport => nodeTransport({});

describe('a request over Node', () => {
  it('says what it was told to say', async () => {
    const { port } = await serve(echo);
    const url = `http://127.0.0.1:${port}/api/v1/chat?a=b/c`;
    const { request } = ask(url, {
      method: 'POST',
      headers: { 'x-title': 'Test', 'content-type': 'application/json' },
      body: '{"ü":1}',
    });
    expect(JSON.parse(await readAll(await direct()(request)))).toEqual({
      method: 'POST',
      url: '/api/v1/chat?a=b/c',
      headers: {
        'accept-encoding': 'gzip, br',
        'user-agent': 'openrouter-ts',
        'content-type': 'application/json',
        'content-length': '8',
        'x-title': 'Test',
        host: `127.0.0.1:${port}`,
        connection: 'keep-alive',
      },
      body: '{"ü":1}',
    });
  });

  it('is not sent any further when its answer is here', async () => {
    const server = await serveRaw((socket) => {
      socket.pause();
      socket.write('HTTP/1.1 413 Payload Too Large\r\nContent-Length: 2\r\n\r\nno');
    });
    const body = new Uint8Array(32 * 1024 * 1024);
    const { request } = ask(`http://127.0.0.1:${server.port}/`, { method: 'POST', body });
    expect(await readAll(await direct()(request))).toBe('no');
    server.sockets[0]?.resume();
    await server.closed(0);
    expect(server.sockets[0]?.bytesRead).toBeLessThan(body.length);
  });

  it('sends bytes as they are', async () => {
    const { port } = await serve(echo);
    const { request } = ask(`http://127.0.0.1:${port}/`, { method: 'POST', body: new Uint8Array([104, 105]) });
    expect(JSON.parse(await readAll(await direct()(request)))).toMatchObject({ method: 'POST', url: '/', body: 'hi' });
  });

  it('may name itself and what it understands', async () => {
    const { port } = await serve(echo);
    const headers = { 'user-agent': 'mine', 'accept-encoding': 'identity' };
    const { request } = ask(`http://127.0.0.1:${port}/`, { headers });
    expect(JSON.parse(await readAll(await direct()(request)))).toMatchObject({ headers });
  });

  it('carries its own headers when many are sent over one connection', async () => {
    const { port } = await serve(echo);
    const transport = direct();
    const shared = { 'x-call': 'shared' };
    for (const headers of [shared, { 'x-call': 'other' }, shared]) {
      const { request } = ask(`http://127.0.0.1:${port}/`, { headers });
      expect(JSON.parse(await readAll(await transport(request)))).toMatchObject({ headers });
    }
  });

  it('is refused, not thrown back, when a header cannot be sent', async () => {
    const { request } = ask('http://127.0.0.1:1/', { headers: { 'x-title': 'a\nb' } });
    await expect(direct()(request)).rejects.toMatchObject({ code: 'ERR_INVALID_CHAR' });
  });

  it('reaches an IPv6 address', async ({ skip }) => {
    const server = await listen(createServer(echo), '::1').catch(() => skip('There is no IPv6 here.'));
    const { request } = ask(`http://[::1]:${server.port}/`);
    expect(JSON.parse(await readAll(await direct()(request)))).toMatchObject({
      headers: { host: `[::1]:${server.port}` },
    });
  });
});

describe('an answer over Node', () => {
  it('tells the headers of every answer, however many names a server makes up', async () => {
    const server = await serve((request, response) => {
      const call = String(request.headers['x-call']);
      for (let index = 0; index < 150; index += 1) response.setHeader(`X-Made-Up-${call}-${index}`, `${index}`);
      response.end();
    });
    const transport = direct();
    for (const call of ['1', '2', '3', '4', '5', '5']) {
      const { request } = ask(`http://127.0.0.1:${server.port}/`, { headers: { 'x-call': call } });
      const response = await transport(request);
      await readAll(response);
      expect(response.headers).toMatchObject({ [`x-made-up-${call}-0`]: '0', [`x-made-up-${call}-149`]: '149' });
    }
  });

  it('tells status and headers, several values of one joined', async () => {
    const { port } = await serveRaw((socket) => {
      socket.end(
        'HTTP/1.1 418 Teapot\r\nX-One: 1\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nSET-COOKIE: c=3\r\nContent-Length: 2\r\n\r\nno',
      );
    });
    const response = await direct()(ask(`http://127.0.0.1:${port}/`).request);
    expect([response.status, response.headers]).toEqual([
      418,
      { 'x-one': '1', 'set-cookie': 'a=1, b=2, c=3', 'content-length': '2' },
    ]);
    expect(await readAll(response)).toBe('no');
  });

  it('may come in chunks that are cut anywhere', async () => {
    const { port } = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chu');
      socket.write('nked\r\n\r\n3\r\nab');
      socket.end('c\r\n2;x=y\r\nde\r\n0\r\n\r\n');
    });
    expect(await readAll(await direct()(ask(`http://127.0.0.1:${port}/`).request))).toBe('abcde');
  });

  it('is waited for when hints come before it', async () => {
    const { port } = await serve((_request, response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.writeHead(201).end('made');
    });
    const response = await direct()(ask(`http://127.0.0.1:${port}/`).request);
    expect([response.status, response.headers['link'], await readAll(response)]).toEqual([201, undefined, 'made']);
  });

  it('may come before the request is sent to its end', async () => {
    const { port } = await serveRaw((socket) => {
      socket.write('HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 3\r\n\r\nbig');
      socket.resume();
    });
    const { request } = ask(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'x'.repeat(5_000_000) });
    const response = await direct()(request);
    expect([response.status, await readAll(response)]).toEqual([413, 'big']);
  });
});

describe('a connection of Node', () => {
  it('is told of, and serves the next request', async () => {
    const server = await serve(echo);
    const transport = direct();
    expect(transport.reportsConnection).toBe(true);
    const reported: boolean[][] = [];
    for (let call = 0; call < 3; call += 1) {
      const { request, connections } = ask(`http://127.0.0.1:${server.port}/`);
      await readAll(await transport(request));
      reported.push(connections);
    }
    expect(reported).toEqual([[false], [true], [true]]);
    expect(server.sockets).toHaveLength(1);
  });

  it('serves one origin only', async () => {
    const servers = [await serve(echo), await serve(echo)];
    const transport = direct();
    for (const { port } of servers) {
      const { request, connections } = ask(`http://127.0.0.1:${port}/`);
      expect(await readAll(await transport(request))).toContain(`127.0.0.1:${port}`);
      expect(connections).toEqual([false]);
    }
  });

  it('is not told of where there is none', async () => {
    const { request, connections } = ask('http://127.0.0.1:1/');
    await expect(direct()(request)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(connections).toEqual([]);
  });

  it('does not report a connection that could not even be begun', async () => {
    // No route leads to a broadcast address, and the system says so at once.
    const { request, connections } = ask('http://255.255.255.255:80/');
    await expect(direct()(request)).rejects.toMatchObject({ syscall: 'connect' });
    expect(connections).toEqual([]);
  });

  it('need not be told of to somebody who does not ask', async () => {
    const { port } = await serve(echo);
    const transport = direct();
    for (let call = 0; call < 2; call += 1) {
      const response = await transport(askWith(new AbortController().signal, `http://127.0.0.1:${port}/`));
      expect(JSON.parse(await readAll(response))).toMatchObject({ method: 'GET' });
    }
  });
});

describe('a request that gets no answer', () => {
  const reset = (socket: Socket): unknown => socket.resetAndDestroy();
  const broken: [what: string, answer: (socket: Socket) => unknown, code: unknown][] = [
    ['the connection is reset', reset, 'ECONNRESET'],
    ['the connection is closed', (socket) => socket.end(), 'ECONNRESET'],
    [
      'the connection is reset in the middle of the headers',
      (socket) => socket.write('HTTP/1.1 200 OK\r\nx-', () => reset(socket)),
      'ECONNRESET',
    ],
    [
      'the connection is closed in the middle of the headers',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nx-'),
      'ECONNRESET',
    ],
    ['something else than HTTP answers', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'), 'HPE_INVALID_CONSTANT'],
    [
      'the headers never end',
      (socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`),
      'HPE_HEADER_OVERFLOW',
    ],
  ];

  it.each(broken)('fails when %s', async (_what, answer, code) => {
    const { port } = await serveRaw(answer);
    const { request, connections } = ask(`http://127.0.0.1:${port}/`);
    await expect(direct()(request)).rejects.toMatchObject({ code });
    expect(connections).toEqual([false]);
  });

  it('leaves nothing on the signal', async () => {
    const { port } = await serveRaw(reset);
    const { signal } = new AbortController();
    await expect(direct()(askWith(signal, `http://127.0.0.1:${port}/`))).rejects.toThrow('ECONNRESET');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a body that breaks off', () => {
  it.each([
    [
      'is reset',
      'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n',
      (socket: Socket): unknown => socket.resetAndDestroy(),
    ],
    ['is closed', 'Content-Length: 10\r\n\r\nabc', (socket: Socket): unknown => socket.end()],
    [
      'turns into something else',
      'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n',
      (socket: Socket): unknown => socket.end('what?\r\n'),
    ],
  ])('gives what came, and then fails, when the connection %s', async (_how, start, breakOff) => {
    const sockets: Socket[] = [];
    const { port } = await serveRaw((socket) => {
      sockets.push(socket);
      socket.write(`HTTP/1.1 200 OK\r\n${start}`);
    });
    const { signal } = new AbortController();
    const response = await direct()(askWith(signal, `http://127.0.0.1:${port}/`));
    const body = response.body[Symbol.asyncIterator]();
    expect(String((await body.next()).value)).toBe('abc');
    breakOff(sockets[0]!);
    await expect(body.next()).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(body.next()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a request that is aborted', () => {
  const reason = { just: 'because' };

  interface Abortable {
    readonly request: TransportRequest;
    readonly abort: () => void;
    readonly signal: AbortSignal;
  }

  function askByScope(url: string): Abortable {
    const { request, scope } = ask(url);
    return { request, abort: () => scope.abort(reason), signal: new AbortController().signal };
  }

  function askBySignal(url: string): Abortable {
    const controller = new AbortController();
    return {
      request: askWith(controller.signal, url),
      abort: () => controller.abort(reason),
      signal: controller.signal,
    };
  }

  describe.each([
    ['its scope', askByScope],
    ['its signal', askBySignal],
  ])('by %s', (_way, make) => {
    it('sends nothing when that came first', async () => {
      const asked: string[] = [];
      const { port } = await serveRaw((_socket, head) => asked.push(head));
      const { request, abort } = make(`http://127.0.0.1:${port}/`);
      abort();
      await expect(direct()(request)).rejects.toBe(reason);
      expect(asked).toEqual([]);
    });

    it('sends nothing when there is no connection yet', async () => {
      const asked: string[] = [];
      const { port } = await serveRaw((_socket, head) => asked.push(head));
      const { request, abort, signal } = make(`http://127.0.0.1:${port}/`);
      const answer = direct()(request);
      abort();
      await expect(answer).rejects.toBe(reason);
      expect(asked).toEqual([]);
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });

    it('closes the connection while it waits for the answer', async () => {
      const asked = deferred();
      const server = await serveRaw(() => asked.resolve());
      const { request, abort, signal } = make(`http://127.0.0.1:${server.port}/`);
      const answer = direct()(request);
      await asked.promise;
      abort();
      await expect(answer).rejects.toBe(reason);
      await server.closed(0);
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });

    it('closes the connection while it waits for the body, whose reader gets the reason', async () => {
      const server = await serve((_request, response) => response.write('first'));
      const { request, abort, signal } = make(`http://127.0.0.1:${server.port}/`);
      const body = (await direct()(request)).body[Symbol.asyncIterator]();
      expect(String((await body.next()).value)).toBe('first');
      const next = body.next();
      abort();
      await expect(next).rejects.toBe(reason);
      await expect(body.next()).rejects.toBe(reason);
      await server.closed(0);
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });

    it('drops what is here of a body that has not come to its end', async () => {
      const server = await serve((_request, response) => response.write('half of it'));
      const { request, abort } = make(`http://127.0.0.1:${server.port}/`);
      const { body } = await direct()(request);
      abort();
      expect(body.takeReady?.()).toBeUndefined();
      await expect(body[Symbol.asyncIterator]().next()).rejects.toBe(reason);
      await server.closed(0);
    });

    it('is over already when its body is, and keeps the connection', async () => {
      const server = await serve(echo);
      const transport = direct();
      const { request, abort, signal } = make(`http://127.0.0.1:${server.port}/`);
      const response = await transport(request);
      expect(await readAll(response)).toContain('GET');
      expect(getEventListeners(signal, 'abort')).toEqual([]);
      abort();
      const second = ask(`http://127.0.0.1:${server.port}/`);
      await readAll(await transport(second.request));
      expect(second.connections).toEqual([true]);
    });
  });

  it('is listened to until the body is over, and not longer', async () => {
    const answers: ServerResponse[] = [];
    const { port } = await serve((_request, response) => {
      answers.push(response);
      response.write('first');
    });
    const { signal } = new AbortController();
    const response = await direct()(askWith(signal, `http://127.0.0.1:${port}/`));
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    answers[0]?.end();
    expect(await readAll(response)).toBe('first');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

const certificate = selfSigned('DNS:localhost', 'IP:127.0.0.1');

/** Needs openssl for its certificate. */
describe.skipIf(certificate === undefined)('a request over TLS', () => {
  const startTls = (): Promise<Loopback> => listen(createTlsServer({ ...certificate }, echo));

  it('is answered, and its connection serves the next one', async () => {
    trust(certificate!);
    const { port } = await startTls();
    const transport = direct();
    const reported: boolean[][] = [];
    for (let call = 0; call < 2; call += 1) {
      const { request, connections } = ask(`https://localhost:${port}/`, { method: 'POST', body: 'secret' });
      expect(JSON.parse(await readAll(await transport(request)))).toMatchObject({ body: 'secret' });
      reported.push(connections);
    }
    expect(reported).toEqual([[false], [true]]);
  });

  it('is not sent to somebody whom nobody trusts', async () => {
    const { port } = await startTls();
    const { request, connections } = ask(`https://localhost:${port}/`);
    await expect(direct()(request)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(connections).toEqual([]);
  });

  it('is not sent to somebody who is trusted as somebody else', async () => {
    const other = selfSigned('DNS:example.com')!;
    trust(other);
    const { port } = await listen(createTlsServer({ ...other }, echo));
    const { request, connections } = ask(`https://localhost:${port}/`);
    await expect(direct()(request)).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(connections).toEqual([]);
  });

  it('is not sent to a port that does not speak TLS', async () => {
    const { port } = await serve(echo);
    const { request, connections } = ask(`https://127.0.0.1:${port}/`);
    await expect(direct()(request)).rejects.toMatchObject({ code: expect.stringMatching(/^(?:EPROTO|ERR_SSL_)/) });
    expect(connections).toEqual([]);
  });
});

describe('a request for an http address where there is a proxy', () => {
  it('goes to the proxy with the whole address, and the credentials go with it', async () => {
    const { port } = await serve(echo);
    const transport = nodeTransport({ http_proxy: `http://me:p%40ss@127.0.0.1:${port}` });
    for (const path of ['/v1?x=/', '/again']) {
      const { request } = ask(`http://api.example:8080${path}`, { headers: { 'x-call': path } });
      expect(JSON.parse(await readAll(await transport(request)))).toMatchObject({
        url: `http://api.example:8080${path}`,
        headers: { host: 'api.example:8080', 'x-call': path, 'proxy-authorization': `Basic ${btoa('me:p@ss')}` },
      });
    }
  });

  it('goes directly where the proxy is not meant for the host', async () => {
    const { port } = await serve(echo);
    const transport = nodeTransport({ http_proxy: 'http://127.0.0.1:1', no_proxy: '127.0.0.1' });
    expect(JSON.parse(await readAll(await transport(ask(`http://127.0.0.1:${port}/`).request)))).toMatchObject({
      url: '/',
    });
  });

  it('is refused where the proxy is no URL', async () => {
    const transport = nodeTransport({ http_proxy: 'socks5://127.0.0.1:1' });
    await expect(transport(ask('http://api.example/').request)).rejects.toMatchObject({ code: 'ERR_PROXY_URL' });
  });

  it('is found in the environment of the process', async () => {
    const { port } = await serve(echo);
    vi.stubEnv('http_proxy', `127.0.0.1:${port}`);
    vi.stubEnv('no_proxy', undefined);
    const response = await nodeTransport()(ask('http://api.example/').request);
    expect(JSON.parse(await readAll(response))).toMatchObject({
      url: 'http://api.example/',
      headers: { host: 'api.example' },
    });
  });
});

describe('a program', () => {
  const program = `
    import { nodeTransport } from './platform/node-transport.ts';
    const { signal } = new AbortController();
    const { body } = await nodeTransport({})({ method: 'GET', url: process.env.TEST_URL, headers: {}, signal });
    for await (const piece of body) process.stdout.write(piece);
  `;

  it('comes to its end when its calls have, though the connection is kept', async () => {
    const server = await serve((_request, response) => response.end('answer'));
    const { code, output } = await runProgram(program, { TEST_URL: `http://127.0.0.1:${server.port}/` });
    expect([code, output]).toEqual([0, 'answer']);
  });

  it.skipIf(certificate === undefined)('trusts whom the user trusts', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'trusted-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = path.join(folder, 'cert.pem');
    await writeFile(file, certificate!.cert);
    const { port } = await listen(createTlsServer({ ...certificate }, (_request, response) => response.end('answer')));
    const environment = { TEST_URL: `https://localhost:${port}/`, NODE_EXTRA_CA_CERTS: file };
    expect(await runProgram(program, environment)).toEqual({ code: 0, output: 'answer' });
  });
});
