import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { deferred } from '../../tests/support/deferred.ts';
import { ask, askWith, echo, readAll, serve, serveRaw } from '../../tests/support/transport.ts';
import { fetchTransport, type Fetch } from './fetch-transport.ts';

const reason = { just: 'because' };
const overFetch = fetchTransport((url, init) => fetch(url, init));

/** A transport over a fetch that answers with what a test made, and what that fetch was told. */
function over(response: Response): { readonly told: unknown[]; readonly transport: ReturnType<typeof fetchTransport> } {
  const told: unknown[] = [];
  const fake: Fetch = async (...args) => {
    told.push(args);
    return response;
  };
  return { told, transport: fetchTransport(fake) };
}

const { signal } = new AbortController();
const anywhere = askWith(signal, 'https://openrouter.ai/api/v1/models');

describe('a request over fetch', () => {
  it('says what it was told to say', async () => {
    const { port } = await serve(echo);
    const headers = { 'content-type': 'application/json', 'x-title': 'Test' };
    const { request } = ask(`http://127.0.0.1:${port}/v1?a=b`, { method: 'POST', headers, body: '{"ü":1}' });
    const response = await overFetch(request);
    expect(response.status).toBe(200);
    expect(JSON.parse(await readAll(response))).toMatchObject({
      method: 'POST',
      url: '/v1?a=b',
      headers,
      body: '{"ü":1}',
    });
  });

  it('sends bytes as they are', async () => {
    const { port } = await serve(echo);
    const { request } = ask(`http://127.0.0.1:${port}/`, { method: 'POST', body: new Uint8Array([104, 105]) });
    expect(JSON.parse(await readAll(await overFetch(request)))).toMatchObject({ body: 'hi' });
  });

  it('has no body where there is none, and never follows a redirect', async () => {
    const { told, transport } = over(new Response('text'));
    await transport(anywhere);
    expect(told).toEqual([[anywhere.url, { method: 'GET', headers: {}, signal, redirect: 'manual' }]]);
  });

  it('cannot tell whether there is a connection', () => {
    expect(overFetch.reportsConnection).toBeUndefined();
  });

  it('fails as fetch does', async () => {
    const { request } = ask('http://127.0.0.1:1/');
    await expect(overFetch(request)).rejects.toMatchObject({ name: 'TypeError', message: 'fetch failed' });
    const broken = fetchTransport(() => Promise.reject(new Error('broken')));
    await expect(broken(anywhere)).rejects.toThrow('broken');
  });
});

describe('an answer over fetch', () => {
  it('tells status and headers', async () => {
    const { port } = await serve((_request, response) => {
      response.writeHead(418, { 'X-One': '1', 'Retry-After': '2' }).end();
    });
    const { status, headers } = await overFetch(ask(`http://127.0.0.1:${port}/`).request);
    expect([status, headers]).toEqual([418, expect.objectContaining({ 'x-one': '1', 'retry-after': '2' })]);
  });

  it('comes as it arrives, and to its end', async () => {
    const answers: ServerResponse[] = [];
    const { port } = await serve((_request, response) => {
      answers.push(response);
      response.write('one');
    });
    const body = (await overFetch(ask(`http://127.0.0.1:${port}/`).request)).body[Symbol.asyncIterator]();
    expect(await body.next()).toMatchObject({ done: false, value: new TextEncoder().encode('one') });
    answers[0]?.end('two');
    expect(await body.next()).toMatchObject({ done: false, value: new TextEncoder().encode('two') });
    expect(await body.next()).toEqual({ done: true, value: undefined });
  });

  it('may have no body at all', async () => {
    const { transport } = over(new Response(null, { status: 204 }));
    const response = await transport(anywhere);
    expect([response.status, await readAll(response)]).toEqual([204, '']);
    expect(await response.body[Symbol.asyncIterator]().return?.()).toEqual({ done: true, value: undefined });
  });

  it('fails where the connection breaks off', async () => {
    const { port } = await serveRaw((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'));
    const response = await overFetch(ask(`http://127.0.0.1:${port}/`).request);
    await expect(readAll(response)).rejects.toMatchObject({ message: 'terminated' });
  });
});

describe('a redirect over fetch', () => {
  it('is not followed', async () => {
    const elsewhere: string[] = [];
    const other = await serveRaw((_socket, head) => elsewhere.push(head));
    const location = `http://127.0.0.1:${other.port}/`;
    const { port } = await serve((_request, response) => response.writeHead(307, { location }).end());
    const { request } = ask(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'secret' });
    const { status, headers } = await overFetch(request);
    expect([status, headers['location']]).toEqual([307, location]);
    expect(elsewhere).toEqual([]);
  });

  it('is told of where fetch followed it all the same', async () => {
    const response = new Response('text');
    Object.defineProperties(response, { redirected: { value: true }, url: { value: 'https://elsewhere.example/' } });
    const { status, headers } = await over(response).transport(anywhere);
    expect([status, headers]).toEqual([302, { location: 'https://elsewhere.example/' }]);
  });

  it('that a browser hides has the status 0 and no body', async () => {
    const response = await over(Response.error()).transport(anywhere);
    expect([response.status, response.headers, await readAll(response)]).toEqual([0, {}, '']);
  });
});

describe('a request over fetch that is not wanted any more', () => {
  it('closes its connection while it waits for the answer', async () => {
    const asked = deferred();
    const server = await serveRaw(() => asked.resolve());
    const { request, scope } = ask(`http://127.0.0.1:${server.port}/`);
    const answer = overFetch(request);
    await asked.promise;
    scope.abort(reason);
    await expect(answer).rejects.toBe(reason);
    await server.closed(0);
  });

  it('closes its connection while it waits for the body', async () => {
    const server = await serve((_request, response) => response.write('first'));
    const { request, scope } = ask(`http://127.0.0.1:${server.port}/`);
    const body = (await overFetch(request)).body[Symbol.asyncIterator]();
    await body.next();
    const next = body.next();
    scope.abort(reason);
    await expect(next).rejects.toBe(reason);
    await server.closed(0);
    expect(await body.return?.()).toEqual({ done: true, value: undefined });
  });

  it('closes its connection when its reader has had enough', async () => {
    const server = await serve((_request, response) => response.write('first'));
    for await (const piece of (await overFetch(ask(`http://127.0.0.1:${server.port}/`).request)).body) {
      expect(new TextDecoder().decode(piece)).toBe('first');
      break;
    }
    await server.closed(0);
  });

  it('does not make its reader wait for a stream that never ends', async () => {
    let cancelled = 0;
    const stream = new ReadableStream<Uint8Array>({
      cancel: () => {
        cancelled += 1;
        return new Promise<never>(() => undefined);
      },
    });
    const body = (await over(new Response(stream)).transport(anywhere)).body[Symbol.asyncIterator]();
    expect(await body.return?.()).toEqual({ done: true, value: undefined });
    expect(cancelled).toBe(1);
  });
});
