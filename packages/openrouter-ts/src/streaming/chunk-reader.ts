import { LimitExceededError } from '../errors/limit-exceeded-error.ts';
import { isOpenRouterError } from '../errors/open-router-error.ts';
import { addDetails } from '../errors/add-details.ts';
import type { Phase } from '../errors/phase.ts';
import type { ResponseWarning } from '../http/outcome.ts';
import type { ReadContext } from '../http/read-context.ts';
import type { TransportResponse } from '../http/transport.ts';
import type { ChatChunk } from '../wire/chat-chunk.ts';
import type { ChunkSource } from './chunk-source.ts';
import type { CompletionAssembler } from './completion-assembler.ts';
import { hasOutput } from './first-output.ts';
import { choicesOf } from './choices.ts';
import { readChunk } from './read-chunk.ts';
import { RepeatedChunks } from './repeated-chunks.ts';
import type { SseEvent } from './sse-event.ts';
import { SseParser } from './sse-parser.ts';
import { errorInStream, interrupted, notAChunk, truncated, type StreamPlace } from './stream-failure.ts';

/** After the finish reason and whatever follows it, this long for usage and the end mark: some servers never close. */
const finishGraceMs = 5_000;

/**
 * Reads the chunks of one stream as they are asked for, and knows what every end of it means: `[DONE]`, the connection's end in good order or not,
 * an error in the stream, too much of it.
 */
export class ChunkReader implements ChunkSource {
  readonly #response: TransportResponse;
  readonly #context: ReadContext;
  /** What the chunks that were taken add up to. */
  readonly assembler: CompletionAssembler;
  readonly #bytes: AsyncIterator<Uint8Array>;
  readonly #parser: SseParser;
  readonly #warnings: ResponseWarning[] = [];
  readonly #repeated: RepeatedChunks;
  #generationId: string | undefined;
  #phase: Phase = 'answered';
  #graceEndsAt: number | undefined;
  #filling: Promise<void> | undefined;
  #ended = false;
  #size = 0;

  /**
   * @param response - a good response whose body is a stream of events
   * @param context - the attempt
   * @param assembler - gets every chunk that is taken, and the one that says that the stream failed
   */
  constructor(response: TransportResponse, context: ReadContext, assembler: CompletionAssembler) {
    this.#response = response;
    this.#context = context;
    this.assembler = assembler;
    this.#bytes = response.body[Symbol.asyncIterator]();
    this.#generationId = context.generationId;
    this.#parser = new SseParser({
      maxEventBytes: context.limits.eventBytes,
      tooLarge: (limit) => this.#tooLarge('One event of the stream', 'eventBytes', limit),
      decodeUtf8: context.decodeUtf8,
      decodeLatin1: context.decodeLatin1,
    });
    this.#repeated = new RepeatedChunks(this.#parser, assembler);
  }

  /** How far the stream is. */
  get phase(): Phase {
    return this.#phase;
  }

  /** Whether nothing more will come. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The id from the response's header, or from the first chunk that had one. */
  get generationId(): string | undefined {
    return this.#generationId;
  }

  /** What is odd about the stream; complete when it has ended. */
  get warnings(): ResponseWarning[] {
    return this.#warnings;
  }

  /**
   * Takes the next chunk out of what has arrived.
   *
   * @returns the chunk, or `undefined` when more bytes are needed or the stream has ended
   * @throws OpenRouterError when the stream says that it failed, or holds what is not a chunk
   */
  take(): ChatChunk | undefined {
    while (!this.#ended) {
      const repeated = this.#phase === 'streaming' ? this.#repeated.take() : undefined;
      if (repeated !== undefined) {
        this.#context.request.progress?.data?.();
        return repeated;
      }
      const event = this.#parser.next();
      if (event !== undefined) return this.#read(event);
      if (!this.#readOn()) return undefined;
    }
    return undefined;
  }

  #read(event: SseEvent): ChatChunk | undefined {
    this.#context.request.progress?.data?.();
    if (event.data === '[DONE]') {
      this.#end();
      return undefined;
    }
    const read = readChunk(event.data);
    if (read.type === 'chunk') return this.#advance(read.chunk, read.finished, event.data);
    if (read.type === 'invalid') {
      if (this.#phase !== 'finished') throw notAChunk(this.#place);
      // The answer is whole; what is missing is at most its usage.
      this.#end();
      return undefined;
    }
    this.#generationId ??= idOf(read.chunk.id);
    this.assembler.add(read.chunk);
    throw errorInStream(read.error, this.#place);
  }

  /**
   * Waits for more bytes; several who wait get the same.
   *
   * @returns a promise that resolves when there are more, or when the stream has ended
   * @throws OpenRouterError when it ended too early, or the reason of the signal that ended it
   */
  fill(): Promise<void> {
    this.#filling ??= this.#wait();
    return this.#filling;
  }

  #wait(): Promise<void> {
    if (this.#ended) return Promise.resolve();
    this.#context.request.progress?.waiting?.();
    if (this.#phase === 'finished') return this.#readAfterFinish();
    return this.#bytes.next().then(this.#received, this.#broken);
  }

  readonly #received = (next: IteratorResult<Uint8Array>): void => {
    this.#filling = undefined;
    if (this.#context.scope.aborted) throw this.#aborted();
    if (next.done === true) {
      if (this.#phase !== 'finished') throw truncated(this.#place);
      this.#end();
      return;
    }
    this.#accept(next.value);
  };

  readonly #broken = (cause: unknown): never => {
    this.#filling = undefined;
    throw this.#context.scope.aborted ? this.#aborted() : interrupted(cause, this.#place);
  };

  /** Once the model has finished, usage and end mark are awaited for a while, and an end without them is an end all the same. */
  #readAfterFinish(): Promise<void> {
    const { scope, clock } = this.#context;
    this.#graceEndsAt ??= clock.now() + finishGraceMs;
    const left = this.#graceEndsAt - clock.now();
    return new Promise((resolve, reject) => {
      const cancelTimer = clock.setTimer(() => {
        this.#end();
        scope.abort(new Error('The stream was not closed after its end.'));
        resolve();
      }, left);
      const received = (next: IteratorResult<Uint8Array>): void => {
        cancelTimer();
        if (!this.#ended) this.#received(next);
      };
      const broken = (): void => {
        received({ done: true, value: undefined });
      };
      this.#bytes.next().then(received, broken).then(resolve, reject);
    });
  }

  /** One read of the network brings many chunks when a server is quick: those that are here are taken without a wait. */
  #readOn(): boolean {
    const bytes = this.#filling === undefined ? this.#response.body.takeReady?.() : undefined;
    if (bytes !== undefined) this.#accept(bytes);
    return bytes !== undefined;
  }

  #accept(bytes: Uint8Array): void {
    const { request, limits } = this.#context;
    request.progress?.bytes?.();
    this.#size += bytes.length;
    if (this.#size > limits.answerBytes) throw this.#tooLarge('The stream', 'answerBytes', limits.answerBytes);
    this.#parser.push(bytes);
  }

  #advance(chunk: ChatChunk, finished: boolean, data: string): ChatChunk {
    this.#generationId ??= idOf(chunk.id);
    if (this.#phase === 'answered' && choicesOf(chunk).some(hasOutput)) {
      this.#phase = 'streaming';
      this.#context.request.progress?.output?.();
    }
    if (finished) this.#phase = 'finished';
    this.#graceEndsAt = undefined;
    if (this.assembler.add(chunk)) this.#repeated.learn(data, chunk);
    return chunk;
  }

  #end(): void {
    this.#ended = true;
    if (this.#phase !== 'finished') this.#warnings.push('finish-missing');
    if (this.#phase === 'answered') this.#warnings.push('empty');
    // Says that the rest is not wanted, so that the connection can serve the next request; whether that works is the transport's affair.
    this.#bytes.return?.().catch(() => undefined);
  }

  /** The caller's own reason leaves as it is; a timer's error learns how far the stream had come. */
  #aborted(): unknown {
    const { reason } = this.#context.scope;
    if (!isOpenRouterError(reason)) return reason;
    return addDetails(reason, { phase: this.#phase, billing: 'possible', generationId: this.#generationId });
  }

  #tooLarge(what: string, option: string, limit: number): LimitExceededError {
    return new LimitExceededError(
      `${what} is larger than ${limit} bytes. Raise limits.${option} if that is expected.`,
      {
        limit,
        phase: this.#phase,
        billing: 'possible',
        generationId: this.#generationId,
      },
    );
  }

  get #place(): StreamPlace {
    return { response: this.#response, context: this.#context, phase: this.#phase, generationId: this.#generationId };
  }
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
