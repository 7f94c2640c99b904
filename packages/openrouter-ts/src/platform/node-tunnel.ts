import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Agent } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { listenForAbort, type Abortable } from './node-abort.ts';
import { hostOf } from './node-host.ts';
import { proxyError } from './node-proxy-error.ts';

/** Where a tunnel shall lead, as Node tells the agent; the request that it is for is added by the transport. */
interface Target {
  readonly host: string;
  readonly port: number;
  /** Empty where the host is an address. */
  readonly servername: string;
  readonly outgoing: Abortable;
}

type Done = (error: unknown, socket?: TLSSocket) => void;

/**
 * Makes an agent whose connections are encrypted from end to end through a proxy, which sees the target's name and nothing else.
 * A request that waits for one fails with the code `ERR_PROXY_CONNECTION` when the proxy or, by its word, the target cannot be reached, `ERR_PROXY_TUNNEL` when it refuses.
 *
 * @param proxy - the proxy's URL; its user name and password go to the proxy only
 * @returns the agent
 */
export function tunnelAgent(proxy: URL): Agent {
  const { Agent } = process.getBuiltinModule('node:https');
  return Object.assign(new Agent({ keepAlive: true }), {
    createConnection: (target: Target, done: Done) => {
      openTunnel(proxy, target, done);
    },
  });
}

/**
 * Builds the header that tells a proxy who is asking.
 *
 * @param proxy - the proxy's URL
 * @returns the header, or nothing when the URL names no user
 */
export function proxyAuthorization({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '') return {};
  // A password with a per cent sign of its own is taken as it is.
  const { unescape } = process.getBuiltinModule('node:querystring');
  const credentials = `${unescape(username)}:${unescape(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}

function openTunnel(proxy: URL, { host, port, servername, outgoing }: Target, done: Done): void {
  const request = connectRequest(proxy, `${host.includes(':') ? `[${host}]` : host}:${port}`);
  let stage: ClientRequest | TLSSocket = request;
  // The request that wants the tunnel has no socket yet that it could close.
  const forget = listenForAbort(outgoing, () => {
    stage.destroy();
  });
  const finish: Done = (error, socket) => {
    forget();
    done(error, socket);
  };
  request.once('error', (cause) => {
    finish(proxyError('ERR_PROXY_CONNECTION', `The proxy ${proxy.host} could not be reached.`, cause));
  });
  request.once('connect', ({ statusCode }: IncomingMessage, socket: Socket) => {
    if (statusCode !== 200) {
      socket.destroy();
      // A proxy that cannot reach the target now may reach it later; one that does not want to will not.
      const code = Number(statusCode) < 500 ? 'ERR_PROXY_TUNNEL' : 'ERR_PROXY_CONNECTION';
      finish(proxyError(code, `The proxy ${proxy.host} refused the connection with status ${String(statusCode)}.`));
      return;
    }
    // The host is whose certificate is wanted: without it, that would be the proxy's.
    const secure = process
      .getBuiltinModule('node:tls')
      .connect({ socket, host, servername, ALPNProtocols: ['http/1.1'] });
    stage = secure;
    secure.once('error', finish);
    secure.once('secureConnect', () => {
      secure.off('error', finish);
      finish(null, secure);
    });
  });
  request.end();
}

function connectRequest(proxy: URL, authority: string): ClientRequest {
  const http = process.getBuiltinModule(proxy.protocol === 'https:' ? 'node:https' : 'node:http');
  return http.request({
    host: hostOf(proxy),
    port: proxy.port,
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...proxyAuthorization(proxy) },
    agent: false,
  });
}
