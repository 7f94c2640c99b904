import { LimitExceededError } from '../errors/limit-exceeded-error.ts';
import { isJsonObject, type JsonObject } from '../util/json.ts';
import type { ToolCall } from '../wire/tool-call.ts';

/** More calls than this in one answer are an attack or a fault. */
const mostCalls = 1024;
const highestIndex = 4095;

interface OpenCall {
  readonly index: number | undefined;
  readonly position: number;
  readonly rest: Record<string, unknown>;
  id: string;
  name: string;
  arguments: string;
}

/**
 * Puts the tool calls of one message together, from deltas that keep to the specification and from those that do not:
 * without an index, with an empty or repeated id, with the name twice or in parts, with the whole call at once.
 */
export class ToolCallAssembler {
  readonly #calls: OpenCall[] = [];

  /** Whether any call has begun. */
  get isEmpty(): boolean {
    return this.#calls.length === 0;
  }

  /**
   * Takes the next delta.
   *
   * @param delta - an element of `delta.tool_calls`, whatever it is
   * @throws LimitExceededError when there are more than 1,024 calls, or an index above 4,095
   */
  add(delta: unknown): void {
    if (!isJsonObject(delta)) return;
    const made = isJsonObject(delta['function']) ? delta['function'] : {};
    const name = text(made['name']);
    const call = this.#find(delta, name) ?? this.#begin(delta);
    if (call.id === '') call.id = text(delta['id']);
    call.name = joinName(call, name);
    call.arguments += argumentsText(made['arguments']);
    keepOthers(call, delta);
  }

  /**
   * Builds the calls as they are now.
   *
   * @param completionId - the answer's id, of which ids are made for calls that came without one
   * @returns the calls in the order of their index; the arguments are the text that came, `{}` when none came
   */
  toolCalls(completionId: string): readonly ToolCall[] {
    const ordered = [...this.#calls].sort((a, b) => (a.index ?? a.position) - (b.index ?? b.position));
    return ordered.map((call) => ({
      ...call.rest,
      ...(call.index !== undefined && { index: call.index }),
      id: call.id === '' ? `call_${call.position}_${completionId.replace(/\W/g, '').slice(-12)}` : call.id,
      type: 'function',
      function: { name: call.name, arguments: call.arguments === '' ? '{}' : call.arguments },
    }));
  }

  #find(delta: JsonObject, name: string): OpenCall | undefined {
    const id = text(delta['id']);
    const index = indexOf(delta);
    if (index === undefined) {
      if (id === '') return name === '' || this.#last?.name === name ? this.#last : undefined;
      return this.#calls.find((call) => call.id === id);
    }
    const same = this.#calls.findLast((call) => call.index === index);
    // Some providers give every parallel call the same index; a new id that comes with a name begins a new call.
    const another = same !== undefined && id !== '' && same.id !== '' && same.id !== id && name !== '';
    return another ? this.#calls.find((call) => call.id === id) : same;
  }

  get #last(): OpenCall | undefined {
    return this.#calls.at(-1);
  }

  #begin(delta: JsonObject): OpenCall {
    const index = indexOf(delta);
    if (this.#calls.length >= mostCalls || (index !== undefined && index > highestIndex)) {
      throw new LimitExceededError(`The answer has more than ${mostCalls} tool calls, or one with an index above ${highestIndex}.`, { limit: mostCalls });
    }
    const call: OpenCall = { index, position: this.#calls.length, rest: {}, id: '', name: '', arguments: '' };
    this.#calls.push(call);
    return call;
  }
}

function indexOf(delta: JsonObject): number | undefined {
  const { index } = delta;
  return typeof index === 'number' && Number.isInteger(index) && index >= 0 ? index : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The specification wants the text of a JSON document; some providers send the document. */
function argumentsText(value: unknown): string {
  if (typeof value === 'string') return value;
  return isJsonObject(value) ? JSON.stringify(value) : '';
}

function joinName(call: OpenCall, part: string): string {
  if (part === '' || part === call.name) return call.name;
  if (part.startsWith(call.name)) return part;
  // A name in parts comes before the arguments; what comes after them repeats.
  return call.arguments === '' ? call.name + part : call.name;
}

function keepOthers(call: OpenCall, delta: JsonObject): void {
  for (const [name, value] of Object.entries(delta)) {
    if (name === 'index' || name === 'id' || name === 'type' || name === 'function' || value === null) continue;
    Object.defineProperty(call.rest, name, { value, enumerable: true, configurable: true, writable: true });
  }
}
