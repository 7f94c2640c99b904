import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { AbortScope } from '../../util/abort-scope.ts';
import type { OpenExchange } from '../exchange.ts';
import { Playback } from '../playback.ts';
import type { VisibleStep } from '../playback.ts';
import { toBytes } from '../step.ts';

/**
 * Plays an exchange over a real connection. Every piece of the body is a chunk and a segment of its own, and goes out before the next one
 * is made: a slow reader slows the answer down.
 *
 * @param exchange - what is played
 * @param response - where to
 */
export async function playToSocket(exchange: OpenExchange, response: ServerResponse): Promise<void> {
  const client = new AbortScope();
  const playback = new Playback(exchange, (listener) => client.onAbort(listener));
  const { socket } = response;
  response.once('close', () => {
    // Node tells of every end in this way; only one that came too early is the client's.
    if (response.writableFinished) playback.end('complete');
    else client.abort(new Error('The client closed the connection.'));
  });
  if (socket === null) return;
  socket.setNoDelay(true);
  try {
    let step = await playback.next();
    while (await play(step, playback, response, socket, client)) step = await playback.next();
  } catch (error) {
    if (!client.aborted) throw error;
  }
}

/** Does what a step says. Tells whether more can follow. */
async function play(
  step: VisibleStep,
  playback: Playback,
  response: ServerResponse,
  socket: Socket,
  client: AbortScope,
): Promise<boolean> {
  switch (step.type) {
    case 'headers':
      response.writeHead(step.status, step.headers);
      response.flushHeaders();
      return true;
    case 'write': {
      const bytes = toBytes(step.data);
      await flushed((done) => response.write(bytes, done), client);
      playback.sent(bytes.length);
      return true;
    }
    case 'raw':
      await flushed((done) => socket.write(toBytes(step.data), done), client);
      return true;
    case 'end':
      response.end();
      return false;
    case 'cut':
      playback.end('broken');
      socket.destroySoon();
      return false;
    case 'reset':
    case 'refuse':
      playback.end('broken');
      socket.resetAndDestroy();
      return false;
    default:
      return false;
  }
}

/** Waits until the system has taken the bytes, and lets the event loop turn: a reader in this very process gets its turn, too. */
async function flushed(write: (done: () => void) => void, client: AbortScope): Promise<void> {
  await new Promise<void>((resolve) => {
    const forget = client.onAbort(() => resolve());
    write(() => {
      forget();
      resolve();
    });
  });
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}
