import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { systemClock, type Clock } from '../../util/clock.ts';
import { listen } from './listen.ts';
import type { ScriptedRequest } from './request-reader.ts';
import { ScriptedConnection, type Beginning } from './scripted-connection.ts';
import type { ScriptedStep } from './scripted-step.ts';

/** What a scripted server does: the same for each request, or what a function says for this one. */
export type Script =
  | readonly ScriptedStep[]
  /** Gets the connection, and which request of this server it is, counted from 1. */
  | ((connection: ScriptedConnection, requestNumber: number) => Iterable<ScriptedStep>);

/** How a scripted server listens. */
export interface ScriptedServerOptions {
  /** When it begins to act: as soon as there is a connection, the head of a request, or a whole request. Default `request`. */
  readonly begin?: Beginning;
  /** Makes it speak TLS. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** By which it waits, and notes when something happened. Default: the runtime's. */
  readonly clock?: Clock;
}

/** A server on a port of this machine that does to a connection what a script says, HTTP or not. */
export interface ScriptedServer {
  /** The port, on 127.0.0.1. */
  readonly port: number;
  /** What a client is given as its base URL. */
  readonly baseURL: string;
  /** Every connection there has been, in its order. */
  readonly connections: readonly ScriptedConnection[];
  /** Every request there has been, in its order, if only its head. */
  readonly requests: readonly ScriptedRequest[];
  /**
   * Waits until something is so; it is looked at whenever something has happened.
   *
   * @param condition - such as that a connection was closed
   */
  readonly until: (condition: () => boolean) => Promise<void>;
  /** Stops listening and closes every connection. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a server for what no HTTP library can be made to do: half a head, wrong lengths, bytes that are not HTTP, a reset after any byte,
 * a body without an end, an upload that is not read. It listens on 127.0.0.1 only.
 *
 * @param script - what it does with each request
 * @param options - when it begins, and whether it speaks TLS
 * @returns the server, which listens already
 */
export async function startScriptedServer(
  script: Script,
  { begin = 'request', tls, clock = systemClock }: ScriptedServerOptions = {},
): Promise<ScriptedServer> {
  const connections: ScriptedConnection[] = [];
  const watchers = new Set<() => void>();
  let played = 0;
  const stepsFor = (connection: ScriptedConnection): Iterable<ScriptedStep> => {
    played += 1;
    return typeof script === 'function' ? script(connection, played) : script;
  };
  const onEvent = (): void => {
    for (const look of watchers) look();
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (raw: Socket) => {
    const socket = tls === undefined ? raw : new TLSSocket(raw, { isServer: true, ...tls });
    if (socket !== raw) raw.on('error', () => undefined);
    connections.push(new ScriptedConnection({ raw, socket, clock, beginning: begin, script: stepsFor, onEvent }));
    onEvent();
  });
  const port = await listen(server, 0, '127.0.0.1');
  return {
    port,
    baseURL: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/api/v1`,
    connections,
    get requests() {
      return connections.flatMap(({ requests }) => requests);
    },
    until: (condition) => watch(watchers, condition),
    close: async () => {
      for (const connection of connections) connection.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function watch(watchers: Set<() => void>, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!condition()) return;
      watchers.delete(look);
      resolve();
    };
    watchers.add(look);
    look();
  });
}
