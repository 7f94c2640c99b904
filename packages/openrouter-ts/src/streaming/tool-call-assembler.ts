import { LimitExceededError } from '../errors/limit-exceeded-error.ts';
import { isJsonObject, type JsonObject } from '../util/json.ts';
import { setMember } from '../util/set-member.ts';
import type { ToolCall } from '../wire/tool-call.ts';

/** More calls than this in one answer are an attack or a fault. */
const mostCalls = 1024;
const highestIndex = 4095;

interface OpenCall {
  readonly index: number | undefined;
  readonly position: number;
  readonly rest: Record<string, unknown>;
  id: string;
  type: string;
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
    const part = argumentsText(made['arguments']);
    const call = this.#find(delta, name, part) ?? this.#begin(delta);
    if (call.id === '') call.id = text(delta['id']);
    call.type = text(delta['type']) || call.type;
    call.name = joinName(call, name);
    // Some providers say the whole call again when it is complete.
    if (part !== call.arguments || !isWhole(part)) call.arguments += part;
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
      type: call.type,
      function: { name: call.name, arguments: call.arguments === '' ? '{}' : call.arguments },
    }));
  }

  /** By its index; without one by its id, and without that it is the one that is open. */
  #find(delta: JsonObject, name: string, part: string): OpenCall | undefined {
    const id = text(delta['id']);
    const index = indexOf(delta);
    const known =
      id === ''
        ? undefined
        : this.#calls.findLast((call) => call.id === id && (index === undefined || call.index === index));
    if (index === undefined) {
      const call = id === '' ? this.#calls.at(-1) : known;
      return call === undefined || beginsAnother(call, { id, name, part }) ? undefined : call;
    }
    if (known !== undefined) return known;
    const same = this.#calls.findLast((call) => call.index === index);
    // Some providers give every parallel call the same index; a new id that comes with a name begins a new call.
    return same !== undefined && id !== '' && same.id !== '' && name !== '' ? undefined : same;
  }

  #begin(delta: JsonObject): OpenCall {
    const index = indexOf(delta);
    if (this.#calls.length >= mostCalls || (index ?? 0) > highestIndex) {
      throw new LimitExceededError(
        `The answer has more than ${mostCalls} tool calls, or one with an index above ${highestIndex}.`,
        { limit: mostCalls, phase: 'streaming', billing: 'possible' },
      );
    }
    const call: OpenCall = {
      index,
      position: this.#calls.length,
      rest: {},
      id: '',
      type: 'function',
      name: '',
      arguments: '',
    };
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

/** Where nothing says which call is meant, a name after the arguments of another name is a new call, and so are arguments after whole ones. */
function beginsAnother(
  call: OpenCall,
  { id, name, part }: { readonly id: string; readonly name: string; readonly part: string },
): boolean {
  if (name === '') return false;
  if (name !== call.name) return id === '' || call.arguments !== '';
  return id === '' && part.trim() !== '' && isWhole(call.arguments);
}

function isWhole(document: string): boolean {
  if (!document.startsWith('{')) return false;
  try {
    JSON.parse(document);
    return true;
  } catch {
    return false;
  }
}

function joinName(call: OpenCall, part: string): string {
  if (part.startsWith(call.name)) return part;
  // A name in parts comes before the arguments; what comes after them repeats.
  return call.arguments === '' ? call.name + part : call.name;
}

function keepOthers(call: OpenCall, delta: JsonObject): void {
  for (const name in delta) {
    if (name !== 'index' && delta[name] !== null) setMember(call.rest, name, delta[name]);
  }
}
