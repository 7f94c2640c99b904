import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { ResponseBody } from '../http/transport.ts';
import type { Clock } from '../util/clock.ts';
import { nodeClock } from './node-clock.ts';

/** Reading ahead stops above this many bytes, until somebody takes them. */
const readAheadBytes = 256 * 1024;

/** What is left of a body that is not wanted may take this long, and this many bytes, before its connection is given up. */
const leftoverMs = 1_000;
const leftoverBytes = 64 * 1024;

/** A body that nobody has read for this long does not keep the process alive. */
const idleMs = 50;

interface Reader {
  readonly resolve: (result: IteratorResult<Uint8Array, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/** How a body ended: tells it to whoever reads on. */
type Ending = (reader: Reader) => void;

const end: Ending = ({ resolve }) => {
  resolve({ done: true, value: undefined });
};

const closedEarly: Ending = ({ reject }) => {
  reject(new Error('The connection was closed before the end of the body.'));
};

/**
 * The body of a response, pulled. It costs a third of iterating the stream itself, and lets the process exit while nobody reads:
 * a stream that its owner forgot does not keep a program alive.
 */
export class NodeBody implements ResponseBody {
  readonly #source: Readable;
  readonly #response: IncomingMessage;
  readonly #ended: () => void;
  /** The connection, as long as it is this body's: afterwards it may serve another request, whose affair it is what keeps the process alive. */
  #socket: Socket | undefined;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #waiting: Reader | undefined;
  #ending: Ending | undefined;
  #released = false;
  #unreferenced = false;
  readonly #clock: Clock;
  #cancelTimer: (() => void) | undefined;

  /**
   * @param source - the decoded body
   * @param response - what it is decoded from, or the same; to destroy it closes the connection
   * @param ended - told once when the body is over, well or not
   * @param clock - the clock that counts
   */
  constructor(source: Readable, response: IncomingMessage, ended: () => void, clock: Clock = nodeClock) {
    this.#source = source;
    this.#response = response;
    this.#socket = response.socket;
    this.#ended = ended;
    this.#clock = clock;
    this.#cancelTimer = clock.setTimer(this.#letExit, idleMs);
    source.on('data', this.#receive.bind(this));
    source.on('end', () => {
      this.#end(end);
    });
    source.on('error', (error: unknown) => {
      this.#end(failing(error));
    });
    source.on('close', () => {
      this.#end(closedEarly);
    });
    // There may be much to decode yet when everything has come.
    if (source !== response) response.once('end', () => (this.#socket = undefined));
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return { next: () => this.#pull(), return: () => this.#release() };
  }

  /** {@inheritDoc ResponseBody.takeReady} */
  takeReady(): Uint8Array | undefined {
    const pieces = this.#queue;
    const size = this.#queuedBytes;
    if (pieces.length === 0) return undefined;
    this.#queue = [];
    this.#queuedBytes = 0;
    if (this.#source.isPaused()) this.#source.resume();
    // Every write of the server is a piece of its own, and reading one long piece costs much less than reading many short ones.
    return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, size);
  }

  /**
   * Breaks off: nothing that has come is given out any more. It must be told before the request is destroyed,
   * which makes an end in good order of a body that was here but not yet read.
   *
   * @param reason - what the reader gets
   */
  abort(reason: unknown): void {
    this.#queue = [];
    this.#end(failing(reason));
  }

  #end(ending: Ending): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    this.#socket = undefined;
    this.#cancelTimer?.();
    this.#ended();
    if (this.#waiting !== undefined) ending(this.#waiting);
  }

  #receive(piece: Uint8Array): void {
    // What is aborted may still be decoding.
    if (this.#ending !== undefined) return;
    const waiting = this.#waiting;
    if (waiting !== undefined) {
      this.#waiting = undefined;
      this.#cancelTimer ??= this.#clock.setTimer(this.#letExit, idleMs);
      waiting.resolve({ done: false, value: piece });
      return;
    }
    this.#queuedBytes += piece.length;
    if (this.#released) {
      if (this.#queuedBytes > leftoverBytes) this.#response.destroy();
      return;
    }
    this.#queue.push(piece);
    this.#cancelTimer ??= this.#clock.setTimer(this.#letExit, idleMs);
    if (this.#queuedBytes > readAheadBytes) this.#source.pause();
  }

  #pull(): Promise<IteratorResult<Uint8Array, undefined>> {
    const piece = this.takeReady();
    if (piece !== undefined) return Promise.resolve({ done: false, value: piece });
    if (this.#unreferenced) {
      this.#unreferenced = false;
      this.#socket?.ref();
    }
    return new Promise((resolve, reject) => {
      if (this.#ending === undefined) this.#waiting = { resolve, reject };
      else this.#ending({ resolve, reject });
    });
  }

  /** Looks now and then whether anybody reads, which costs less than noting it with each piece. */
  readonly #letExit = (): void => {
    this.#cancelTimer = undefined;
    if (this.#waiting !== undefined) return;
    this.#unreferenced = true;
    this.#socket?.unref();
  };

  /** The rest is not wanted. Mostly it is the end mark only, and the connection can serve again; if not, it is closed. */
  #release(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#ending === undefined && !this.#released) {
      this.#released = true;
      this.#queue = [];
      this.#queuedBytes = 0;
      this.#cancelTimer?.();
      this.#cancelTimer = this.#clock.setTimer(() => {
        this.#response.destroy();
      }, leftoverMs);
      this.#socket?.unref();
      this.#source.resume();
    }
    return Promise.resolve({ done: true, value: undefined });
  }
}

function failing(error: unknown): Ending {
  return ({ reject }) => {
    reject(error);
  };
}
