import type { Architecture } from './architecture.ts';
import type { ModelBenchmarks } from './model-benchmarks.ts';
import type { Pricing } from './pricing.ts';
import type { ReasoningEffort } from './reasoning.ts';
import type { SupportedParameter } from './supported-parameter.ts';

/**
 * A model of the catalogue. Where endpoints differ, it shows the best of them; the endpoints themselves have the truth.
 *
 * @see https://openrouter.ai/docs/guides/overview/models
 */
export interface Model {
  /** What a request names. */
  readonly id: string;
  /** A name that stays with this very version; for dated models it differs from the id. */
  readonly canonical_slug: string;
  /** The name for people. */
  readonly name: string;
  /** Seconds since 1970. */
  readonly created: number;
  /** What it is good at, in Markdown. */
  readonly description?: string | undefined;
  /** What goes in and what comes out. */
  readonly architecture: Architecture;
  /** What it costs now; prices that depend on the time of day have been applied. */
  readonly pricing: Pricing;
  /** Tokens. */
  readonly context_length: number | null;
  /** The endpoint that OpenRouter shows first. */
  readonly top_provider: TopProvider;
  /** The request parameters that at least one endpoint takes notice of. */
  readonly supported_parameters: readonly SupportedParameter[];
  /** What the model uses when a request says nothing. */
  readonly default_parameters?: DefaultParameters | null | undefined;
  /** The most that one request may use. */
  readonly per_request_limits?: PerRequestLimits | null | undefined;
  /** Voices of models that speak. */
  readonly supported_voices?: readonly string[] | null | undefined;
  /** May be empty. */
  readonly hugging_face_id?: string | null | undefined;
  /** `YYYY-MM-DD`. */
  readonly knowledge_cutoff?: string | null | undefined;
  /** The day from which it may be gone, `YYYY-MM-DD`. */
  readonly expiration_date?: string | null | undefined;
  /** Absent for models that do not think, and for routers. */
  readonly reasoning?: ModelReasoning | undefined;
  /** How others have rated it. */
  readonly benchmarks?: ModelBenchmarks | undefined;
  /** What an alias such as `~openai/gpt-latest` stands for now. */
  readonly alias_target?: AliasTarget | undefined;
  /** Where more is to be found. */
  readonly links?: ModelLinks | undefined;
  readonly [key: string]: unknown;
}

/** The endpoint that OpenRouter shows first. */
export interface TopProvider {
  /** Tokens. */
  readonly context_length?: number | null | undefined;
  /** The longest answer in tokens; prompt and answer share the context. */
  readonly max_completion_tokens?: number | null | undefined;
  /** Whether prompts are moderated first. */
  readonly is_moderated?: boolean | undefined;
  readonly [key: string]: unknown;
}

/** What the model uses when a request says nothing; null where it is not known. */
export interface DefaultParameters {
  /** 0 to 2. */
  readonly temperature?: number | null | undefined;
  /** Above 0, up to 1. */
  readonly top_p?: number | null | undefined;
  /** 0 is off. */
  readonly top_k?: number | null | undefined;
  /** −2 to 2. */
  readonly frequency_penalty?: number | null | undefined;
  /** −2 to 2. */
  readonly presence_penalty?: number | null | undefined;
  /** 0 to 2; 1 is none. */
  readonly repetition_penalty?: number | null | undefined;
  readonly [key: string]: unknown;
}

/** The most that one request may use, in tokens. */
export interface PerRequestLimits {
  /** Of the prompt. */
  readonly prompt_tokens?: number | null | undefined;
  /** Of the answer. */
  readonly completion_tokens?: number | null | undefined;
  readonly [key: string]: unknown;
}

/** How a model can be made to think more or less. */
export interface ModelReasoning {
  /** It always thinks; `effort: 'none'` is refused. */
  readonly mandatory?: boolean | undefined;
  /** Whether it thinks when a request says nothing. */
  readonly default_enabled?: boolean | undefined;
  /** How hard it thinks when a request says nothing. */
  readonly default_effort?: ReasoningEffort | null | undefined;
  /** From most to least; null means all. */
  readonly supported_efforts?: readonly (ReasoningEffort | null)[] | null | undefined;
  /** Whether it takes a budget in tokens. */
  readonly supports_max_tokens?: boolean | undefined;
  readonly [key: string]: unknown;
}

/** A model that an alias stands for. */
export interface AliasTarget {
  /** Its name for people. */
  readonly name: string;
  /** Its id. */
  readonly slug: string;
  readonly [key: string]: unknown;
}

/** Where more is to be found. */
export interface ModelLinks {
  /** The path of the model's endpoints. */
  readonly details?: string | undefined;
  readonly [key: string]: unknown;
}
