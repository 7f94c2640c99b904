import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer, createServer as createTlsServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { selfSigned, trust, type Certificate } from '../../tests/support/certificate.ts';
import { deferred, type Deferred } from '../../tests/support/deferred.ts';
import { listen, type Loopback } from '../../tests/support/loopback.ts';
import { ask, echo, readAll, serveRaw } from '../../tests/support/transport.ts';
import { nodeTransport } from './node-transport.ts';
import { proxyAuthorization } from './node-tunnel.ts';

describe('what a proxy is told of who is asking', () => {
  it.each([
    ['http://proxy.example', undefined],
    ['http://me:secret@proxy.example', 'me:secret'],
    ['http://me@proxy.example', 'me:'],
    ['http://m%40e:s%3Acr%C3%A9t@proxy.example', 'm@e:s:crét'],
    ['http://me:100%@proxy.example', 'me:100%'],
  ])('by %s is %j', (proxy, credentials) => {
    const expected = credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;
    expect(proxyAuthorization(new URL(proxy))['proxy-authorization']).toBe(expected);
  });
});

const named = selfSigned('DNS:localhost');
const numbered = selfSigned('IP:127.0.0.1');

interface Proxy extends Loopback {
  /** The target and the credentials of each CONNECT. */
  readonly asked: (readonly [target: string | undefined, credentials: string | undefined])[];
}

/** A proxy that leads wherever it is asked. */
async function startProxy(server: Server = createHttpServer()): Promise<Proxy> {
  const asked: Proxy['asked'] = [];
  server.on('connect', ({ url = '', headers }, socket: Socket) => {
    asked.push([url, headers['proxy-authorization']]);
    const { hostname, port } = new URL(`http://${url}`);
    const onward = connect(Number(port), hostname.replaceAll(/[[\]]/g, ''), () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    socket.on('close', () => onward.destroy());
  });
  return { ...(await listen(server)), asked };
}

const startTls = (certificate: Certificate): Promise<Loopback> => listen(createTlsServer({ ...certificate }, echo));

/** Needs openssl for its certificates. */
describe.skipIf(named === undefined || numbered === undefined)('a request through a proxy', () => {
  it('reaches its target, which never sees the credentials of the proxy', async () => {
    trust(named!);
    const server = createTlsServer({ ...named, ALPNProtocols: ['h2', 'http/1.1'] }, echo);
    const protocols: unknown[] = [];
    server.on('secureConnection', ({ alpnProtocol }) => protocols.push(alpnProtocol));
    const [proxy, target] = [await startProxy(), await listen(server)];
    const transport = nodeTransport({ https_proxy: `http://me:secret@127.0.0.1:${proxy.port}` });
    const { request, connections } = ask(`https://localhost:${target.port}/api?x=1`, { method: 'POST', body: 'text' });
    const seen = JSON.parse(await readAll(await transport(request)));
    expect(seen).toMatchObject({
      method: 'POST',
      url: '/api?x=1',
      body: 'text',
      headers: { host: `localhost:${target.port}` },
    });
    expect(seen.headers).not.toHaveProperty('proxy-authorization');
    expect(proxy.asked).toEqual([[`localhost:${target.port}`, `Basic ${btoa('me:secret')}`]]);
    expect(connections).toEqual([false]);
    expect(protocols).toEqual(['http/1.1']);
  });

  it('leaves its tunnel to the next one', async () => {
    trust(named!);
    const [proxy, target] = [await startProxy(), await startTls(named!)];
    const transport = nodeTransport({ https_proxy: `http://127.0.0.1:${proxy.port}` });
    const reported: boolean[][] = [];
    for (let call = 0; call < 2; call += 1) {
      const { request, connections } = ask(`https://localhost:${target.port}/`);
      await readAll(await transport(request));
      reported.push(connections);
    }
    expect(reported).toEqual([[false], [true]]);
    expect(proxy.asked).toEqual([[`localhost:${target.port}`, undefined]]);
  });

  it('can reach a proxy that wants TLS itself', async () => {
    trust(named!);
    const [proxy, target] = [await startProxy(createHttpsServer({ ...named })), await startTls(named!)];
    const transport = nodeTransport({ https_proxy: `https://localhost:${proxy.port}` });
    const { request } = ask(`https://localhost:${target.port}/`);
    expect(JSON.parse(await readAll(await transport(request)))).toMatchObject({ method: 'GET' });
    expect(proxy.asked).toHaveLength(1);
  });

  it('reaches a target that has no name', async () => {
    trust(numbered!);
    const [proxy, target] = [await startProxy(), await startTls(numbered!)];
    const transport = nodeTransport({ https_proxy: `http://localhost:${proxy.port}` });
    const { request } = ask(`https://127.0.0.1:${target.port}/`);
    expect(JSON.parse(await readAll(await transport(request)))).toMatchObject({ method: 'GET' });
  });

  it('is not answered by somebody with a certificate for the name of the proxy', async () => {
    trust(named!);
    const [proxy, target] = [await startProxy(), await startTls(named!)];
    const transport = nodeTransport({ https_proxy: `http://localhost:${proxy.port}` });
    const { request, connections } = ask(`https://127.0.0.1:${target.port}/`);
    await expect(transport(request)).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(connections).toEqual([]);
  });

  it('is not answered by somebody whom nobody trusts', async () => {
    const [proxy, target] = [await startProxy(), await startTls(named!)];
    const transport = nodeTransport({ https_proxy: `http://127.0.0.1:${proxy.port}` });
    const { request, connections } = ask(`https://localhost:${target.port}/`);
    await expect(transport(request)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(connections).toEqual([]);
  });
});

describe('a tunnel', () => {
  it('is asked for in brackets to an IPv6 address', async () => {
    const heads: string[] = [];
    const { port } = await serveRaw((socket, head) => {
      heads.push(head);
      socket.end('HTTP/1.1 403 No\r\n\r\n');
    });
    const { request } = ask('https://[2001:db8::1]/');
    await expect(nodeTransport({ https_proxy: `127.0.0.1:${port}` })(request)).rejects.toMatchObject({
      code: 'ERR_PROXY_TUNNEL',
    });
    expect(heads).toEqual([
      'CONNECT [2001:db8::1]:443 HTTP/1.1\r\nhost: [2001:db8::1]:443\r\nConnection: close\r\n\r\n',
    ]);
  });

  it.each([
    [407, 'ERR_PROXY_TUNNEL'],
    [403, 'ERR_PROXY_TUNNEL'],
    [201, 'ERR_PROXY_TUNNEL'],
    [502, 'ERR_PROXY_CONNECTION'],
  ])('is refused with status %d, and the connection is closed', async (status, code) => {
    const proxy = await serveRaw((socket) => socket.write(`HTTP/1.1 ${status} No\r\nContent-Length: 5\r\n\r\nsorry`));
    const { request, scope, connections, over } = ask('https://localhost/');
    await expect(
      nodeTransport({ https_proxy: `http://me:secret@127.0.0.1:${proxy.port}` })(request),
    ).rejects.toMatchObject({
      code,
      message: `The proxy 127.0.0.1:${proxy.port} refused the connection with status ${status}.`,
    });
    await Promise.all([proxy.closed(0), over]);
    expect(connections).toEqual([]);
    expect(scope.aborted).toBe(false);
  });

  it('cannot be had where there is no proxy', async () => {
    const { request } = ask('https://localhost/');
    await expect(nodeTransport({ https_proxy: 'http://me:secret@127.0.0.1:1' })(request)).rejects.toMatchObject({
      code: 'ERR_PROXY_CONNECTION',
      message: 'The proxy 127.0.0.1:1 could not be reached.',
      cause: { code: 'ECONNREFUSED' },
    });
  });

  it('cannot be had where something else than a proxy answers', async () => {
    const { port } = await serveRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    const { request } = ask('https://localhost/');
    await expect(nodeTransport({ https_proxy: `http://127.0.0.1:${port}` })(request)).rejects.toMatchObject({
      code: 'ERR_PROXY_CONNECTION',
      cause: { code: 'HPE_INVALID_CONSTANT' },
    });
  });

  it.each([
    ['closed', (socket: Socket): unknown => socket.end()],
    ['reset', (socket: Socket): unknown => socket.resetAndDestroy()],
  ])('is lost when it is %s before the target is known', async (_how, end) => {
    const { port } = await serveRaw((socket) =>
      socket.write('HTTP/1.1 200 OK\r\n\r\n', () => socket.once('data', () => end(socket))),
    );
    const { request, connections } = ask('https://localhost/');
    await expect(nodeTransport({ https_proxy: `http://127.0.0.1:${port}` })(request)).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    expect(connections).toEqual([]);
  });
});

describe('a request that is aborted while its tunnel is made', () => {
  const stalled = (stage: Deferred<void>, answer: string | undefined) => (socket: Socket) => {
    if (answer === undefined) stage.resolve();
    else socket.write(answer, () => socket.once('data', () => stage.resolve()));
  };

  it.each([
    ['the proxy says nothing', undefined],
    ['the target says nothing', 'HTTP/1.1 200 OK\r\n\r\n'],
  ])('leaves nothing behind when %s', async (_what, answer) => {
    const stage = deferred();
    const proxy = await serveRaw(stalled(stage, answer));
    const { request, scope } = ask('https://localhost/');
    const response = nodeTransport({ https_proxy: `http://127.0.0.1:${proxy.port}` })(request);
    await stage.promise;
    scope.abort('enough');
    await expect(response).rejects.toBe('enough');
    await proxy.closed(0);
  });

  it('does not end with the tunnel of another one', async () => {
    const both = deferred();
    const waiting: Socket[] = [];
    const proxy = await serveRaw((socket) => {
      waiting.push(socket);
      if (waiting.length === 2) both.resolve();
    });
    const transport = nodeTransport({ https_proxy: `http://127.0.0.1:${proxy.port}` });
    const [first, second] = [ask('https://localhost/'), ask('https://localhost/')];
    const answers = [transport(first.request), transport(second.request)];
    await both.promise;
    first.scope.abort('enough');
    await expect(answers[0]).rejects.toBe('enough');
    await Promise.race([proxy.closed(0), proxy.closed(1)]);
    waiting.find((socket) => !socket.closed)?.write('HTTP/1.1 403 No\r\n\r\n');
    await expect(answers[1]).rejects.toMatchObject({ code: 'ERR_PROXY_TUNNEL' });
  });
});

describe('a proxy that is reached by TLS', () => {
  it.skipIf(named === undefined)('is not told anything when nobody trusts it', async () => {
    const proxy = await startProxy(createHttpsServer({ ...named }));
    const { request } = ask('https://localhost/');
    await expect(
      nodeTransport({ https_proxy: `https://me:secret@localhost:${proxy.port}` })(request),
    ).rejects.toMatchObject({
      code: 'ERR_PROXY_CONNECTION',
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    expect(proxy.asked).toEqual([]);
  });

  it.skipIf(named === undefined)('also carries requests for http addresses', async () => {
    trust(named!);
    const proxy = await listen(createHttpsServer({ ...named }, echo));
    const { request, connections } = ask('http://api.example/v1');
    const response = await nodeTransport({ http_proxy: `https://localhost:${proxy.port}` })(request);
    expect(JSON.parse(await readAll(response))).toMatchObject({ url: 'http://api.example/v1' });
    expect(connections).toEqual([false]);
  });
});
