import { isJsonObject, type JsonObject } from '../util/json.ts';
import { setMember } from '../util/set-member.ts';
import { ReasoningAssembler } from './reasoning-assembler.ts';
import { ToolCallAssembler } from './tool-call-assembler.ts';

/** Members of a delta with a rule of their own; all others keep what was last said. */
const ruled = new Set([
  'content',
  'reasoning',
  'reasoning_content',
  'refusal',
  'reasoning_details',
  'tool_calls',
  'images',
  'annotations',
  'audio',
]);

/** Puts the message of one choice together from its deltas. */
export class MessageAssembler {
  readonly #others: Record<string, unknown> = { role: 'assistant' };
  #content: string | undefined;
  #reasoning: string | undefined;
  #reasoningContent: string | undefined;
  #refusal: string | undefined;
  readonly #toolCalls: ToolCallAssembler = new ToolCallAssembler();
  readonly #images: unknown[] = [];
  readonly #annotations: unknown[] = [];
  #details: ReasoningAssembler | undefined;
  #audio: Record<string, unknown> | undefined;

  /**
   * Takes the next delta.
   *
   * @param delta - `choices[].delta` of a chunk
   */
  add(delta: JsonObject): void {
    for (const name in delta) {
      const value = delta[name];
      if (ruled.has(name)) this.#addRuled(name, value);
      else if (value !== null && value !== '') setMember(this.#others, name, value);
    }
  }

  /**
   * Takes the next delta of a chunk that says nothing but this.
   *
   * @param content - more of the text
   */
  addText(content: string): void {
    this.#content = (this.#content ?? '') + content;
  }

  /**
   * Takes the next delta of a chunk that says nothing new but a piece of output.
   *
   * @param delta - `choices[].delta` of a chunk
   */
  addPlain(delta: JsonObject): void {
    const { content, reasoning, reasoning_details: details, tool_calls: toolCalls } = delta;
    const { images, annotations, audio, refusal, reasoning_content: reasoningContent } = delta;
    if (images != null || annotations != null || audio != null || refusal != null || reasoningContent != null) {
      this.add(delta);
      return;
    }
    if (typeof content === 'string') this.addText(content);
    if (typeof reasoning === 'string') this.#reasoning = (this.#reasoning ?? '') + reasoning;
    if (Array.isArray(details)) this.#addList('reasoning_details', details);
    if (Array.isArray(toolCalls)) this.#addList('tool_calls', toolCalls);
  }

  #addRuled(name: string, value: unknown): void {
    if (typeof value === 'string') this.#addText(name, value);
    else if (Array.isArray(value)) this.#addList(name, value);
    else if (name === 'audio' && isJsonObject(value)) this.#audio = joinAudio(this.#audio ?? {}, value);
  }

  #addText(name: string, value: string): void {
    if (name === 'content') this.#content = (this.#content ?? '') + value;
    else if (name === 'reasoning') this.#reasoning = (this.#reasoning ?? '') + value;
    else if (name === 'refusal') this.#refusal = (this.#refusal ?? '') + value;
    // What some providers call `reasoning`. Where both are sent they say the same, so each keeps its own name.
    else if (name === 'reasoning_content') this.#reasoningContent = (this.#reasoningContent ?? '') + value;
  }

  #addList(name: string, values: readonly unknown[]): void {
    if (name === 'tool_calls') for (const value of values) this.#toolCalls.add(value);
    else if (name === 'images') for (const value of values) this.#images.push(value);
    else if (name === 'annotations') for (const value of values) this.#annotations.push(value);
    else if (name === 'reasoning_details') {
      // Even an empty list must go back to some models, so its presence is kept.
      this.#details ??= new ReasoningAssembler();
      for (const value of values) this.#details.add(value);
    }
  }

  /**
   * Builds the message as it is now.
   *
   * @param completionId - the answer's id
   * @returns the message; members that never came are left out, but for `content`, which is then null
   */
  message(completionId: string): JsonObject {
    return {
      ...this.#others,
      content: this.#content ?? null,
      ...(this.#refusal !== undefined && { refusal: this.#refusal }),
      ...(this.#reasoning !== undefined && { reasoning: this.#reasoning }),
      ...(this.#reasoningContent !== undefined && { reasoning_content: this.#reasoningContent }),
      ...(this.#details !== undefined && { reasoning_details: this.#details.details() }),
      ...(!this.#toolCalls.isEmpty && { tool_calls: this.#toolCalls.toolCalls(completionId) }),
      ...(this.#images.length > 0 && { images: [...this.#images] }),
      ...(this.#annotations.length > 0 && { annotations: [...this.#annotations] }),
      ...(this.#audio !== undefined && { audio: { ...this.#audio } }),
    };
  }
}

/** Audio comes in pieces of base64 and of transcript; its id and expiry once. */
function joinAudio(before: Record<string, unknown>, delta: JsonObject): Record<string, unknown> {
  const joined = { ...before };
  for (const [name, value] of Object.entries(delta)) {
    if (value === null) continue;
    const grows = (name === 'data' || name === 'transcript') && typeof value === 'string';
    const old = joined[name];
    setMember(joined, name, grows && typeof old === 'string' ? old + value : value);
  }
  return joined;
}
