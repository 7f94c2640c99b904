import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

/** A proxy that says nothing for this long is given up. */
const patienceMs = 30_000;

/** The modules a tunnel is made with, loaded by whoever has a request to send. */
export interface TunnelModules {
  readonly http: typeof import('node:http');
  readonly tls: typeof import('node:tls');
}

/** Where the tunnel shall lead. */
export interface TunnelTarget {
  readonly host: string;
  readonly port: string;
}

/**
 * Opens an encrypted connection to the target through a proxy. The proxy sees the target's name and nothing else.
 *
 * @param proxy - the proxy's URL; its user name and password go to the proxy only
 * @param target - where to
 * @param modules - Node's http and tls
 * @returns the connection, after the TLS handshake with the target
 * @throws an Error with the code `ERR_PROXY_CONNECTION` when the proxy cannot be reached, `ERR_PROXY_TUNNEL` when it refuses
 */
export async function openTunnel(proxy: URL, target: TunnelTarget, { http, tls }: TunnelModules): Promise<TLSSocket> {
  const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
  const request = http.request({
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port === '' ? 80 : proxy.port,
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...proxyAuthorization(proxy) },
    agent: false,
    timeout: patienceMs,
  });
  const socket = await connected(request, proxy);
  return new Promise((resolve, reject) => {
    const secure = tls.connect({ socket, servername: /^[\d.]+$|:/.test(target.host) ? '' : target.host, ALPNProtocols: ['http/1.1'] });
    secure.once('secureConnect', () => {
      secure.off('error', reject);
      resolve(secure);
    });
    secure.once('error', reject);
  });
}

/**
 * Builds the header that tells a proxy who is asking.
 *
 * @param proxy - the proxy's URL
 * @returns the header, or nothing when the URL names no user
 */
export function proxyAuthorization(proxy: URL): Readonly<Record<string, string>> {
  if (proxy.username === '') return {};
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}

function connected(request: ClientRequest, proxy: URL): Promise<Socket> {
  return new Promise((resolve, reject) => {
    request.once('connect', (response: IncomingMessage, socket: Socket) => {
      socket.setTimeout(0);
      if (response.statusCode === 200) resolve(socket);
      else {
        socket.destroy();
        reject(failure('ERR_PROXY_TUNNEL', `The proxy ${proxy.host} refused the connection with status ${response.statusCode ?? 0}.`));
      }
    });
    request.once('response', (response: IncomingMessage) => {
      response.destroy();
      reject(failure('ERR_PROXY_TUNNEL', `The proxy ${proxy.host} refused the connection with status ${response.statusCode ?? 0}.`));
    });
    request.once('timeout', () => {
      request.destroy(new Error('The proxy did not answer.'));
    });
    request.once('error', (cause) => {
      reject(failure('ERR_PROXY_CONNECTION', `The proxy ${proxy.host} could not be reached.`, cause));
    });
    request.end();
  });
}

function failure(code: string, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { code });
}
