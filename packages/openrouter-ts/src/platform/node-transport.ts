import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { OnDemand } from '../http/on-demand.ts';
import type { Transport, TransportRequest, TransportResponse } from '../http/transport.ts';
import { listenForAbort } from './node-abort.ts';
import { NodeBody } from './node-body.ts';
import { decodeBody } from './node-decode.ts';
import { hostOf } from './node-host.ts';
import { unlessAborted } from '../util/unless-aborted.ts';
import type { Detour } from './node-detour.ts';

type Headers = Readonly<Record<string, string>>;
type Environment = Readonly<Record<string, string | undefined>>;

/** What finds the way through a proxy: most programs have none. It is made when it is needed, since the core, which knows how, loads this file first. */
let proxyPart: OnDemand<typeof import('./node-detour.ts')> | undefined;

/** How requests reach one origin: found once, since reading the environment costs more than sending. */
interface Route {
  readonly start: (options: RequestOptions) => ClientRequest;
  readonly way: Required<Pick<RequestOptions, 'protocol' | 'host' | 'port' | 'agent'>> & {
    readonly servername: string;
  };
  /** What a new socket says when it is ready. */
  readonly ready: 'connect' | 'secureConnect';
  /** Where in a URL of this origin the part begins that is asked for: an HTTP proxy wants to hear the whole. */
  readonly pathAt: number;
  readonly headers: Headers;
  /** The same with those of a request, by the object that held the request's. */
  readonly joined: WeakMap<object, Headers>;
}

/** The two ends of the promise of an answer. */
interface Answer {
  readonly resolve: (response: TransportResponse) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Makes a transport of Node's own HTTP client, with connections that are kept for the calls to come, and through the proxy that the environment names.
 *
 * @param environment - where `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` are looked up, once for each origin; default `process.env`
 * @returns the transport
 */
export function nodeTransport(environment: Environment = process.env): Transport {
  const routes = new Map<string, Route>();
  const routeFor = (url: string): Route | Promise<Route> => {
    const pathAt = url.indexOf('/', 'https://'.length);
    const origin = url.slice(0, pathAt);
    return routes.get(origin) ?? findRoute(url, origin, pathAt);
  };
  const findRoute = (url: string, origin: string, pathAt: number): Route | Promise<Route> => {
    const found = (detour?: Detour): Route => {
      const route = routes.get(origin) ?? makeRoute(new URL(url), pathAt, detour);
      routes.set(origin, route);
      return route;
    };
    if (!namesProxy(environment)) return found();
    proxyPart ??= new OnDemand('proxy', () => import('./node-detour.ts'));
    return proxyPart.load().then(({ findDetour }) => found(findDetour(new URL(url), environment)));
  };
  const transport: Transport = (outgoing) =>
    new Promise((resolve, reject) => {
      const route = routeFor(outgoing.url);
      if (!(route instanceof Promise)) send(route, outgoing, { resolve, reject });
      else
        unlessAborted(route, outgoing.signal)
          .then((found) => {
            send(found, outgoing, { resolve, reject });
          })
          .catch(reject);
    });
  return Object.assign(transport, { reportsConnection: true });
}

/** Whether there may be a proxy: for whom it is, is found out by what is loaded then. */
function namesProxy(environment: Environment): boolean {
  return Object.entries(environment).some(([name, value]) => Boolean(value) && /^(?:https?|all)_proxy$/i.test(name));
}

function makeRoute(url: URL, pathAt: number, { to, agent, headers }: Detour = {}): Route {
  return {
    ...wayTo(to ?? url, agent),
    pathAt: to === undefined ? pathAt : 0,
    headers: { 'accept-encoding': 'gzip, br', 'user-agent': 'openrouter-ts', ...headers },
    joined: new WeakMap(),
  };
}

/** Loads Node's HTTP client, which takes longer than loading the rest of the library: a program that only imports it does not pay. */
function wayTo(url: URL, agent?: Agent): Pick<Route, 'start' | 'way' | 'ready'> {
  const { protocol, port } = url;
  const secure = protocol === 'https:';
  const host = hostOf(url);
  const { request, Agent } = process.getBuiltinModule(secure ? 'node:https' : 'node:http');
  // Node would take it from the host header, which is not the proxy's.
  const servername = process.getBuiltinModule('node:net').isIP(host) === 0 ? host : '';
  return {
    start: request,
    way: { protocol, host, servername, port, agent: agent ?? agentForOneHost(new Agent({ keepAlive: true })) },
    ready: secure ? 'secureConnect' : 'connect',
  };
}

/** An agent sorts its connections by all that can differ between them, and writes that down several times a call. Here nothing differs. */
function agentForOneHost(agent: Agent): Agent {
  agent.getName = () => 'host';
  return agent;
}

/** A client sends the same headers again and again; joining them is done once for each object of them. */
function withRoute(route: Route, headers: Headers): Headers {
  let joined = route.joined.get(headers);
  if (joined === undefined) {
    joined = { ...route.headers, ...headers };
    route.joined.set(headers, joined);
  }
  return joined;
}

function send(route: Route, outgoing: TransportRequest, { resolve, reject }: Answer): void {
  const { method, url } = outgoing;
  const { protocol, host, servername, port, agent } = route.way;
  const options = {
    protocol,
    host,
    servername,
    port,
    agent,
    method,
    path: url.slice(route.pathAt),
    headers: withRoute(route, outgoing.headers),
    outgoing,
  };
  const request = route.start(options);
  let body: NodeBody | undefined;
  const forget = listenForAbort(outgoing, (reason) => {
    reject(reason);
    body?.abort(reason);
    request.destroy();
  });
  if (request.reusedSocket) outgoing.onConnected?.(true);
  else
    request.on('socket', (socket) => {
      // One that could not even be opened, for want of a route or of a free file, does not connect any more either.
      if (socket.destroyed) return;
      if (socket.connecting) socket.once(route.ready, () => outgoing.onConnected?.(false));
      else outgoing.onConnected?.(request.reusedSocket);
    });
  // Stays for good: an error after the answer is the body's affair, but must not be nobody's.
  request.on('error', (error) => {
    forget();
    reject(error);
  });
  request.on('response', (response) => {
    const headers = headersOf(response);
    const encoding = headers['content-encoding'];
    const decoded = encoding === undefined ? undefined : decodeBody(response, encoding);
    if (decoded !== undefined) delete headers['content-encoding'];
    body = new NodeBody(decoded ?? response, response, () => {
      forget();
      // Whoever has answered before everything was sent does not want the rest.
      if (!request.writableFinished) request.destroy();
    });
    resolve({ status: Number(response.statusCode), headers, body });
  });
  request.end(outgoing.body);
}

/** One pass over what came, where Node's own reading would make an object with rules that an API client has no use for. */
function headersOf({ rawHeaders }: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = lowerCase(String(rawHeaders[index]));
    const value = String(rawHeaders[index + 1]);
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return headers;
}

/** The names of headers in lower case: an answer has the same as the one before it. */
const lowerCaseNames = new Map<string, string>();
const mostNames = 500;

function lowerCase(name: string): string {
  let known = lowerCaseNames.get(name);
  if (known === undefined) {
    known = name.toLowerCase();
    if (lowerCaseNames.size < mostNames) lowerCaseNames.set(name, known);
  }
  return known;
}
