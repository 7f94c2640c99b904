import type { Annotation } from './annotation.ts';
import type { AudioOutput } from './audio.ts';
import type { ErrorBody } from './error-body.ts';
import type { FinishReason } from './finish-reason.ts';
import type { GeneratedImage } from './image.ts';
import type { Logprobs } from './logprobs.ts';
import type { ReasoningDetail } from './reasoning-detail.ts';
import type { RouterMetadata } from './router-metadata.ts';
import type { ServiceTier } from './service-tier.ts';
import type { Usage } from './usage.ts';

/**
 * A piece of a streamed answer.
 *
 * @see https://openrouter.ai/docs/api-reference/streaming
 */
export interface ChatChunk {
  /** The generation's id, the same on every chunk. */
  readonly id: string;
  /** The kind of object. */
  readonly object: 'chat.completion.chunk' | (string & {});
  /** Seconds since 1970. */
  readonly created: number;
  /** The model that answers and is billed. It may be spelled otherwise than in the request. */
  readonly model: string;
  /** Empty on chunks that carry only usage or debug output. */
  readonly choices: readonly ChunkChoice[];
  /** On one of the last chunks, with or without a choice beside it. */
  readonly usage?: Usage | null | undefined;
  /** The provider that answers, by its display name. */
  readonly provider?: string | undefined;
  /** The tier that serves. */
  readonly service_tier?: ServiceTier | null | undefined;
  /** The provider's mark for the set-up that answers. */
  readonly system_fingerprint?: string | null | undefined;
  /** The provider failed in the middle of its answer. */
  readonly error?: ErrorBody | undefined;
  /** Before the answer, once for each provider asked, if `debug.echo_upstream_body` wanted it. */
  readonly debug?: ChunkDebug | undefined;
  /** On the last chunk. */
  readonly openrouter_metadata?: RouterMetadata | undefined;
  /** The pages behind the answer, as Perplexity lists them. */
  readonly citations?: readonly string[] | undefined;
  readonly [key: string]: unknown;
}

/** What a chunk adds to one answer. */
export interface ChunkChoice {
  /** Which answer it belongs to. */
  readonly index: number;
  /** What is new. */
  readonly delta: ChunkDelta;
  /** A state and not an event: several chunks may repeat it. */
  readonly finish_reason?: FinishReason | null | undefined;
  /** The provider's own word for `finish_reason`. */
  readonly native_finish_reason?: string | null | undefined;
  /** How probable the new tokens were, if the request asked for it. */
  readonly logprobs?: Logprobs | null | undefined;
  /** The provider failed in the middle of its answer. */
  readonly error?: ErrorBody | undefined;
  readonly [key: string]: unknown;
}

/** What is new. Every chunk names the role, and most have an empty `content`. */
export interface ChunkDelta {
  /** Who speaks. */
  readonly role?: 'assistant' | (string & {}) | undefined;
  /** More text. */
  readonly content?: string | null | undefined;
  /** More text on why the model will not answer. */
  readonly refusal?: string | null | undefined;
  /** More of the thinking as plain text. */
  readonly reasoning?: string | null | undefined;
  /** DeepSeek's name for `reasoning`, which OpenRouter itself does not send. */
  readonly reasoning_content?: string | null | undefined;
  /** Pieces of the same type and index that follow each other belong together. */
  readonly reasoning_details?: readonly ReasoningDetail[] | null | undefined;
  /** Pieces of tool calls. */
  readonly tool_calls?: readonly ToolCallDelta[] | null | undefined;
  /** Pages that the text cites, and documents that were read. */
  readonly annotations?: readonly Annotation[] | null | undefined;
  /** Pictures, each in one piece. */
  readonly images?: readonly GeneratedImage[] | null | undefined;
  /** More sound. */
  readonly audio?: AudioOutput | null | undefined;
  readonly [key: string]: unknown;
}

/**
 * A piece of a tool call. The first names id, type and function; the others carry text for its arguments. Providers leave out what
 * should be there, and repeat what should not: later pieces may have an empty id, and a call may come in one piece.
 */
export interface ToolCallDelta {
  /** Which call it belongs to. */
  readonly index?: number | undefined;
  /** Names the call in the message that answers it. */
  readonly id?: string | null | undefined;
  /** The kind of call. */
  readonly type?: 'function' | (string & {}) | null | undefined;
  /** The name, or more text for the arguments. */
  readonly function?: FunctionCallDelta | null | undefined;
  readonly [key: string]: unknown;
}

/** The name, or more text for the arguments. */
export interface FunctionCallDelta {
  /** The function to call. */
  readonly name?: string | null | undefined;
  /** More text; together the pieces are JSON. */
  readonly arguments?: string | null | undefined;
  readonly [key: string]: unknown;
}

/** What a request looked like when it left OpenRouter. */
export interface ChunkDebug {
  /** The body that the provider got. */
  readonly echo_upstream_body?: unknown;
  readonly [key: string]: unknown;
}
