import type { ChatChunk, ChunkChoice, ChunkDelta } from '../../wire/chat-chunk.ts';
import type { UsageChunk } from '../simulator-options.ts';
import { seal, thought } from './reasoning-details.ts';
import { splitIntoTokens } from './split-into-tokens.ts';
import type { Turn } from './turn.ts';

/** A chunk, and how many tokens of the answer it brings. */
export interface CountedChunk {
  readonly chunk: ChatChunk;
  readonly tokens: number;
}

/**
 * The chunks that say an answer, up to its finish: thoughts first, then text, refusal, tool calls, images and annotations. Every one
 * repeats the role and has a content, as the API's own do.
 *
 * @param turn - the question and its answer
 * @returns the chunks, made as they are taken
 */
export function* chunksOf(turn: Turn): Generator<CountedChunk, void, undefined> {
  for (const { delta, tokens } of deltasOf(turn)) {
    yield { chunk: chunkOf(turn, [choiceOf(delta, null, null)]), tokens };
  }
}

/**
 * The chunk that says why the answer ended.
 *
 * @param turn - the question and its answer
 * @returns the chunk
 */
export function finishChunkOf(turn: Turn): ChatChunk {
  const { finishReason, nativeFinishReason } = turn.answer;
  const thinks = turn.answer.reasoning.length > 0 ? { reasoning: null } : {};
  return chunkOf(turn, [choiceOf({ content: '', role: 'assistant', ...thinks }, finishReason, nativeFinishReason)]);
}

/**
 * The chunk that tells the usage.
 *
 * @param turn - the question and its answer
 * @param shape - what surrounds it
 * @returns the chunk
 */
export function usageChunkOf(turn: Turn, shape: UsageChunk): ChatChunk {
  const { finishReason, nativeFinishReason } = turn.answer;
  const reasons: readonly [string | null, string | null] =
    shape === 'nullFinish' ? [null, null] : [finishReason, nativeFinishReason];
  const choices = shape === 'noChoices' ? [] : [choiceOf({ content: '', role: 'assistant' }, ...reasons)];
  const { choices: _, ...envelope } = chunkOf(turn, []);
  return { ...envelope, service_tier: turn.model.serviceTier ?? null, choices, usage: turn.usage };
}

/**
 * A chunk of this turn with other choices.
 *
 * @param turn - the question and its answer
 * @param choices - what it carries
 * @returns the chunk
 */
export function chunkOf(turn: Turn, choices: readonly ChunkChoice[]): ChatChunk {
  const { systemFingerprint } = turn.model;
  return {
    id: turn.id,
    object: 'chat.completion.chunk',
    created: turn.created,
    model: turn.model.id,
    provider: turn.provider,
    ...(systemFingerprint === undefined ? {} : { system_fingerprint: systemFingerprint }),
    choices,
  };
}

interface CountedDelta {
  readonly delta: ChunkDelta;
  readonly tokens: number;
}

function* deltasOf({ answer, model }: Turn): Generator<CountedDelta, void, undefined> {
  const format = model.reasoning?.format ?? 'unknown';
  const silent = { content: '', role: 'assistant' };
  for (const piece of answer.reasoning) {
    yield { delta: { ...silent, reasoning: piece, reasoning_details: [thought(piece, format)] }, tokens: 1 };
  }
  const sealed = answer.reasoning.length > 0 ? seal(format) : undefined;
  if (sealed !== undefined) yield { delta: { ...silent, reasoning: null, reasoning_details: [sealed] }, tokens: 0 };
  for (const piece of answer.content ?? []) yield { delta: { content: piece, role: 'assistant' }, tokens: 1 };
  for (const piece of answer.refusal) yield { delta: { ...silent, refusal: piece }, tokens: 1 };
  for (const [index, call] of answer.toolCalls.entries()) {
    const { id, name } = call;
    const opening = { index, id, type: 'function', function: { name, arguments: '' } };
    yield { delta: { content: null, role: 'assistant', tool_calls: [opening] }, tokens: 1 };
    for (const piece of splitIntoTokens(call.arguments)) {
      const more = { index, function: { arguments: piece } };
      yield { delta: { content: null, role: 'assistant', tool_calls: [more] }, tokens: 1 };
    }
  }
  for (const url of answer.images)
    yield { delta: { ...silent, images: [{ type: 'image_url', image_url: { url } }] }, tokens: 0 };
  if (answer.annotations.length > 0) yield { delta: { ...silent, annotations: answer.annotations }, tokens: 0 };
}

function choiceOf(delta: ChunkDelta, finishReason: string | null, nativeFinishReason: string | null): ChunkChoice {
  return { index: 0, delta, finish_reason: finishReason, native_finish_reason: nativeFinishReason };
}
