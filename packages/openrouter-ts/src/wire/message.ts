import type { Annotation } from './annotation.ts';
import type { AudioOutput } from './audio.ts';
import type { CacheControl } from './cache-control.ts';
import type { ContentPart, TextPart } from './content-part.ts';
import type { GeneratedImage } from './image.ts';
import type { ReasoningEffort } from './reasoning.ts';
import type { ReasoningDetail } from './reasoning-detail.ts';
import type { ToolCall } from './tool-call.ts';

/**
 * One message of the conversation that is sent. The message of an answer can be put back as it came.
 *
 * @see https://openrouter.ai/docs/api-reference/overview
 */
export type ChatMessage = SystemMessage | DeveloperMessage | UserMessage | AssistantRequestMessage | ToolMessage;

/** How the model is to behave. */
export interface SystemMessage {
  /** Who speaks. */
  readonly role: 'system';
  /** What it says. */
  readonly content: string | readonly TextPart[];
  /** A name for the speaker. */
  readonly name?: string | undefined;
  /** Caches the prompt up to here. */
  readonly cache_control?: CacheControl | undefined;
  /** Changes settings from here on. */
  readonly configuration_update?: ConfigurationUpdate | null | undefined;
}

/** OpenAI's newer name for a {@link SystemMessage}. */
export interface DeveloperMessage {
  /** Who speaks. */
  readonly role: 'developer';
  /** What it says. */
  readonly content: string | readonly TextPart[];
  /** A name for the speaker. */
  readonly name?: string | undefined;
  /** Caches the prompt up to here. */
  readonly cache_control?: CacheControl | undefined;
  /** Changes settings from here on. */
  readonly configuration_update?: ConfigurationUpdate | null | undefined;
}

/** Changes the reasoning effort from here on without losing the cached prompt. It belongs on a message whose content is empty. */
export interface ConfigurationUpdate {
  /** How hard the model thinks from here on. */
  readonly reasoning: ReasoningUpdate;
}

/** The part of a {@link ConfigurationUpdate} that the API knows so far. */
export interface ReasoningUpdate {
  /** How hard. */
  readonly effort: ReasoningEffort;
}

/** What the user says or shows. */
export interface UserMessage {
  /** Who speaks. */
  readonly role: 'user';
  /** What the user says or shows. */
  readonly content: string | readonly ContentPart[];
  /** For models other than OpenAI's, OpenRouter writes it before the text. */
  readonly name?: string | undefined;
  /** Caches the prompt up to here. */
  readonly cache_control?: CacheControl | undefined;
}

/** What a model said earlier. As the last message of a request it is the beginning of the answer, and the model goes on from there. */
export interface AssistantRequestMessage {
  /** Who spoke. */
  readonly role: 'assistant';
  /** With tool calls and no text, `null` is safer than `''`: some providers refuse the empty string. */
  readonly content?: string | readonly ContentPart[] | null | undefined;
  /** The calls that the model wanted made. Each needs a {@link ToolMessage} that answers it. */
  readonly tool_calls?: readonly ToolCall[] | undefined;
  /** Why the model would not answer. */
  readonly refusal?: string | null | undefined;
  /** The thinking as plain text. */
  readonly reasoning?: string | null | undefined;
  /** Another name for `reasoning`, accepted on the way in only. */
  readonly reasoning_content?: string | null | undefined;
  /** Whole, unchanged and in the order in which they came, an empty list included: providers check their signatures. */
  readonly reasoning_details?: readonly ReasoningDetail[] | null | undefined;
  /** With the parsed files of an earlier answer in place, OpenRouter does not parse and bill them again. */
  readonly annotations?: readonly Annotation[] | undefined;
  /** Pictures that the model made. */
  readonly images?: readonly GeneratedImage[] | undefined;
  /** What the model said aloud, or a reference to it. */
  readonly audio?: AudioOutput | null | undefined;
  /** The model that wrote it. A router that was told to stay with one model reads it. */
  readonly model?: string | undefined;
  /** A name for the speaker. */
  readonly name?: string | undefined;
  /** Caches the prompt up to here. */
  readonly cache_control?: CacheControl | undefined;
}

/** What a tool answered. */
export interface ToolMessage {
  /** Who speaks. */
  readonly role: 'tool';
  /** The `id` of the call that it answers. */
  readonly tool_call_id: string;
  /** What the tool answered, for the model to read. */
  readonly content: string | readonly ContentPart[];
  /** The name of the tool. */
  readonly name?: string | undefined;
  /** Caches the prompt up to here. */
  readonly cache_control?: CacheControl | undefined;
}
