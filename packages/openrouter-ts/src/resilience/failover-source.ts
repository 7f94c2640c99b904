import type { Attempt } from '../errors/attempt.ts';
import { isOpenRouterError, type OpenRouterError } from '../errors/open-router-error.ts';
import type { Phase } from '../errors/phase.ts';
import { StreamProviderError } from '../errors/stream-error.ts';
import { StreamError } from '../errors/stream-interrupted-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { ResponseDetails, ResponseWarning } from '../http/outcome.ts';
import type { ChatStream } from '../streaming/chat-stream.ts';
import type { ChunkSource } from '../streaming/chunk-source.ts';
import { CompletionAssembler } from '../streaming/completion-assembler.ts';
import { choicesOf, isFinished } from '../streaming/choices.ts';
import type { AbortScope } from '../util/abort-scope.ts';
import { isJsonObject } from '../util/json.ts';
import type { ChatChunk } from '../wire/chat-chunk.ts';
import type { AssistantMessage, ChatCompletion } from '../wire/chat-completion.ts';
import { Stitch } from './stitch.ts';

/** What the reader has of the answers so far. */
export interface Begun {
  /** The text; empty where the next answer may begin anew. */
  readonly text: string;
  /** Whether the next answer is to be asked to go on from there. */
  readonly continues: boolean;
}

/** How the answers that follow are had. */
export interface FailoverSteps {
  readonly how: 'restart' | 'continue';
  /** Ends all of it. */
  readonly scope: AbortScope;
  /** The models to ask next, in this order. */
  readonly models: readonly string[];
  /** Opens the next answer. */
  readonly open: (model: string, begun: Begun) => Promise<ChatStream>;
}

/** The chunks of an answer and of those that follow it when it breaks off, as if they were of one. */
export class FailoverSource implements ChunkSource {
  /** What the chunks that were taken add up to. */
  assembler: CompletionAssembler = new CompletionAssembler();
  /** How far the answer is. */
  phase: Phase = 'streaming';
  /** Whether nothing more will come. */
  ended = false;
  readonly #steps: FailoverSteps;
  readonly #streams: ChatStream[] = [];
  readonly #models: string[];
  readonly #warnings: ResponseWarning[] = [];
  #chunks: AsyncIterator<ChatChunk>;
  #current: ResponseDetails;
  #stitch: Stitch | undefined;
  /** Why the answer before broke off. */
  #broken: unknown;
  #next: ChatChunk | undefined;
  #filling: Promise<void> | undefined;
  #watched = false;

  /**
   * @param first - the answer that is open
   * @param steps - how those that may follow it are had
   */
  constructor(first: ChatStream, steps: FailoverSteps) {
    this.#steps = steps;
    this.#models = [...steps.models];
    this.#streams.push(first);
    this.#current = first.response;
    this.#chunks = first[Symbol.asyncIterator]();
  }

  /** Status, headers and so on of the answer that is read now. */
  get response(): ResponseDetails {
    return this.#current;
  }

  /** Every request of all answers, counted through. */
  get attempts(): readonly Attempt[] {
    return this.#streams
      .flatMap(({ response }) => response.attempts)
      .map((each, index) => ({ ...each, number: index + 1 }));
  }

  /** The id of the answer that is read now. */
  get generationId(): string | undefined {
    return this.#current.generationId;
  }

  /** What is odd about the answer. */
  get warnings(): ResponseWarning[] {
    return this.#warnings;
  }

  /** {@inheritDoc ChunkSource.watched} */
  watched(): void {
    this.#watched = true;
  }

  /** {@inheritDoc ChunkSource.take} */
  take(): ChatChunk | undefined {
    const chunk = this.#next;
    this.#next = undefined;
    if (chunk === undefined) return undefined;
    if (choicesOf(chunk).some((choice) => isJsonObject(choice) && isFinished(choice))) this.phase = 'finished';
    this.assembler.add(chunk);
    return chunk;
  }

  /** {@inheritDoc ChunkSource.fill} */
  fill(): Promise<void> {
    if (this.#next !== undefined || this.ended) return Promise.resolve();
    this.#filling ??= this.#advance().finally(() => {
      this.#filling = undefined;
    });
    return this.#filling;
  }

  async #advance(): Promise<void> {
    try {
      const next = await this.#chunks.next();
      if (next.done !== true) this.#next = this.#joined(next.value);
      // An answer that ends before it has said what the reader has of another is not that one's rest.
      else if (this.#stitch?.isBehind === true) throw this.#broken;
      else {
        this.ended = true;
        this.#warnings.push(...this.#current.warnings.filter((warning) => warning !== 'usage-missing'));
      }
    } catch (error) {
      await this.#goOn(error);
    }
  }

  #joined(chunk: ChatChunk): ChatChunk {
    if (this.#stitch === undefined) return chunk;
    const joined = this.#stitch.join(chunk);
    if (joined !== undefined) return joined;
    // What the reader has is of another answer: the reason that it stopped is what there is to tell.
    this.#streams.at(-1)?.abort();
    throw this.#broken;
  }

  async #goOn(error: unknown): Promise<void> {
    const begun = this.#begun;
    if (
      this.#isOver() ||
      this.phase === 'finished' ||
      !isOpenRouterError(error) ||
      error === this.#broken ||
      !mayBeFollowed(error) ||
      begun === undefined
    )
      throw error;
    this.#broken = error;
    for (;;) {
      const model = this.#models.shift();
      if (model === undefined) throw error;
      if (this.#isSpent(model, error)) continue;
      try {
        const stream = await this.#steps.open(model, begun);
        // What says nothing, and not why, goes on with nothing.
        if (stream.response.warnings.includes('empty')) continue;
        this.#use(stream, begun);
        return;
      } catch (failure) {
        if (this.#isOver()) throw failure;
      }
    }
  }

  #use(stream: ChatStream, { text, continues }: Begun): void {
    this.#streams.push(stream);
    this.#current = stream.response;
    this.#chunks = stream[Symbol.asyncIterator]();
    this.phase = 'streaming';
    if (!this.#watched && !continues) {
      this.assembler = new CompletionAssembler();
      this.#stitch = undefined;
    } else this.#stitch = new Stitch(continues ? text.slice(text.trimEnd().length) : text, !continues);
  }

  /** A model that could not answer before the one that broke off, or that was refused for its rate, is not asked again in the same breath. */
  #isSpent(model: string, error: OpenRouterError): boolean {
    const asked = this.attempts.map((attempt) => attempt.model);
    const refused = error instanceof StreamProviderError && error.status === 429;
    return asked.includes(model) && (refused || model !== asked.at(-1));
  }

  #isOver(): boolean {
    return this.#steps.scope.aborted;
  }

  /** What the reader has, or `undefined` where no other answer can follow it. */
  get #begun(): Begun | undefined {
    const completion = this.assembler.completion();
    const text = onlyText(completion);
    const continues = this.#steps.how === 'continue' && text !== undefined && text.trim() !== '';
    if (!this.#watched && !continues) return { text: '', continues };
    return text === undefined ? undefined : { text, continues };
  }
}

/** The provider's failure, the connection's, or a silence: another answer may come. What the caller or a limit ended is over. */
function mayBeFollowed(error: OpenRouterError): boolean {
  if (error instanceof StreamProviderError) {
    const { status } = error;
    return status === undefined || status === 408 || status === 429 || status >= 500;
  }
  return error instanceof StreamError || (error instanceof TimeoutError && error.timer.startsWith('idle'));
}

function onlyText({ choices }: ChatCompletion): string | undefined {
  if (choices.length > 1 || !choices.every(({ message }) => saysOnlyText(message))) return undefined;
  return choices.map(({ message: { content } }) => (typeof content === 'string' ? content : '')).join('');
}

function saysOnlyText({ tool_calls: calls, images, audio, refusal }: AssistantMessage): boolean {
  return calls == null && images == null && audio == null && refusal == null;
}
