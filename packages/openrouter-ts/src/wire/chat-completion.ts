import type { Annotation } from './annotation.ts';
import type { AudioOutput } from './audio.ts';
import type { ErrorBody } from './error-body.ts';
import type { FinishReason } from './finish-reason.ts';
import type { GeneratedImage } from './image.ts';
import type { Logprobs } from './logprobs.ts';
import type { ReasoningDetail } from './reasoning-detail.ts';
import type { RouterMetadata } from './router-metadata.ts';
import type { ServiceTier } from './service-tier.ts';
import type { ToolCall } from './tool-call.ts';
import type { Usage } from './usage.ts';

/**
 * A whole answer, as it came or as the chunks of a stream add up to it.
 *
 * @see https://openrouter.ai/docs/api-reference/overview
 */
export interface ChatCompletion {
  /** The generation's id; its cost and its course can be asked for with it. */
  readonly id: string;
  /** The kind of object. */
  readonly object: 'chat.completion' | (string & {});
  /** Seconds since 1970. */
  readonly created: number;
  /** The model that answered and is billed. It may be spelled otherwise than in the request. */
  readonly model: string;
  /** The answers; nearly always exactly one. */
  readonly choices: readonly Choice[];
  /** What it used and cost. */
  readonly usage?: Usage | undefined;
  /** The provider that answered, by its display name. */
  readonly provider?: string | undefined;
  /** The tier that served, and that is billed. */
  readonly service_tier?: ServiceTier | null | undefined;
  /** The provider's mark for the set-up that answered. */
  readonly system_fingerprint?: string | null | undefined;
  /** How the request was routed, if its header asked for it. */
  readonly openrouter_metadata?: RouterMetadata | undefined;
  /** The pages behind the answer, as Perplexity lists them. `annotations` of the message are the same for all providers. */
  readonly citations?: readonly string[] | undefined;
  readonly [key: string]: unknown;
}

/** One answer. There is nearly always exactly one. */
export interface Choice {
  /** Counts from 0. */
  readonly index: number;
  /** What the model said. */
  readonly message: AssistantMessage;
  /** Why the model stopped. */
  readonly finish_reason?: FinishReason | null | undefined;
  /** The provider's own word for `finish_reason`. */
  readonly native_finish_reason?: string | null | undefined;
  /** One provider was seen to send a bare number here. */
  readonly logprobs?: Logprobs | null | undefined;
  /** The provider failed in the middle: the message is not whole. */
  readonly error?: ErrorBody | undefined;
  readonly [key: string]: unknown;
}

/** What the model said. It can be put back into the conversation as it is. */
export interface AssistantMessage {
  /** Who spoke. */
  readonly role: 'assistant';
  /** The text; null or empty when the model only thought or called tools. */
  readonly content: string | null;
  /** Why the model would not answer. */
  readonly refusal?: string | null | undefined;
  /** The thinking as plain text. */
  readonly reasoning?: string | null | undefined;
  /** DeepSeek's name for `reasoning`, which OpenRouter itself does not send. */
  readonly reasoning_content?: string | null | undefined;
  /** The thinking in full, to be sent back unchanged. */
  readonly reasoning_details?: readonly ReasoningDetail[] | null | undefined;
  /** The calls that the model wants made. What counts is whether there are any, not the `finish_reason`. */
  readonly tool_calls?: readonly ToolCall[] | undefined;
  /** Pages that the text cites, and documents that were read. */
  readonly annotations?: readonly Annotation[] | undefined;
  /** Pictures that the model made. */
  readonly images?: readonly GeneratedImage[] | undefined;
  /** What the model said aloud. */
  readonly audio?: AudioOutput | null | undefined;
  /** The model that wrote the message. */
  readonly model?: string | undefined;
  /** A name for the speaker. */
  readonly name?: string | undefined;
  readonly [key: string]: unknown;
}
