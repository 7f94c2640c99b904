import { createServer } from 'node:net';
import { listen } from './listen.ts';

/**
 * Finds a port of this machine on which nobody listens: whoever connects to it is refused.
 *
 * @returns the port, which was free a moment ago
 */
export async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0, '127.0.0.1');
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
