import { getEventListeners, once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import type { RequestListener, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { selfSigned, trust } from '../../tests/support/certificate.ts';
import { listen } from '../../tests/support/loopback.ts';
import { ask, askWith, readAll, serve, serveRaw } from '../../tests/support/transport.ts';
import type { Transport } from '../http/transport.ts';
import { nodeTransport } from './node-transport.ts';

/** Nobody's proxy: what is set where the tests run must not count. */
const direct = (): Transport => nodeTransport({});

/** Answers with what was asked. */
const echo: RequestListener = async (request, response) => {
  const body: Uint8Array[] = [];
  for await (const piece of request) body.push(piece);
  const { method, url, headers } = request;
  response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(body).toString() }));
};

describe('a request over Node', () => {
  it('says what it was told to say', async () => {
    const { port } = await serve(echo);
    const url = `http://127.0.0.1:${port}/api/v1/chat?a=b/c`;
    const { request } = ask(url, { method: 'POST', headers: { 'x-title': 'Test', 'content-type': 'application/json' }, body: '{"ü":1}' });
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
    const { createServer } = await import('node:http');
    const server = await listen(createServer(echo), '::1').catch(() => skip('There is no IPv6 here.'));
    const { request } = ask(`http://[::1]:${server.port}/`);
    expect(JSON.parse(await readAll(await direct()(request)))).toMatchObject({ headers: { host: `[::1]:${server.port}` } });
  });
});

describe('an answer over Node', () => {
  it('tells status and headers, several values of one joined', async () => {
    const { port } = await serveRaw((socket) => {
      socket.end('HTTP/1.1 418 Teapot\r\nX-One: 1\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nSET-COOKIE: c=3\r\nContent-Length: 2\r\n\r\nno');
    });
    const response = await direct()(ask(`http://127.0.0.1:${port}/`).request);
    expect([response.status, response.headers]).toEqual([418, { 'x-one': '1', 'set-cookie': 'a=1, b=2, c=3', 'content-length': '2' }]);
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
    ['the connection is reset in the middle of the headers', (socket) => socket.write('HTTP/1.1 200 OK\r\nx-', () => reset(socket)), 'ECONNRESET'],
    ['the connection is closed in the middle of the headers', (socket) => socket.end('HTTP/1.1 200 OK\r\nx-'), 'ECONNRESET'],
    ['something else than HTTP answers', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'), 'HPE_INVALID_CONSTANT'],
    ['the headers never end', (socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`), 'HPE_HEADER_OVERFLOW'],
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
    await expect(direct()(askWith(signal, `http://127.0.0.1:${port}/`))).rejects.toThrow();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a body that breaks off', () => {
  it.each([
    ['is reset', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n', (socket: Socket): unknown => socket.resetAndDestroy()],
    ['is closed', 'Content-Length: 10\r\n\r\nabc', (socket: Socket): unknown => socket.end()],
    ['turns into something else', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n', (socket: Socket): unknown => socket.end('what?\r\n')],
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

  /** Both ways to end a request: by its scope, and by a signal alone. */
  const ways = [
    [
      'its scope',
      (url: string) => {
        const { request, scope } = ask(url);
        return { request, abort: () => scope.abort(reason), signal: undefined };
      },
    ],
    [
      'its signal',
      (url: string) => {
        const controller = new AbortController();
        return { request: askWith(controller.signal, url), abort: () => controller.abort(reason), signal: controller.signal };
      },
    ],
  ] as const;

  describe.each(ways)('by %s', (_way, make) => {
    it('before anything is sent, sends nothing', async () => {
      const server = await serve(echo);
      const { request, abort } = make(`http://127.0.0.1:${server.port}/`);
      abort();
      await expect(direct()(request)).rejects.toBe(reason);
    });

    it('before there is a connection, sends nothing', async () => {
      const heads: string[] = [];
      const server = await serveRaw((_socket, head) => heads.push(head));
      const { request, abort } = make(`http://127.0.0.1:${server.port}/first`);
      const transport = direct();
      const answer = transport(request);
      abort();
      await expect(answer).rejects.toBe(reason);
      expect(heads).toEqual([]);
    });

    it('while it waits for the answer, closes the connection', async () => {
      const asked = Promise.withResolvers === undefined ? deferred() : deferred();
      const server = await serveRaw(() => asked.resolve());
      const { request, abort, signal } = make(`http://127.0.0.1:${server.port}/`);
      const answer = direct()(request);
      await asked.promise;
      abort();
      await expect(answer).rejects.toBe(reason);
      await server.closed(0);
      if (signal !== undefined) expect(getEventListeners(signal, 'abort')).toEqual([]);
    });

    it('while it waits for the body, closes the connection and gives the reader the reason', async () => {
      const server = await serve((_request, response) => response.write('first'));
      const { request, abort, signal } = make(`http://127.0.0.1:${server.port}/`);
      const body = (await direct()(request)).body[Symbol.asyncIterator]();
      expect(String((await body.next()).value)).toBe('first');
      const next = body.next();
      abort();
      await expect(next).rejects.toBe(reason);
      await expect(body.next()).rejects.toBe(reason);
      await server.closed(0);
      if (signal !== undefined) expect(getEventListeners(signal, 'abort')).toEqual([]);
    });
  });
});
