import type { JsonObject } from '../util/json.ts';

/**
 * How OpenRouter routed a request. It comes when the header `X-OpenRouter-Metadata: enabled` asks for it: with the answer, on a stream's
 * last chunk, or beside an error. Answers from the response cache never carry it.
 *
 * @see https://openrouter.ai/docs/guides/features/router-metadata
 */
export interface RouterMetadata {
  /** The model as it was asked for. */
  readonly requested?: string | undefined;
  /** How the model was found. */
  readonly strategy?: RoutingStrategy | undefined;
  /** Where the request was handled, such as `iad`. */
  readonly region?: string | null | undefined;
  /** One line for people. */
  readonly summary?: string | undefined;
  /** Which attempt answered, from 1; 0 when none reached a provider. */
  readonly attempt?: number | undefined;
  /** Whether a provider key of your own was used. */
  readonly is_byok?: boolean | undefined;
  /** The endpoints that were in question. */
  readonly endpoints?: ConsideredEndpoints | undefined;
  /** What the router went by. */
  readonly params?: RouterParameters | undefined;
  /** The providers that were asked, in order. */
  readonly attempts?: readonly RouterAttempt[] | undefined;
  /** What was done to the request or the answer on the way. */
  readonly pipeline?: readonly PipelineStage[] | undefined;
  /** Milliseconds from asking the provider to the end of its answer; absent when none was asked. */
  readonly generation_time?: number | undefined;
  readonly [key: string]: unknown;
}

/** How the model was found. */
export type RoutingStrategy =
  | 'direct'
  | 'auto'
  | 'free'
  | 'latest'
  | 'alias'
  | 'fallback'
  | 'pareto'
  | 'bodybuilder'
  | 'fusion'
  | (string & {});

/** The endpoints that were in question. */
export interface ConsideredEndpoints {
  /** How many. */
  readonly total: number;
  /** Which. */
  readonly available: readonly ConsideredEndpoint[];
  readonly [key: string]: unknown;
}

/** An endpoint that was in question. */
export interface ConsideredEndpoint {
  /** The provider's display name. */
  readonly provider: string;
  /** The model's id. */
  readonly model: string;
  /** Whether it answered. */
  readonly selected: boolean;
  readonly [key: string]: unknown;
}

/** What the router went by. */
export interface RouterParameters {
  /** No worse than this. */
  readonly quality_floor?: number | undefined;
  /** No slower than this. */
  readonly throughput_floor?: number | undefined;
  /** The versions of a model that were in question. */
  readonly version_group?: string | undefined;
  readonly [key: string]: unknown;
}

/** One provider that was asked. */
export interface RouterAttempt {
  /** The provider's display name. */
  readonly provider: string;
  /** The model's id. */
  readonly model: string;
  /** Its HTTP status. */
  readonly status: number;
  readonly [key: string]: unknown;
}

/** Something that was done to the request or the answer on the way. */
export interface PipelineStage {
  /** The kind of stage. */
  readonly type: 'guardrail' | 'plugin' | 'server_tools' | 'response_healing' | 'context_compression' | (string & {});
  /** Which one of its kind. */
  readonly name: string;
  /** One line for people. */
  readonly summary?: string | undefined;
  /** What it found or did. */
  readonly data?: JsonObject | undefined;
  /** What it cost, in dollars. */
  readonly cost_usd?: number | null | undefined;
  /** Of a guardrail: which one. */
  readonly guardrail_id?: string | undefined;
  /** Of a guardrail: what it is set on, such as `api-key`. */
  readonly guardrail_scope?: string | undefined;
  readonly [key: string]: unknown;
}
