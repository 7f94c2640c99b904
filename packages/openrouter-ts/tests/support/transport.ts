import type { Server, Socket } from 'node:net';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer } from 'node:net';
import { OutgoingRequest, type OutgoingParts } from '../../src/http/outgoing-request.ts';
import type { TransportRequest, TransportResponse } from '../../src/http/transport.ts';
import { AbortScope } from '../../src/util/abort-scope.ts';
import { deferred } from './deferred.ts';
import { listen, received, type Loopback } from './loopback.ts';

/** A request as the library makes it, and what it told of its connection. */
export interface Asked {
  readonly request: OutgoingRequest;
  readonly scope: AbortScope;
  /** Whether each connection that was reported had been used before. */
  readonly connections: boolean[];
  /** Until the transport has no more to do with it. */
  readonly over: Promise<void>;
}

/** Makes a GET request, or another one, that can be ended by its scope. */
export function ask(url: string, parts: Partial<OutgoingParts> = {}): Asked {
  const scope = new AbortScope();
  const connections: boolean[] = [];
  const progress = {
    connected: (reused: boolean) => {
      connections.push(reused);
    },
  };
  const request = new OutgoingRequest({ method: 'GET', url, headers: {}, body: undefined, scope, progress, ...parts });
  const over = deferred();
  const { onAbort } = request;
  const noted = (listener: (reason: unknown) => void): (() => void) => {
    const forget = onAbort(listener);
    return () => {
      forget();
      over.resolve();
    };
  };
  return { request: Object.assign(request, { onAbort: noted }), scope, connections, over: over.promise };
}

/** Makes a request that can be ended by a signal, and by nothing else. */
export function askWith(signal: AbortSignal, url: string): TransportRequest {
  return { method: 'GET', url, headers: {}, signal };
}

/** Reads a whole body as text. */
export async function readAll({ body }: TransportResponse): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** Answers with what was asked. */
export const echo: RequestListener = (request, response) => {
  const pieces: Uint8Array[] = [];
  request.on('data', (piece: Uint8Array) => pieces.push(piece));
  request.on('end', () => {
    const { method, url, headers } = request;
    response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(pieces).toString() }));
  });
};

/** Starts an HTTP server of Node's. */
export function serve(listener: RequestListener): Promise<Loopback> {
  return listen(createHttpServer(listener));
}

/** Starts a server that reads the head of each request and then does whatever it likes with the connection. */
export function serveRaw(answer: (socket: Socket, head: string) => unknown): Promise<Loopback> {
  const server: Server = createServer((socket) => {
    void received(socket, /\r\n\r\n/).then(
      (head) => answer(socket, head),
      () => undefined,
    );
  });
  return listen(server);
}
