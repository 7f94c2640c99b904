import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Simulator } from '../simulator.ts';
import { listen } from './listen.ts';
import { playToSocket } from './play-to-socket.ts';

/** Where the server listens. */
export interface SimulatorServerOptions {
  /** Default 0: one that is free. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
}

/** A simulator behind a port. */
export interface SimulatorServer {
  /** What a client is given as its base URL, for example `http://127.0.0.1:4711/api/v1`. */
  readonly baseURL: string;
  /** The same without a path. */
  readonly url: string;
  /** The port on which it listens. */
  readonly port: number;
  /** How many connections are open now. */
  readonly connections: number;
  /** How many connections there have been. */
  readonly connectionsEver: number;
  /** Closes the connections that wait for another request, as servers do after a while. */
  readonly closeIdleConnections: () => void;
  /** Stops listening and closes every connection. */
  readonly close: () => Promise<void>;
}

/**
 * Puts a simulator behind a port of this machine: real sockets, and so real resets, half bodies and silences.
 *
 * @param simulator - what answers
 * @param options - where to listen
 * @returns the server, which listens already
 * @throws the system's error when the port is not to be had
 */
export async function startSimulatorServer(
  simulator: Simulator,
  options: SimulatorServerOptions = {},
): Promise<SimulatorServer> {
  const sockets = new Set<Socket>();
  let connectionsEver = 0;
  const server = createServer((request, response) => {
    serve(simulator, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  server.on('connection', (socket) => {
    connectionsEver += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const { host = '127.0.0.1' } = options;
  const port = await listen(server, options.port ?? 0, host);
  const url = `http://${host}:${port}`;
  return {
    baseURL: `${url}/api/v1`,
    url,
    port,
    get connections() {
      return sockets.size;
    },
    get connectionsEver() {
      return connectionsEver;
    },
    closeIdleConnections: () => {
      server.closeIdleConnections();
    },
    close: () => close(server, sockets),
  };
}

async function serve(simulator: Simulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'OPTIONS') {
    allowCrossOrigin(request, response);
    return;
  }
  const { method = 'GET', url = '/' } = request;
  const address = `http://${request.headers.host ?? 'localhost'}${url}`;
  const exchange = simulator.open({
    method,
    url: address,
    headers: plainHeaders(request),
    body: await readAll(request),
  });
  await playToSocket(exchange, response);
}

/** Browsers ask before they send a key to another origin. It is no request to the API and not recorded. */
function allowCrossOrigin(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET,POST,PATCH,PUT,DELETE,OPTIONS',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
    'access-control-max-age': '86400',
  });
  response.end();
}

function readAll(request: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
  });
}

function plainHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

async function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const gone = [...sockets].map((socket) => once(socket, 'close'));
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  await Promise.all(gone);
}
