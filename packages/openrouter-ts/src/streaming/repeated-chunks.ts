import { isJsonObject, type JsonObject } from '../util/json.ts';
import type { ChatChunk, ChunkChoice, ChunkDelta } from '../wire/chat-chunk.ts';
import type { CompletionAssembler } from './completion-assembler.ts';
import type { MessageAssembler } from './message-assembler.ts';
import { indexOf } from './choice-index.ts';
import { choicesOf } from './choices.ts';
import type { SseParser } from './sse-parser.ts';

const key = '"content"';

/**
 * An event around its text: a choice with a delta, and beside them text, numbers and the like, and empty lists in the delta. There is but one way to
 * write it, a byte for each character.
 */
const plain = /^{[ -Z^-z|~]*"choices":\[{[ -Z^-z|~]*"delta":{(?:[ -Z^-z|~]|\[])*}[ -Z^-z|~]*}][ -Z^-z|~]*}$/;

/** After so many events that were unlike what had been learned, or could not be learned, nothing is learned any more. */
const mostUnlike = 8;

/** What an event looks like, and what it says, but for the piece of text in it. */
interface Pattern {
  readonly before: string;
  readonly after: string;
  readonly chunk: ChatChunk;
  readonly choice: ChunkChoice;
  readonly delta: ChunkDelta;
  /** Whether there is an empty list of details in it, which is not to be shared. */
  readonly details: boolean;
  readonly message: MessageAssembler;
}

/**
 * Reads the chunks that are, to the letter, like one before but for the piece of text in them: nearly all of an answer. Comparing letters costs
 * a fraction of parsing them, and gives the same.
 */
export class RepeatedChunks {
  readonly #parser: SseParser;
  readonly #assembler: CompletionAssembler;
  #pattern: Pattern | undefined;
  /** Events since the last that was like the pattern; without a pattern, those of which none could be made. */
  #unlike = 0;

  /**
   * @param parser - where the events are
   * @param assembler - gets the text of every chunk that is taken
   */
  constructor(parser: SseParser, assembler: CompletionAssembler) {
    this.#parser = parser;
    this.#assembler = assembler;
  }

  /**
   * Takes the next chunk if it is like the one that was learned.
   *
   * @returns the chunk, of which no part is shared with another; `undefined` when the next event is another one, or not there
   */
  take(): ChatChunk | undefined {
    const pattern = this.#pattern;
    if (pattern === undefined) return undefined;
    const content = this.#parser.nextLike(pattern.before, pattern.after);
    if (content === undefined) return undefined;
    this.#unlike = 0;
    pattern.message.addText(content);
    const { chunk, choice, delta, details } = pattern;
    const said = details ? { ...delta, content, reasoning_details: [] } : { ...delta, content };
    return { ...chunk, choices: [{ ...choice, delta: said }] };
  }

  /**
   * Learns what the events to come may look like.
   *
   * @param data - the data of an event
   * @param chunk - the plain chunk that it is; the assembler has it
   */
  learn(data: string, chunk: ChatChunk): void {
    const known = this.#pattern !== undefined;
    if (known) this.#unlike += 1;
    // One alone may have been cut by the network, or be a comment's neighbour.
    if (this.#unlike > mostUnlike || (known && this.#unlike === 1)) return;
    const [choice] = choicesOf(chunk);
    if (!isChoice(choice) || !saysOnlyText(choice.delta)) return;
    const { delta } = choice;
    const { content } = delta;
    const at = data.indexOf(key);
    // Were the key there twice, the text could stand elsewhere.
    if (at !== data.lastIndexOf(key) || !data.startsWith(`${key}:"${content}"`, at)) return;
    const before = data.slice(0, at + key.length + 2);
    const after = data.slice(before.length + content.length);
    if (!plain.test(before + after)) {
      if (!known) this.#unlike += 1;
      return;
    }
    this.#pattern = {
      before: ['data: ', before].join(''),
      after: [after, '\n\n'].join(''),
      // Copies, since the chunk is its reader's.
      chunk: { ...chunk },
      choice: { ...choice },
      delta: { ...delta },
      details: delta.reasoning_details != null,
      message: this.#assembler.messageAt(indexOf(choice)),
    };
  }
}

/** Tells whether a delta adds nothing to the message but a piece of text; a list in it is empty. */
function saysOnlyText(delta: JsonObject): delta is JsonObject & { readonly content: string } {
  for (const name in delta) {
    const value = delta[name];
    if (name === 'content' || name === 'role' ? typeof value !== 'string' : !isEmpty(name, value)) return false;
  }
  return typeof delta['content'] === 'string';
}

function isEmpty(name: string, value: unknown): boolean {
  return value === null || (name === 'reasoning_details' && Array.isArray(value));
}

/** The assembler found it plain. */
function isChoice(value: unknown): value is ChunkChoice & JsonObject {
  return isJsonObject(value);
}
