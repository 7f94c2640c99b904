import type { Transport, TransportRequest, TransportResponse } from '../http/transport.ts';
import { Playback } from './playback.ts';
import type { FollowClient, VisibleStep } from './playback.ts';
import type { IncomingRequest } from './recorded-request.ts';
import type { OpenExchange } from './exchange.ts';
import { toBytes } from './step.ts';

/** Connections that have served a request and wait for the next one. */
interface Connections {
  idle: number;
}

/**
 * Plays exchanges without any network, as a transport. Steps are played when they are needed: headers when the call is made, the body as
 * it is read.
 *
 * @param open - the simulator, which takes a request and says what happens
 * @returns the transport
 */
export function inProcessTransport(open: (request: IncomingRequest) => OpenExchange): Transport {
  const connections: Connections = { idle: 0 };
  const send = async (request: TransportRequest): Promise<TransportResponse> => {
    const { method, url, headers, body: sent } = request;
    const follow: FollowClient = (listener) => request.onAbort?.(listener) ?? followSignal(request.signal, listener);
    throwIfGone(follow);
    const playback = new Playback(open({ method, url, headers, body: sent }), follow);
    if (playback.refusal === undefined) request.onConnected?.(takeIdle(connections));
    const step = await playback.next();
    if (step.type === 'headers') {
      const body = { [Symbol.asyncIterator]: () => bodyOf(playback, connections) };
      return { status: step.status, headers: step.headers, body };
    }
    playback.end('broken');
    throw breakdown(step, 'socket hang up');
  };
  return Object.assign(send, { reportsConnection: true });
}

function followSignal(signal: AbortSignal, listener: (reason: unknown) => void): () => void {
  const tell = (): void => listener(signal.reason);
  if (signal.aborted) tell();
  signal.addEventListener('abort', tell, { once: true });
  return () => signal.removeEventListener('abort', tell);
}

/** A request that was aborted before it was sent never arrives. Who is gone already is told of it at once. */
function throwIfGone(follow: FollowClient): void {
  const forget = follow((reason) => {
    throw reason;
  });
  forget();
}

function takeIdle(connections: Connections): boolean {
  const reused = connections.idle > 0;
  if (reused) connections.idle -= 1;
  return reused;
}

/** Written by hand and not as a generator, whose `return()` would wait for a read that may never end. */
function bodyOf(playback: Playback, connections: Connections): AsyncIterator<Uint8Array, undefined, undefined> {
  return {
    next: async () => {
      const step = await playback.next();
      if (step.type === 'write') {
        const value = toBytes(step.data);
        playback.sent(value.length);
        return { done: false, value };
      }
      playback.end(step.type === 'end' ? 'complete' : 'broken');
      if (step.type !== 'end') throw breakdown(step, 'aborted');
      connections.idle += 1;
      return { done: true, value: undefined };
    },
    return: () => {
      playback.stopReading();
      return Promise.resolve({ done: true, value: undefined });
    },
  };
}

/** The errors of Node's own client, which the default transport is. */
function breakdown(step: VisibleStep, closed: string): Error {
  switch (step.type) {
    case 'refuse':
      return systemError(`connect ${step.code}`, step.code);
    case 'reset':
      return systemError('read ECONNRESET', 'ECONNRESET');
    case 'cut':
      return systemError(closed, 'ECONNRESET');
    case 'raw':
      return systemError('Parse Error: Expected HTTP/', 'HPE_INVALID_CONSTANT');
    default:
      return new Error(`The scripted response does not send its headers first, but: ${step.type}.`);
  }
}

function systemError(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
