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
  /** The same with those of a request, by the object that held the request's. */
  readonly joined: WeakMap<object, Readonly<Record<string, string>>>;
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
  const exchange = (modules: Modules, request: TransportRequest): Promise<TransportResponse> => {
    const { url, method, headers } = request;
    const pathAt = url.indexOf('/', 'https://'.length);
    const origin = url.slice(0, pathAt);
    let route = routes.get(origin);
    if (route === undefined) {
      route = findRoute(new URL(url), environment, modules);
      routes.set(origin, route);
    }
    const options = { ...route.options, method, path: route.absolute ? url : url.slice(pathAt), headers: withRoute(route, headers) };
    return send(modules, options, request);
  };
  const transport: Transport = (request) => {
    if (loaded !== undefined) return exchange(loaded, request);
    // Loading them takes longer than the rest of the library, so a program that only imports it does not pay.
    return load().then((modules) => {
      loaded = modules;
      return exchange(modules, request);
    });
  };
  return Object.assign(transport, { reportsConnection: true });
}

/** A client sends the same headers again and again; joining them is done once for each object of them. */
function withRoute(route: Route, headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  let joined = route.joined.get(headers);
  if (joined === undefined) {
    joined = { ...route.headers, ...headers };
    route.joined.set(headers, joined);
  }
  return joined;
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
    return { options: { protocol: url.protocol, host: bareHost(url), port: url.port, agent }, headers, joined: new WeakMap(), absolute: false };
  }
  return {
    options: { protocol: 'http:', host: bareHost(proxy), port: proxy.port, agent },
    headers: { ...headers, host: url.host, ...proxyAuthorization(proxy) },
    joined: new WeakMap(),
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

function send({ http, https }: Modules, options: RequestOptions, outgoing: TransportRequest): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    const secure = options.protocol === 'https:';
    const request = (secure ? https : http).request(options);
    const close = (): void => {
      request.destroy();
    };
    const forget = onAbort(outgoing, (reason) => {
      reject(reason);
      close();
    });
    request.on('socket', (socket) => {
      if (request.reusedSocket || !socket.connecting) outgoing.onConnected?.(request.reusedSocket);
      else socket.once(secure ? 'secureConnect' : 'connect', () => outgoing.onConnected?.(false));
    });
    // Stays for good: an error after the answer is the body's affair, but must not be nobody's.
    request.on('error', (error) => {
      forget();
      reject(error);
    });
    request.on('response', (response) => {
      receive(response, { close, forget }, resolve, reject);
    });
    request.end(outgoing.body);
  });
}

function onAbort(outgoing: TransportRequest, listener: (reason: unknown) => void): () => void {
  if (outgoing.onAbort !== undefined) return outgoing.onAbort(listener);
  const { signal } = outgoing;
  const abort = (): void => {
    listener(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  return () => {
    signal.removeEventListener('abort', abort);
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
