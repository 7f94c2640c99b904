import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server on this machine that lasts as long as the test. */
export interface Loopback {
  readonly port: number;
  /** Every connection that was ever made to it, in order. */
  readonly sockets: readonly Socket[];
  /** Waits for a connection, and then for its end. */
  readonly closed: (index: number) => Promise<void>;
}

/** Lets a server listen on a free port until the test is over; its connections are closed then. */
export async function listen(server: Server, host = '127.0.0.1'): Promise<Loopback> {
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => {
    sockets.push(socket);
    // A client that breaks a connection off is what many tests are about.
    socket.on('error', () => undefined);
  });
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    closed: async (index) => {
      while (sockets.length <= index) await once(server, 'connection');
      const socket = sockets[index]!;
      if (!socket.closed) await once(socket, 'close');
    },
  };
}

/** Waits until a connection has brought what a pattern matches, such as the end of a request's head. */
export async function received(socket: Socket, pattern: RegExp): Promise<string> {
  let text = '';
  while (!pattern.test(text)) {
    const [piece] = await once(socket, 'data');
    text += String(piece);
  }
  return text;
}
