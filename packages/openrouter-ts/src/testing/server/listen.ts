import type { Server } from 'node:net';

/**
 * Makes a server listen.
 *
 * @param server - any server of Node's
 * @param port - 0 for any that is free
 * @param host - the address to listen on
 * @returns the port
 * @throws the system's error when the port is not to be had
 */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
