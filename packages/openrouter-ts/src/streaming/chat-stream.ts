import { addDetails } from '../errors/add-details.ts';
import { ConfigError } from '../errors/config-error.ts';
import { isOpenRouterError } from '../errors/open-router-error.ts';
import { StreamInterruptedError } from '../errors/stream-interrupted-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { ResponseDetails, Settlement } from '../http/outcome.ts';
import type { AbortScope } from '../util/abort-scope.ts';
import type { ChatChunk } from '../wire/chat-chunk.ts';
import type { ChatCompletion } from '../wire/chat-completion.ts';
import type { ChunkSource } from './chunk-source.ts';
import { textOf } from './text-of.ts';

/** What a stream is made of. */
export interface ChatStreamParts {
  readonly reader: ChunkSource;
  /** The chunks that were read until the first output was there. */
  readonly opening: readonly ChatChunk[];
  readonly response: ResponseDetails;
  /** The attempt: the caller's signal and the timers end it, and its end closes the connection. */
  readonly scope: AbortScope;
}

const nothing = (): void => undefined;

type Ending = { readonly type: 'complete' } | { readonly type: 'failed'; readonly error: unknown };

/**
 * An answer that is arriving. It can be read as the API's own chunks, as text, or whole; reading ahead stops when nobody reads.
 *
 * It is read once: by one loop, and with {@link ChatStream.completion} before, beside or after it. Leaving the loop closes the connection.
 */
export class ChatStream implements AsyncIterable<ChatChunk> {
  /** Status, headers, generation id, attempts and warnings of the answer. */
  readonly response: ResponseDetails;
  /** Resolves when nothing more will arrive, whoever reads; never rejects. */
  readonly settled: Promise<Settlement>;
  readonly #reader: ChunkSource;
  readonly #scope: AbortScope;
  readonly #forget: () => void = nothing;
  #settle: (settlement: Settlement) => void = nothing;
  #waiting: ChatChunk[];
  #next = 0;
  #closed = false;
  #iterated = false;
  #draining: Promise<void> | undefined;
  #ending: Ending | undefined;

  /** @internal */
  constructor({ reader, opening, response, scope }: ChatStreamParts) {
    this.#reader = reader;
    this.#waiting = [...opening];
    this.response = response;
    this.#scope = scope;
    this.settled = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#forget = scope.onAbort((reason) => {
      this.#endedFromOutside(reason);
    });
    if (reader.ended) this.#complete();
  }

  /** The answer as far as it has arrived. */
  get partial(): ChatCompletion {
    return this.#reader.assembler.completion();
  }

  /**
   * Reads the API's own chunks, each as it came. Leaving the loop early closes the connection.
   *
   * @returns the iterator; each chunk once
   * @throws ConfigError when the stream is being read, or was read, by another loop or by `completion()`
   * @throws StreamError, TimeoutError or the signal's reason from the loop, when the answer breaks off
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<ChatChunk> {
    if (this.#iterated)
      throw new ConfigError('This stream is already being read, or was read. Read it once, or take completion().');
    this.#iterated = true;
    this.#reader.watched?.();
    const iterator: AsyncIterableIterator<ChatChunk> = {
      [Symbol.asyncIterator]: () => iterator,
      next: this.#step.bind(this),
      return: () => {
        this.abort();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
    return iterator;
  }

  /**
   * Reads just the text of the first choice.
   *
   * @returns the pieces of text in order, none of them empty
   * @throws the same as reading the chunks
   */
  async *textDeltas(): AsyncGenerator<string, void, undefined> {
    for await (const chunk of this) {
      const text = textOf(chunk);
      if (text !== '') yield text;
    }
  }

  /**
   * Waits for the whole answer that the chunks add up to. It can be called before, during and after a loop, and more than once;
   * without a loop it reads the stream itself, and inside a loop it keeps the chunks for it.
   *
   * @returns the answer in the shape of one that was not streamed
   * @throws StreamError, TimeoutError or the signal's reason, when the answer breaks off; what had arrived is in `partial`
   */
  completion(): Promise<ChatCompletion> {
    const whole = this.#whole();
    // Whoever asked may have lost interest; the failure is told to those who wait.
    whole.catch(() => undefined);
    return whole;
  }

  /**
   * Closes the connection and ends the stream. A loop just ends, or throws the reason if one is given; `completion()` rejects,
   * unless the model had finished, so that only usage and the end mark were due.
   *
   * @param reason - what the loop and `completion()` reject with; without one, `completion()` rejects with an error that says that the stream was closed
   */
  abort(reason?: unknown): void {
    this.#discard();
    if (this.#ending !== undefined) return;
    this.#closed = reason === undefined;
    const { phase } = this.#reader;
    const closed = new StreamInterruptedError('The stream was closed by its reader before its end.', {
      phase,
      billing: 'possible',
    });
    if (this.#closed && phase === 'finished') {
      this.#complete();
      this.#scope.abort(closed);
    } else this.#fail(reason ?? closed);
  }

  /** Closes the connection if the answer has not ended: for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    this.abort();
    return Promise.resolve();
  }

  /** One chunk for the loop; without a wait where one has arrived. */
  #step(): Promise<IteratorResult<ChatChunk>> {
    try {
      const value = this.#takeWaiting() ?? this.#take();
      return value === undefined ? this.#wait() : Promise.resolve({ done: false, value });
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #wait(): Promise<IteratorResult<ChatChunk>> {
    return this.#ending === undefined ? this.#reader.fill().then(this.#result, this.#failed) : this.#last(this.#ending);
  }

  /** What the loop gets now, or a promise of it where bytes must be awaited first. */
  readonly #result = (): IteratorResult<ChatChunk> | Promise<IteratorResult<ChatChunk>> => {
    const value = this.#takeWaiting() ?? this.#take();
    return value === undefined ? this.#wait() : { done: false, value };
  };

  readonly #failed = (error: unknown): IteratorResult<ChatChunk> | Promise<IteratorResult<ChatChunk>> => {
    this.#fail(error);
    return this.#result();
  };

  #last(ending: Ending): Promise<IteratorResult<ChatChunk>> {
    return ending.type === 'complete' || this.#closed
      ? Promise.resolve({ done: true, value: undefined })
      : Promise.reject(ending.error);
  }

  async #whole(): Promise<ChatCompletion> {
    // One turn, so that a loop that begins in the same breath is the one that reads.
    await Promise.resolve();
    this.#draining ??= this.#drain();
    await this.#draining;
    if (this.#ending?.type === 'failed') throw this.#ending.error;
    return this.#reader.assembler.completion();
  }

  /** Reads to the end; the chunks are kept for the loop, if there is one. */
  async #drain(): Promise<void> {
    const keeping = this.#iterated;
    this.#iterated = true;
    if (!keeping) this.#waiting = [];
    while (this.#ending === undefined) {
      try {
        for (let chunk = this.#take(); chunk !== undefined; chunk = this.#take())
          if (keeping) this.#waiting.push(chunk);
        await this.#reader.fill();
      } catch (error) {
        this.#fail(error);
      }
    }
  }

  #takeWaiting(): ChatChunk | undefined {
    if (this.#waiting.length === 0) return undefined;
    const chunk = this.#waiting[this.#next];
    this.#next += 1;
    if (this.#next === this.#waiting.length) {
      this.#waiting = [];
      this.#next = 0;
    }
    return chunk;
  }

  #take(): ChatChunk | undefined {
    if (this.#ending !== undefined) return undefined;
    try {
      const chunk = this.#reader.take();
      if (chunk === undefined && this.#reader.ended) this.#complete();
      return chunk;
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  #complete(): void {
    if (this.#ending !== undefined) return;
    this.#end({ type: 'complete' });
  }

  /** What was not read yet is not read any more. */
  #discard(): void {
    this.#waiting = [];
    this.#next = 0;
  }

  /** By the caller's signal, by a timer, or since a finished stream was not closed. */
  #endedFromOutside(reason: unknown): void {
    const { ended, phase } = this.#reader;
    // Once the model has finished, a timer finds only usage and the end mark missing.
    if (ended || (phase === 'finished' && reason instanceof TimeoutError)) {
      this.#complete();
      return;
    }
    this.#discard();
    this.#fail(isOpenRouterError(reason) ? addDetails(reason, { phase, billing: 'possible' }) : reason);
  }

  #fail(error: unknown): void {
    if (this.#ending !== undefined) return;
    if (isOpenRouterError(error))
      addDetails(error, {
        partial: this.partial,
        generationId: this.#reader.generationId,
        attempts: this.response.attempts,
      });
    this.#end({ type: 'failed', error });
    this.#scope.abort(error);
  }

  #end(ending: Ending): void {
    this.#ending = ending;
    this.#forget();
    const { usage, model, provider } = this.#reader.assembler;
    if (ending.type === 'complete' && usage === undefined) this.#reader.warnings.push('usage-missing');
    this.#settle({
      usage,
      model,
      provider,
      generationId: this.#reader.generationId,
      error: ending.type === 'failed' ? ending.error : undefined,
    });
  }
}
