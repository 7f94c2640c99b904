import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { ResponseBody } from '../http/transport.ts';

/** Reading ahead stops above this many bytes, until somebody takes them. */
const readAheadBytes = 256 * 1024;

/** What is left of a body that is not wanted may take this long, and this many bytes, before its connection is given up. */
const leftoverMs = 1_000;
const leftoverBytes = 64 * 1024;

/** A body that nobody has read for this long does not keep the process alive. */
const idleMs = 50;

interface Waiting {
  readonly resolve: (result: IteratorResult<Uint8Array>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The body of a response, pulled. It costs a third of iterating the stream itself, and lets the process exit while nobody reads:
 * a stream that its owner forgot does not keep a program alive.
 */
export class NodeBody implements ResponseBody {
  readonly #source: Readable;
  readonly #close: () => void;
  #socket: Socket | undefined;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #waiting: Waiting | undefined;
  #ending: { readonly error?: unknown } | undefined;
  readonly #ended: () => void;
  #released = false;
  #unreferenced = false;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param source - the decoded body
   * @param socket - the connection, which keeps the process alive only while somebody waits
   * @param close - closes the connection
   * @param ended - told once when the body is over, well or not
   */
  constructor(source: Readable, socket: Socket, close: () => void, ended: () => void) {
    this.#source = source;
    this.#socket = socket;
    this.#close = close;
    this.#ended = ended;
    source.on('data', (piece: Uint8Array) => {
      this.#receive(piece);
    });
    source.on('end', () => {
      this.#end({});
    });
    source.on('error', (error: unknown) => {
      this.#end({ error });
    });
    source.on('close', () => {
      if (this.#ending === undefined) this.#end({ error: new Error('The connection was closed before the end of the body.') });
    });
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return { next: () => this.#pull(), return: () => this.#release() };
  }

  #end(ending: { readonly error?: unknown }): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    // From here on the connection may serve another request, whose affair it is what keeps the process alive.
    this.#socket = undefined;
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#ended();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    if ('error' in ending) waiting.reject(ending.error);
    else waiting.resolve({ done: true, value: undefined });
  }

  #receive(piece: Uint8Array): void {
    const waiting = this.#waiting;
    if (waiting !== undefined) {
      this.#waiting = undefined;
      this.#timer ??= setTimeout(this.#letExit, idleMs).unref();
      waiting.resolve({ done: false, value: piece });
      return;
    }
    this.#queuedBytes += piece.length;
    if (this.#released) {
      if (this.#queuedBytes > leftoverBytes) this.#close();
      return;
    }
    this.#queue.push(piece);
    this.#timer ??= setTimeout(this.#letExit, idleMs).unref();
    if (this.#queuedBytes > readAheadBytes) this.#source.pause();
  }

  /** {@inheritDoc ResponseBody.takeReady} */
  takeReady(): Uint8Array | undefined {
    const pieces = this.#queue;
    if (pieces.length === 0) return undefined;
    this.#queue = [];
    this.#queuedBytes = 0;
    if (this.#source.isPaused()) this.#source.resume();
    // Every write of the server is a piece of its own, and reading one long piece costs much less than reading many short ones.
    return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
  }

  #pull(): Promise<IteratorResult<Uint8Array, undefined>> {
    const piece = this.takeReady();
    if (piece !== undefined) return Promise.resolve({ done: false, value: piece });
    if (this.#ending !== undefined) return 'error' in this.#ending ? Promise.reject(this.#ending.error) : Promise.resolve({ done: true, value: undefined });
    if (this.#unreferenced) {
      this.#unreferenced = false;
      this.#socket?.ref();
    }
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  /** Looks now and then whether anybody reads, which costs less than noting it with each piece. */
  readonly #letExit = (): void => {
    this.#timer = undefined;
    if (this.#waiting !== undefined || this.#unreferenced) return;
    this.#unreferenced = true;
    this.#socket?.unref();
  };

  /** The rest is not wanted. Mostly it is the end mark only, and the connection can serve again; if not, it is closed. */
  #release(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#ending === undefined && !this.#released) {
      this.#released = true;
      this.#queue = [];
      this.#queuedBytes = 0;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(this.#close, leftoverMs).unref();
      this.#socket?.unref();
      this.#source.resume();
    }
    return Promise.resolve({ done: true, value: undefined });
  }
}
