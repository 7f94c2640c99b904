import type { Architecture } from './architecture.ts';
import type { Pricing } from './pricing.ts';
import type { Quantization } from './provider-preferences.ts';
import type { SupportedParameter } from './supported-parameter.ts';

/** A model and the providers that serve it. */
export interface ModelEndpoints {
  /** What a request names. */
  readonly id: string;
  /** The name for people. */
  readonly name: string;
  /** Seconds since 1970. */
  readonly created: number;
  /** What it is good at, in Markdown. */
  readonly description?: string | undefined;
  /** What goes in and what comes out. */
  readonly architecture: Architecture;
  /** The providers' offers. */
  readonly endpoints: readonly Endpoint[];
  readonly [key: string]: unknown;
}

/**
 * A provider's offer of a model.
 *
 * @see https://openrouter.ai/docs/guides/routing/provider-selection
 */
export interface Endpoint {
  /** Provider and model, for people. */
  readonly name: string;
  /** The provider's display name. */
  readonly provider_name: string;
  /** The slug that `provider.order` and `provider.only` take. */
  readonly tag?: string | undefined;
  /** The model's permanent slug. */
  readonly model_id?: string | undefined;
  /** The model's name for people. */
  readonly model_name?: string | undefined;
  /** What this endpoint charges; tiers such as `openai/priority` have their surcharge in it. */
  readonly pricing: Pricing;
  /** Tokens. */
  readonly context_length: number;
  /** The longest answer in tokens; prompt and answer share the context. */
  readonly max_completion_tokens?: number | null | undefined;
  /** The longest prompt in tokens. */
  readonly max_prompt_tokens?: number | null | undefined;
  /** How coarsely it rounds the weights. */
  readonly quantization?: Quantization | null | undefined;
  /** The request parameters that it takes notice of. */
  readonly supported_parameters: readonly SupportedParameter[];
  /** Which forms of `tool_choice` were seen to work. */
  readonly supports_tool_choice?: ToolChoiceSupport | undefined;
  /** Whether it caches without being asked. */
  readonly supports_implicit_caching?: boolean | undefined;
  /** Whether it speaks with a voice that the request brings. */
  readonly supports_voice_cloning?: boolean | undefined;
  /** 0 is well; negative numbers are not explained. */
  readonly status?: number | undefined;
  /** Percent of requests served, rate limits aside; null when there were too few. */
  readonly uptime_last_5m?: number | null | undefined;
  /** The same over half an hour. */
  readonly uptime_last_30m?: number | null | undefined;
  /** The same over a day. */
  readonly uptime_last_1d?: number | null | undefined;
  /** Milliseconds until the first token; null for callers without a key. */
  readonly latency_last_30m?: Percentiles | null | undefined;
  /** Tokens a second; null for callers without a key. */
  readonly throughput_last_30m?: Percentiles | null | undefined;
  /** The same for each kind of work, such as `text_generation` or `embeddings`. */
  readonly perf_last_30m_by_workload?: Readonly<Record<string, WorkloadPerformance>> | undefined;
  readonly [key: string]: unknown;
}

/** Which forms of `tool_choice` work. */
export interface ToolChoiceSupport {
  /** `'auto'`. */
  readonly auto?: boolean | undefined;
  /** `'none'`. */
  readonly none?: boolean | undefined;
  /** `'required'`. */
  readonly required?: boolean | undefined;
  /** Naming a function. */
  readonly function?: boolean | undefined;
  readonly [key: string]: unknown;
}

/** How something was distributed. */
export interface Percentiles {
  /** Half is below it. */
  readonly p50: number;
  /** Three quarters are below it. */
  readonly p75: number;
  /** Nine tenths are below it. */
  readonly p90: number;
  /** All but a hundredth is below it. */
  readonly p99: number;
  readonly [key: string]: unknown;
}

/** How an endpoint did one kind of work. */
export interface WorkloadPerformance {
  /** Milliseconds. */
  readonly latency?: Percentiles | null | undefined;
  /** Tokens a second. */
  readonly throughput?: Percentiles | null | undefined;
  /** How many requests there were. */
  readonly request_count?: number | null | undefined;
  readonly [key: string]: unknown;
}
