import type { ChatChunk, ChunkDelta, ToolCallDelta } from '../../src/wire/chat-chunk.ts';
import type { ReasoningDetail } from '../../src/wire/reasoning-detail.ts';

type Fields = Record<string, unknown>;

/** The rules by which chunks add up, written down as plainly as possible and without a thought for speed or for broken streams. */
export function addUp(chunks: readonly ChatChunk[]): unknown {
  const whole: Fields = { created: 0, model: '' };
  const choices = new Map<number, Fields[]>();
  for (const { choices: some = [], ...rest } of chunks) {
    Object.assign(whole, Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)));
    for (const choice of some) choices.set(choice.index ?? 0, [...(choices.get(choice.index ?? 0) ?? []), choice]);
  }
  const ordered = [...choices].toSorted(([a], [b]) => a - b);
  return {
    ...whole,
    id: whole['id'] ?? '',
    object: 'chat.completion',
    choices: ordered.map(([index, pieces]) => choiceOf(index, pieces)),
  };
}

function choiceOf(index: number, pieces: readonly Fields[]): Fields {
  const last: Fields = { finish_reason: null };
  for (const { delta: _, ...rest } of pieces) Object.assign(last, said(rest));
  return { ...last, index, message: messageOf(pieces.map(({ delta }) => delta as ChunkDelta)) };
}

function messageOf(deltas: readonly ChunkDelta[]): Fields {
  const joined = (name: string): Fields => {
    const texts = deltas.map((delta) => delta[name]).filter((text) => typeof text === 'string');
    return texts.length === 0 ? {} : { [name]: texts.join('') };
  };
  const all = (name: string): Fields => {
    const items = deltas.flatMap((delta) => (delta[name] ?? []) as unknown[]);
    return items.length === 0 ? {} : { [name]: items };
  };
  const calls = toolCallsOf(deltas.flatMap((delta) => delta.tool_calls ?? []));
  return {
    role: 'assistant',
    content: null,
    ...joined('content'),
    ...joined('refusal'),
    ...joined('reasoning'),
    ...joined('reasoning_content'),
    ...(deltas.some((delta) => Array.isArray(delta.reasoning_details)) && {
      reasoning_details: detailsOf(deltas.flatMap((delta) => delta.reasoning_details ?? [])),
    }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...all('images'),
    ...all('annotations'),
  };
}

/** By their index, which the chunks of these tests all have. */
function toolCallsOf(deltas: readonly ToolCallDelta[]): readonly Fields[] {
  const indexes = [...new Set(deltas.map(({ index }) => index ?? 0))].toSorted((a, b) => a - b);
  return indexes.map((index) => {
    const own = deltas.filter((delta) => (delta.index ?? 0) === index);
    const text = own.map((delta) => delta.function?.arguments ?? '').join('');
    return {
      index,
      id: own.find(({ id }) => id)?.id,
      type: 'function',
      function: {
        name: own.find((delta) => delta.function?.name)?.function?.name,
        arguments: text === '' ? '{}' : text,
      },
    };
  });
}

/** Neighbours of the same type and index are one. */
function detailsOf(deltas: readonly ReasoningDetail[]): readonly Fields[] {
  const details: Fields[] = [];
  for (const delta of deltas) {
    const last = details.at(-1);
    const grows = (
      { 'reasoning.text': 'text', 'reasoning.summary': 'summary', 'reasoning.encrypted': 'data' } as Readonly<
        Record<string, string>
      >
    )[delta.type];
    if (
      last === undefined ||
      grows === undefined ||
      last['type'] !== delta.type ||
      (delta.index ?? last['index']) !== last['index']
    ) {
      details.push({ ...delta });
      continue;
    }
    const before = last[grows];
    Object.assign(last, said(delta));
    if (typeof delta[grows] === 'string' && typeof before === 'string') last[grows] = before + delta[grows];
  }
  return details;
}

/** Within a choice, what is null or an empty text says nothing. */
function said(fields: object): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== ''));
}
