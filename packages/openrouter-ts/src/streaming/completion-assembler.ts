import { isJsonObject, type JsonObject } from '../util/json.ts';
import { setMember } from '../util/set-member.ts';
import type { ChatChunk } from '../wire/chat-chunk.ts';
import type { ChatCompletion } from '../wire/chat-completion.ts';
import type { Usage } from '../wire/usage.ts';
import { MessageAssembler } from './message-assembler.ts';
import { indexOf } from './choice-index.ts';
import { isFinished } from './choices.ts';

interface OpenChoice {
  readonly message: MessageAssembler;
  /** Everything of the choice but its delta: what was last said. */
  readonly fields: Record<string, unknown>;
  readonly logprobs: Map<string, unknown[]>;
}

/** Adds the chunks of a stream up to the answer that they are. */
export class CompletionAssembler {
  readonly #fields: Record<string, unknown> = {};
  readonly #choices = new Map<number, OpenChoice>();
  #begun = false;

  /**
   * Takes the next chunk.
   *
   * @param chunk - as it came
   * @returns whether it was plain: it repeats what others said, but for a piece of output
   */
  add(chunk: ChatChunk): boolean {
    const plain = this.#addPlain(chunk);
    if (!plain) this.#addWhole(chunk);
    return plain;
  }

  /**
   * Finds where the output of a choice goes.
   *
   * @param index - the choice's
   * @returns its message as far as it has come
   */
  messageAt(index: number): MessageAssembler {
    return this.#choice(index).message;
  }

  /**
   * Nearly all chunks repeat what the one before said, but for a piece of text. Looking at every member of each would cost more than
   * parsing them; so only the choice is looked at, unless it is the first chunk, or one that ends something.
   */
  #addPlain(chunk: ChatChunk): boolean {
    const { choices, usage, citations, openrouter_metadata: metadata } = chunk;
    if (
      !this.#begun ||
      usage !== undefined ||
      citations !== undefined ||
      metadata !== undefined ||
      !Array.isArray(choices) ||
      choices.length !== 1
    )
      return false;
    const choice: unknown = choices[0];
    if (!isJsonObject(choice) || isFinished(choice) || choice['logprobs'] != null) return false;
    const delta = choice['delta'];
    if (!isJsonObject(delta)) return false;
    this.#choice(indexOf(choice)).message.addPlain(delta);
    return true;
  }

  #addWhole(chunk: ChatChunk): void {
    for (const name in chunk) {
      const value = chunk[name];
      if (name === 'choices') this.#addChoices(value);
      else if (value !== null) setMember(this.#fields, name, value);
    }
  }

  #addChoices(choices: unknown): void {
    if (!Array.isArray(choices)) return;
    this.#begun ||= choices.length > 0;
    for (const choice of choices) {
      if (!isJsonObject(choice)) continue;
      const open = this.#choice(indexOf(choice));
      for (const name in choice) {
        const value = choice[name];
        if (name === 'delta') addDelta(open, value);
        else if (name === 'logprobs' && isJsonObject(value)) addLogprobs(open, value);
        // An empty finish reason is none, and must not hide the one that came before.
        else if (value !== null && value !== '') setMember(open.fields, name, value);
      }
    }
  }

  #choice(index: number): OpenChoice {
    const known = this.#choices.get(index);
    if (known !== undefined) return known;
    const choice: OpenChoice = { message: new MessageAssembler(), fields: {}, logprobs: new Map() };
    this.#choices.set(index, choice);
    return choice;
  }

  /** The usage, if any chunk brought it; the last one wins. */
  get usage(): Usage | undefined {
    const { usage } = this.#fields;
    return isUsage(usage) ? usage : undefined;
  }

  /** The answer's id, if any chunk named it. */
  get id(): string | undefined {
    return typeof this.#fields['id'] === 'string' ? this.#fields['id'] : undefined;
  }

  /** The model that answers, if any chunk named it. */
  get model(): string | undefined {
    return typeof this.#fields['model'] === 'string' ? this.#fields['model'] : undefined;
  }

  /** The provider that answers, if any chunk named it. */
  get provider(): string | undefined {
    return typeof this.#fields['provider'] === 'string' ? this.#fields['provider'] : undefined;
  }

  /**
   * Builds the answer as it is now.
   *
   * @returns what the chunks so far add up to, in the shape of an answer that was not streamed
   */
  completion(): ChatCompletion {
    const id = this.id ?? '';
    const ordered = [...this.#choices].sort(([a], [b]) => a - b);
    const choices = ordered.map(([index, { message, fields, logprobs }]) => ({
      finish_reason: null,
      ...fields,
      index,
      ...(logprobs.size > 0 && { logprobs: copyOf(logprobs) }),
      message: message.message(id),
    }));
    const whole = { created: 0, model: '', ...this.#fields, id, object: 'chat.completion', choices };
    assertCompletion(whole);
    return whole;
  }
}

function addDelta({ message }: OpenChoice, delta: unknown): void {
  if (isJsonObject(delta)) message.add(delta);
}

function addLogprobs({ logprobs }: OpenChoice, delta: JsonObject): void {
  for (const [name, values] of Object.entries(delta)) {
    if (!Array.isArray(values)) continue;
    const known = logprobs.get(name) ?? [];
    for (const value of values) known.push(value);
    logprobs.set(name, known);
  }
}

/** A copy, since the stream may go on. */
function copyOf(logprobs: ReadonlyMap<string, readonly unknown[]>): JsonObject {
  return Object.fromEntries(Array.from(logprobs, ([name, values]) => [name, [...values]]));
}

function isUsage(value: unknown): value is Usage {
  return isJsonObject(value);
}

/** It was built as one. That its parts are what the API documents cannot be checked without turning down an answer that is a little different. */
function assertCompletion(_value: JsonObject): asserts _value is JsonObject & ChatCompletion {
  // Nothing to do: its members are read with care wherever they are read.
}
