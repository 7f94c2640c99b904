import type { ChatChunk, ChunkDelta } from '../../src/wire/chat-chunk.ts';

/** One event of a stream, as text. */
export function eventOf(value: unknown): string {
  return `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
}

/** The event that ends a stream. */
export const done: string = eventOf('[DONE]');

/** A comment that keeps the connection alive. */
export const keepAlive = ': OPENROUTER PROCESSING\n\n';

/** A chunk with one choice that adds something. */
export function chunkOf(
  delta: ChunkDelta,
  choice: Readonly<Record<string, unknown>> = {},
  more: Readonly<Record<string, unknown>> = {},
): ChatChunk {
  return {
    id: 'gen-1',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'openai/gpt-4o-mini',
    choices: [{ index: 0, delta: { role: 'assistant', ...delta }, finish_reason: null, ...choice }],
    ...more,
  };
}

/** A chunk that adds text. */
export function text(content: string): ChatChunk {
  return chunkOf({ content });
}

/** A chunk that says why the model stopped. */
export function finish(reason = 'stop'): ChatChunk {
  return chunkOf({ content: '' }, { finish_reason: reason, native_finish_reason: reason });
}

/** The usage of a short answer. */
export const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5, cost: 0.000_01 };

/** A chunk without choices that tells the usage. */
export const usageChunk: ChatChunk = { ...finish(), choices: [], usage };
