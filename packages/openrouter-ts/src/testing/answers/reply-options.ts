import type { Annotation } from '../../wire/annotation.ts';
import type { FinishReason } from '../../wire/finish-reason.ts';
import type { TokenCounts } from '../billing/token-counts.ts';
import type { Pace } from '../pace.ts';
import type { UsageChunk } from '../simulator-options.ts';

/** A tool call in a reply. */
export interface ReplyToolCall {
  /** The function that is to be called. */
  readonly name: string;
  /** A value, which is sent as JSON, or the very text, which may be no JSON at all. */
  readonly arguments: unknown;
  /** Default: a made-up id. */
  readonly id?: string;
}

/** What an answer claims to have used. */
export interface ReplyUsage extends Partial<TokenCounts> {
  /** In USD. Default: what the tokens cost at the model's prices; null tells nothing. */
  readonly cost?: number | null;
}

/** What an answer says, and how it is sent. Everything has a default. */
export interface ReplyOptions {
  /**
   * The text, or the pieces in which it is streamed. Default: a few sentences that say that they are simulated, unless there is something
   * else to say; null for none.
   */
  readonly content?: string | readonly string[] | null;
  /** The thoughts, or the pieces in which they are streamed. Default: none, unless the whole answer is made up. */
  readonly reasoning?: string | readonly string[];
  /** The tools that are to be called. Default: none, unless the whole answer is made up. */
  readonly toolCalls?: readonly ReplyToolCall[];
  /** Addresses of images, as a rule `data:` URLs. */
  readonly images?: readonly string[];
  /** The pages that are cited. Default: none. */
  readonly annotations?: readonly Annotation[];
  /** Why the model will not answer. Default: it will. */
  readonly refusal?: string;
  /** Default: `tool_calls` if there are any, otherwise `stop`. */
  readonly finishReason?: FinishReason | null;
  /** Default: what the model's provider calls it. */
  readonly nativeFinishReason?: string | null;
  /** The model that answers. Default: the one that was asked for. */
  readonly model?: string;
  /** The provider that answers, by its display name. Default: the model's. */
  readonly provider?: string;
  /** Default: counted and priced from the request and the answer; null for none at all. */
  readonly usage?: ReplyUsage | null;
  /** Only for a stream. Default: the simulator's. */
  readonly usageChunk?: UsageChunk;
  /** How many keep-alives come first: comments in a stream, whitespace before JSON. Default: a few, by the seed. */
  readonly keepAlives?: number;
  /** Whether a stream ends in `[DONE]`. Default true. */
  readonly done?: boolean;
  /** Default: the simulator's. */
  readonly pace?: Pace;
  /** Headers beside the usual ones, or in their place; lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
}
