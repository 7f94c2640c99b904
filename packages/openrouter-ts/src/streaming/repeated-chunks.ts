import { isJsonObject, type JsonObject } from '../util/json.ts';
import type { ChatChunk, ChunkChoice, ChunkDelta } from '../wire/chat-chunk.ts';
import type { CompletionAssembler } from './completion-assembler.ts';
import type { MessageAssembler } from './message-assembler.ts';
import { choicesOf, indexOf } from './choices.ts';
import type { SseParser } from './sse-parser.ts';

const contentName = '"content"';
const contentKey = `${contentName}:"`;

/** Without what is written in more ways than one, or as more than a byte. */
const isSimple = /^[ -[\]-~]*$/;

/** After so many events that were unlike what had been learned, nothing is learned any more. */
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
  /** Events since the last that was like the pattern. */
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
    if (this.#pattern !== undefined) {
      this.#unlike += 1;
      // One alone may have been cut by the network, or be a comment's neighbour.
      if (this.#unlike === 1 || this.#unlike > mostUnlike) return;
    }
    const [choice] = choicesOf(chunk);
    if (!holdsOnly(chunk, 'choices') || !isChoice(choice) || !holdsOnly(choice, 'delta')) return;
    const { delta } = choice;
    if (!saysOnlyText(delta)) return;
    const { content } = delta;
    const start = data.indexOf(contentKey) + contentKey.length;
    const before = data.slice(0, start);
    const after = data.slice(start + content.length);
    if (!data.startsWith(`${content}"`, start) || !isCertain(before, after)) return;
    this.#pattern = {
      before: ['data: ', before].join(''),
      after: [after, '\n\n'].join(''),
      // Copies, since the chunk is its reader's.
      chunk: { ...chunk },
      choice: { ...choice },
      delta: { ...delta },
      details: delta.reasoning_details !== undefined && delta.reasoning_details !== null,
      message: this.#assembler.messageAt(indexOf(choice)),
    };
  }
}

/** Tells whether all members but one are text, numbers and the like. */
function holdsOnly(object: JsonObject, but: string): boolean {
  for (const name in object) {
    if (name !== but && typeof object[name] === 'object' && object[name] !== null) return false;
  }
  return true;
}

/** Tells whether there is nothing in a delta but a piece of the answer's text, and the role. */
function saysOnlyText(delta: JsonObject): delta is JsonObject & { readonly content: string } {
  for (const name in delta) {
    if (name !== 'content' && name !== 'role' && !isBlank(name, delta[name])) return false;
  }
  return typeof delta['content'] === 'string' && typeof delta['role'] !== 'object';
}

/** Tells whether a member adds nothing to what the message has since the first delta that had it. */
function isBlank(name: string, value: unknown): boolean {
  if (value === null) return true;
  return name === 'reasoning'
    ? value === ''
    : name === 'reasoning_details' && Array.isArray(value) && value.length === 0;
}

/** Tells whether the text has but one place: there is no other way to write the key, and it is there once. */
function isCertain(before: string, after: string): boolean {
  return (
    isSimple.test(before) &&
    isSimple.test(after) &&
    before.indexOf(contentName) === before.length - contentKey.length &&
    !after.includes(contentName)
  );
}

/** It was read as one: the assembler found it plain. */
function isChoice(value: unknown): value is ChunkChoice & JsonObject {
  return isJsonObject(value);
}
