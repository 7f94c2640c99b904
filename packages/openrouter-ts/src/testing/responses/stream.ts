import { readChatRequest } from '../answers/read-chat-request.ts';
import { findModel } from '../catalogue/simulated-model.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import type { Step } from '../step.ts';
import type { JsonObject } from '../../util/json.ts';
import type { ChunkDelta } from '../../wire/chat-chunk.ts';
import { dataEvent, doneEvent, processingComment } from './sse.ts';
import { standardHeaders } from './standard-headers.ts';

/**
 * One event of a scripted stream. An object is sent as a chunk: id, object, created, model and provider are filled in where they are
 * missing. Text and bytes are sent as they are, so they bring their own `data:` and blank line.
 */
export type StreamEvent = JsonObject | string | Uint8Array;

/** How a scripted stream is sent. */
export interface StreamOptions {
  /** How many keep-alive comments come first. Default 0. */
  readonly comments?: number;
  /** Whether it ends in `[DONE]`. Default true. */
  readonly done?: boolean;
  /** Whether chunks are sent as they are, without filling in what is missing. Default false. */
  readonly bare?: boolean;
  /** The wait after each event, in milliseconds. Default 0. */
  readonly delayMs?: number;
  /** Headers beside the usual ones, or in their place; lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Streams exactly these events, for what no provider should send but some do. It is not billed.
 *
 * @param events - the chunks; an endless generator gives an endless stream
 * @param options - what surrounds them
 * @returns the response
 */
export function stream(events: Iterable<StreamEvent>, options: StreamOptions = {}): SimulatedResponse {
  return (exchange) => streamSteps(exchange, events, options);
}

/**
 * A chunk with one choice that adds something.
 *
 * @param adds - what it adds, spelled as in the API; the role is filled in
 * @param finishReason - why the answer ends with it. Default null
 * @param nativeFinishReason - the provider's own word. Default: the same
 * @returns an event for {@link stream}
 */
export function delta(
  adds: ChunkDelta,
  finishReason: string | null = null,
  nativeFinishReason: string | null = finishReason,
): JsonObject {
  const choice = { index: 0, delta: { role: 'assistant', ...adds } };
  return { choices: [{ ...choice, finish_reason: finishReason, native_finish_reason: nativeFinishReason }] };
}

function* streamSteps(
  exchange: Exchange,
  events: Iterable<StreamEvent>,
  options: StreamOptions,
): Generator<Step, void, undefined> {
  const headers = { 'cache-control': 'no-cache', 'x-generation-id': exchange.generationId, ...options.headers };
  yield standardHeaders(exchange, { contentType: 'text/event-stream', headers });
  for (let index = 0; index < (options.comments ?? 0); index += 1) yield processingComment;
  const missing = options.bare === true ? {} : envelopeOf(exchange);
  for (const event of events) {
    const isText = typeof event === 'string' || event instanceof Uint8Array;
    yield isText ? { type: 'write', data: event } : dataEvent({ ...missing, ...event });
    if (options.delayMs !== undefined) yield { type: 'wait', ms: options.delayMs };
  }
  if (options.done !== false) yield doneEvent;
  yield { type: 'end' };
}

function envelopeOf(exchange: Exchange): JsonObject {
  const [id = 'simulated/model'] = readChatRequest(exchange.request.json).modelIds;
  const model = findModel(exchange.settings.models, id);
  return {
    id: exchange.generationId,
    object: 'chat.completion.chunk',
    created: Math.floor(exchange.clock.epochMs() / 1_000),
    model: model?.id ?? id,
    provider: model?.provider ?? 'Simulated',
  };
}
