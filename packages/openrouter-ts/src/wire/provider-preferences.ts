import type { JsonObject } from '../util/json.ts';

/**
 * Which providers may answer, and in which order they are tried. Filters are hard: when nothing is left the answer is a 404
 * that names what excluded the rest.
 *
 * @see https://openrouter.ai/docs/guides/routing/provider-selection
 */
export interface ProviderPreferences {
  /**
   * Slugs in the order to try. A base slug (`google-vertex`) stands for all its variants, a full one (`google-vertex/us-east5`) for
   * itself.
   */
  readonly order?: readonly string[] | null | undefined;
  /** Whether others may answer when those fail. Default true. */
  readonly allow_fallbacks?: boolean | null | undefined;
  /** Leaves out endpoints that do not support every parameter sent; otherwise they silently ignore what they do not know. Default false. */
  readonly require_parameters?: boolean | null | undefined;
  /** `deny` leaves out providers that keep or train on what is sent. Default `allow`. */
  readonly data_collection?: 'allow' | 'deny' | (string & {}) | null | undefined;
  /** Only endpoints that keep nothing. `false` does not relax what the account demands. */
  readonly zdr?: boolean | null | undefined;
  /** Only models whose makers allow training on their output. */
  readonly enforce_distillable_text?: boolean | null | undefined;
  /** No others, within what the account allows. */
  readonly only?: readonly string[] | null | undefined;
  /** None of these, nor those that the account ignores. */
  readonly ignore?: readonly string[] | null | undefined;
  /** Only endpoints that round the weights like this. */
  readonly quantizations?: readonly Quantization[] | null | undefined;
  /** Best first, without spreading the load. */
  readonly sort?: ProviderSort | ProviderSortOptions | null | undefined;
  /** Tokens a second. Slower endpoints come last, but still come. A number stands for the median. */
  readonly preferred_min_throughput?: number | PercentileCutoffs | null | undefined;
  /** Seconds. Slower endpoints come last, but still come. A number stands for the median. */
  readonly preferred_max_latency?: number | PercentileCutoffs | null | undefined;
  /** Only endpoints that cost no more. */
  readonly max_price?: MaxPrice | null | undefined;
  /** Parameters for one provider, by its slug. Requests for images, video and sound take it; chat passes unknown keys on instead. */
  readonly options?: Readonly<Record<string, JsonObject>> | undefined;
}

/** How coarsely an endpoint rounds the weights of the model. */
export type Quantization =
  | 'int4'
  | 'int8'
  | 'fp4'
  | 'mxfp4'
  | 'nvfp4'
  | 'fp6'
  | 'fp8'
  | 'mxfp8'
  | 'fp16'
  | 'bf16'
  | 'fp32'
  | 'unknown'
  | (string & {});

/** What comes first. `exacto` is the quality of tool calls. */
export type ProviderSort = 'price' | 'throughput' | 'latency' | 'exacto' | (string & {});

/** What comes first, and among what. */
export interface ProviderSortOptions {
  /** What comes first. */
  readonly by?: ProviderSort | null | undefined;
  /** `model` (the default) keeps fallback models as fallbacks, `none` sorts the endpoints of all models together. */
  readonly partition?: 'model' | 'none' | (string & {}) | null | undefined;
}

/** All cut-offs that are given must be met; measured over the last minutes. */
export interface PercentileCutoffs {
  /** For half of the requests. */
  readonly p50?: number | null | undefined;
  /** For three quarters of them. */
  readonly p75?: number | null | undefined;
  /** For nine tenths of them. */
  readonly p90?: number | null | undefined;
  /** For all but a hundredth of them. */
  readonly p99?: number | null | undefined;
}

/**
 * The most that may be charged, in dollars: a million tokens for `prompt` and `completion`, one piece for the others.
 * The specification types decimal strings, the guide sends numbers; the API takes both.
 */
export interface MaxPrice {
  /** A million tokens of the prompt. */
  readonly prompt?: number | string | undefined;
  /** A million tokens of the answer. */
  readonly completion?: number | string | undefined;
  /** A request. */
  readonly request?: number | string | undefined;
  /** A picture. */
  readonly image?: number | string | undefined;
  /** A piece of sound. */
  readonly audio?: number | string | undefined;
}
