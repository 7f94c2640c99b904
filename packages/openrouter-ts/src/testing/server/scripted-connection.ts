import type { Socket } from 'node:net';
import { AbortScope } from '../../util/abort-scope.ts';
import type { Clock } from '../../util/clock.ts';
import { delay } from '../../util/delay.ts';
import { RequestReader, type ScriptedRequest } from './request-reader.ts';
import type { Data, ScriptedStep } from './scripted-step.ts';

/** How a connection was closed: by whom, and whether in good order (FIN) or not (RST). */
export type ConnectionEnd = 'client-fin' | 'client-reset' | 'server-fin' | 'server-reset';

/** Something that happened on a connection: a step that began, or what the client did. */
export interface ConnectionEvent {
  /** The step, or what the client did: it connected, the head of a request came, a whole request, its end. */
  readonly what: ScriptedStep['type'] | 'connected' | 'head' | 'request' | 'client-fin' | 'client-reset' | 'closed';
  /** When, in milliseconds by the server's clock. */
  readonly atMs: number;
}

/** When a scripted server begins to act: as soon as there is a connection, the head of a request, or a whole request. */
export type Beginning = 'connection' | 'head' | 'request';

/** What a connection is played with. */
export interface ConnectionParts {
  /** The TCP connection, which alone can be reset. */
  readonly raw: Socket;
  /** The same, or what is encrypted on it. */
  readonly socket: Socket;
  readonly clock: Clock;
  readonly beginning: Beginning;
  /** What to do; asked at each beginning. */
  readonly script: (connection: ScriptedConnection) => Iterable<ScriptedStep>;
  /** Told of everything that happens. */
  readonly onEvent: () => void;
}

/** One connection to a scripted server, and everything that happened on it. */
export class ScriptedConnection {
  /** The requests that came over it. */
  readonly requests: readonly ScriptedRequest[];
  /** What happened, in its order. */
  readonly events: readonly ConnectionEvent[];
  readonly #requests: ScriptedRequest[] = [];
  readonly #events: ConnectionEvent[] = [];
  readonly #parts: ConnectionParts;
  readonly #scope: AbortScope = new AbortScope();
  #playing: Promise<void> = Promise.resolve();
  #end: ConnectionEnd | undefined;

  /** @internal */
  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.requests = this.#requests;
    this.events = this.#events;
    const { socket, beginning } = parts;
    const reader = new RequestReader({
      onHead: (request) => {
        this.#requests.push(request);
        this.#happened('head');
        if (beginning === 'head') this.#play();
      },
      onComplete: () => {
        this.#happened('request');
        if (beginning === 'request') this.#play();
      },
    });
    socket.on('data', (bytes: Uint8Array) => {
      reader.push(bytes);
    });
    socket.on('end', () => {
      this.#closed('client-fin');
      socket.end();
    });
    socket.on('error', () => {
      this.#closed('client-reset');
    });
    socket.on('close', () => {
      this.#scope.abort(new Error('The connection is closed.'));
      this.#happened('closed');
    });
    this.#happened('connected');
    if (beginning === 'connection') this.#play();
  }

  /** How it was closed, whatever came first; undefined while it is open. */
  get end(): ConnectionEnd | undefined {
    return this.#end;
  }

  /** Whether nothing can come or go any more. */
  get closed(): boolean {
    return this.#parts.socket.closed;
  }

  /** How many bytes have come, encryption included. */
  get bytesReceived(): number {
    return this.#parts.raw.bytesRead;
  }

  /** How many bytes have been sent, encryption included. */
  get bytesSent(): number {
    return this.#parts.raw.bytesWritten;
  }

  /** Ends it, whatever it is doing. */
  destroy(): void {
    this.#parts.socket.destroy();
    this.#parts.raw.destroy();
  }

  #happened(what: ConnectionEvent['what']): void {
    this.#events.push({ what, atMs: this.#parts.clock.now() });
    this.#parts.onEvent();
  }

  #closed(end: ConnectionEnd): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#scope.abort(new Error('The client is gone.'));
    if (end === 'client-fin' || end === 'client-reset') this.#happened(end);
  }

  /** A request that comes while another is answered waits for its turn, as it does with HTTP servers. */
  #play(): void {
    this.#playing = this.#playing.then(async () => {
      for (const step of this.#parts.script(this)) {
        if (this.#scope.aborted) return;
        this.#happened(step.type);
        await this.#take(step);
      }
    });
  }

  async #take(step: ScriptedStep): Promise<void> {
    const { socket, raw, clock } = this.#parts;
    switch (step.type) {
      case 'write':
        return this.#write(step.data);
      case 'wait':
        return delay(step.ms, { clock, scope: this.#scope }).catch(() => undefined);
      case 'until':
        return this.#unlessClosed((done) => void step.promise.then(done, done));
      case 'stop-reading':
        socket.pause();
        return undefined;
      case 'read-on':
        socket.resume();
        return undefined;
      case 'fin':
        this.#end ??= 'server-fin';
        socket.end();
        return undefined;
      case 'rst':
        this.#end ??= 'server-reset';
        raw.resetAndDestroy();
        return undefined;
      case 'stall':
        return this.#unlessClosed(() => undefined);
      default:
        return undefined;
    }
  }

  async #write(data: Data | Iterable<Data>): Promise<void> {
    const pieces = typeof data === 'string' || data instanceof Uint8Array ? [data] : data;
    for (const piece of pieces) {
      if (this.#scope.aborted) return;
      await this.#unlessClosed((done) => this.#parts.socket.write(piece, () => done()));
      // A reader in this very process gets its turn, and so the piece by itself.
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  }

  #unlessClosed(work: (done: () => void) => unknown): Promise<void> {
    return new Promise((resolve) => {
      const forget = this.#scope.onAbort(() => resolve());
      work(() => {
        forget();
        resolve();
      });
    });
  }
}
