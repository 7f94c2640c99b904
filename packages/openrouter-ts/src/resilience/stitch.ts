import { isFinished } from '../streaming/choices.ts';
import { textOf } from '../streaming/text-of.ts';
import type { ChatChunk, ChunkChoice, ChunkDelta } from '../wire/chat-chunk.ts';

/** Joins the chunks of a second answer to what the reader has of the first, so that no text is read twice. */
export class Stitch {
  readonly #whole: boolean;
  #known: string;

  /**
   * @param known - the text that the reader has, and that the second answer may begin with
   * @param whole - whether it must begin with all of it; otherwise whatever it repeats of it is left out
   */
  constructor(known: string, whole: boolean) {
    this.#known = known;
    this.#whole = whole;
  }

  /** Whether the second answer must still say something that the reader has. */
  get isBehind(): boolean {
    return this.#whole && this.#known !== '';
  }

  /**
   * Joins the next chunk.
   *
   * @param chunk - a chunk of the second answer
   * @returns the chunk with what is new in it, or `undefined` when the second answer is another one
   */
  join(chunk: ChatChunk): ChatChunk | undefined {
    const text = textOf(chunk);
    const repeated = commonStart(this.#known, text);
    const rest = this.#known.slice(repeated);
    const choices: readonly ChunkChoice[] = Array.isArray(chunk.choices) ? chunk.choices : [];
    const ends = repeated < text.length || choices.some(goesElsewhere);
    if (this.#whole && rest !== '' && ends) return undefined;
    this.#known = ends ? '' : rest;
    return { ...chunk, choices: choices.map((choice) => withoutKnown(choice, repeated)) };
  }
}

function commonStart(known: string, text: string): number {
  let length = 0;
  while (length < known.length && known[length] === text[length]) length += 1;
  return length;
}

/** What is not text does not come in the middle of a text. */
function goesElsewhere(choice: ChunkChoice): boolean {
  return isFinished({ ...choice }) || deltaOf(choice).tool_calls !== undefined;
}

/** Thoughts are not continued, and would be read twice. */
function withoutKnown(choice: ChunkChoice, repeated: number): ChunkChoice {
  const {
    content,
    reasoning: _thoughts,
    reasoning_content: _sameThoughts,
    reasoning_details: _details,
    ...delta
  } = deltaOf(choice);
  return { ...choice, delta: typeof content === 'string' ? { ...delta, content: content.slice(repeated) } : delta };
}

/** Not every provider sends one. */
function deltaOf({ delta }: Partial<ChunkChoice>): ChunkDelta {
  return delta ?? {};
}
