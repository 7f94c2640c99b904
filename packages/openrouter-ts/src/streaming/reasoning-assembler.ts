import { isJsonObject, type JsonObject } from '../util/json.ts';
import { setMember } from '../util/set-member.ts';
import type { ReasoningDetail } from '../wire/reasoning-detail.ts';

/** The members that grow from delta to delta; all others are said once, at the beginning or at the end. */
const growing: Readonly<Record<string, string>> = {
  'reasoning.text': 'text',
  'reasoning.summary': 'summary',
  'reasoning.encrypted': 'data',
};

interface OpenDetail {
  /** All that the detail has besides its growing member. */
  readonly fields: Record<string, unknown>;
  readonly grows: string | undefined;
  readonly type: unknown;
  readonly index: unknown;
  /** Whether the growing member came as text at all. */
  has: boolean;
  grown: string;
}

/**
 * Puts `reasoning_details` together so that they can be sent back as they came. Consecutive deltas of the same type and index are one detail:
 * its text grows, and its signature, id and format are whatever was last said of them. Everything unknown is kept as it is.
 */
export class ReasoningAssembler {
  readonly #details: OpenDetail[] = [];

  /**
   * Takes the next delta.
   *
   * @param delta - an element of `delta.reasoning_details`, whatever it is
   */
  add(delta: unknown): void {
    if (!isJsonObject(delta)) return;
    const last = this.#details.at(-1);
    if (last !== undefined && continues(last, delta)) extend(last, delta);
    else this.#details.push(begin(delta));
  }

  /**
   * Builds the details as they are now.
   *
   * @returns the details in their order
   */
  details(): readonly ReasoningDetail[] {
    return this.#details
      .map(({ fields, grows, has, grown }) => ({ ...fields, ...(grows !== undefined && has && { [grows]: grown }) }))
      .filter(isReasoningDetail);
  }
}

/** Nothing in a detail is read here: it goes back as it came. */
function isReasoningDetail(value: JsonObject): value is JsonObject & ReasoningDetail {
  return isJsonObject(value);
}

function begin(delta: JsonObject): OpenDetail {
  const { type } = delta;
  const grows = typeof type === 'string' && Object.hasOwn(growing, type) ? growing[type] : undefined;
  const detail: OpenDetail = { fields: {}, grows, type, index: delta['index'], has: false, grown: '' };
  for (const [name, value] of Object.entries(delta)) set(detail, name, value);
  return detail;
}

function continues(last: OpenDetail, delta: JsonObject): boolean {
  if (last.grows === undefined || last.type !== delta['type'] || last.index !== (delta['index'] ?? last.index))
    return false;
  // Two encrypted blobs with ids of their own are two thoughts; joined, neither could be read again.
  const { id } = delta;
  const before = last.fields['id'];
  return last.grows !== 'data' || typeof id !== 'string' || typeof before !== 'string' || id === before;
}

function extend(detail: OpenDetail, delta: JsonObject): void {
  for (const [name, value] of Object.entries(delta)) {
    if (value !== null && value !== '') set(detail, name, value);
  }
}

function set(detail: OpenDetail, name: string, value: unknown): void {
  if (name === detail.grows && typeof value === 'string') {
    detail.grown += value;
    detail.has = true;
    return;
  }
  setMember(detail.fields, name, value);
}
