import type { Agent, IncomingMessage, RequestOptions } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Transport, TransportRequest, TransportResponse } from '../http/transport.ts';
import { NodeBody } from './node-body.ts';
import { decodeBody } from './node-decode.ts';
import { proxyFor } from './node-proxy.ts';
import { openTunnel, proxyAuthorization } from './node-tunnel.ts';

interface Modules {
  readonly http: typeof import('node:http');
  readonly https: typeof import('node:https');
  readonly tls: typeof import('node:tls');
}

/** How requests reach one origin: found once, since reading the environment costs more than sending. */
interface Route {
  readonly options: RequestOptions;
  readonly headers: Readonly<Record<string, string>>;
  /** An HTTP proxy wants the whole address in the place of the path. */
  readonly absolute: boolean;
}

/**
 * Makes a transport of Node's own HTTP client, with connections that are kept for the calls to come, and through the proxy that the environment names.
 *
 * @param environment - where `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` are looked up, once for each origin; default `process.env`
 * @returns the transport
 */
export function nodeTransport(environment: Readonly<Record<string, string | undefined>> = process.env): Transport {
  let loaded: Modules | undefined;
  const routes = new Map<string, Route>();
  const transport: Transport = async (request) => {
    // Loading them takes longer than the rest of the library, so a program that only imports it does not pay.
    loaded ??= await load();
    const url = new URL(request.url);
    let route = routes.get(url.origin);
    if (route === undefined) {
      route = findRoute(url, environment, loaded);
      routes.set(url.origin, route);
    }
    const path = route.absolute ? url.href : url.pathname + url.search;
    return send(loaded, { ...route.options, path, method: request.method, headers: { ...route.headers, ...request.headers } }, request);
  };
  return Object.assign(transport, { reportsConnection: true });
}

async function load(): Promise<Modules> {
  const [http, https, tls] = await Promise.all([import('node:http'), import('node:https'), import('node:tls')]);
  return { http, https, tls };
}

function findRoute(url: URL, environment: Readonly<Record<string, string | undefined>>, modules: Modules): Route {
  const proxy = proxyFor(url, environment);
  const headers = { 'accept-encoding': 'gzip, br', 'user-agent': 'openrouter-ts' };
  const agent = createAgent(modules, url.protocol, proxy);
  if (proxy === undefined || url.protocol === 'https:') {
    return { options: { protocol: url.protocol, host: bareHost(url), port: url.port, agent }, headers, absolute: false };
  }
  return {
    options: { protocol: 'http:', host: bareHost(proxy), port: proxy.port, agent },
    headers: { ...headers, host: url.host, ...proxyAuthorization(proxy) },
    absolute: true,
  };
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function createAgent({ http, https, tls }: Modules, protocol: string, proxy: URL | undefined): Agent {
  const options = { keepAlive: true, scheduling: 'lifo' } as const;
  if (protocol === 'http:') return new http.Agent(options);
  const agent = new https.Agent(options);
  if (proxy === undefined) return agent;
  return Object.assign(agent, {
    createConnection: (target: RequestOptions, done: (error: unknown, socket?: TLSSocket) => void) => {
      openTunnel(proxy, { host: target.host ?? '', port: String(target.port ?? 443) }, { http, tls }).then((socket) => {
        done(null, socket);
      }, done);
    },
  });
}

function send({ http, https }: Modules, options: RequestOptions, { body, signal, onAbort, onConnected }: TransportRequest): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    const secure = options.protocol === 'https:';
    const request = (secure ? https : http).request(options);
    const close = (): void => {
      request.destroy();
    };
    const forget = (onAbort ?? listenTo(signal))((reason) => {
      reject(reason);
      close();
    });
    request.on('socket', (socket) => {
      if (request.reusedSocket || !socket.connecting) onConnected?.(request.reusedSocket);
      else socket.once(secure ? 'secureConnect' : 'connect', () => onConnected?.(false));
    });
    // Stays for good: an error after the answer is the body's affair, but must not be nobody's.
    request.on('error', (error) => {
      forget();
      reject(error);
    });
    request.on('response', (response) => {
      receive(response, { close, forget }, resolve, reject);
    });
    request.end(body);
  });
}

function listenTo(signal: AbortSignal): (listener: (reason: unknown) => void) => () => void {
  return (listener) => {
    const abort = (): void => {
      listener(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    return () => {
      signal.removeEventListener('abort', abort);
    };
  };
}

interface Connection {
  readonly close: () => void;
  readonly forget: () => void;
}

function receive(response: IncomingMessage, { close, forget }: Connection, resolve: (response: TransportResponse) => void, reject: (error: unknown) => void): void {
  const { statusCode: status = 0, socket } = response;
  const headers = headersOf(response);
  const encoding = headers['content-encoding'];
  if (encoding === undefined) {
    resolve({ status, headers, body: new NodeBody(response, socket, close, forget) });
    return;
  }
  delete headers['content-encoding'];
  decodeBody(response, encoding).then((decoded) => {
    resolve({ status, headers, body: new NodeBody(decoded, socket, close, forget) });
  }, reject);
}

/** One pass over what came, where Node's own reading would make an object with rules that an API client has no use for. */
function headersOf({ rawHeaders }: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = String(rawHeaders[index]).toLowerCase();
    const value = String(rawHeaders[index + 1]);
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}
