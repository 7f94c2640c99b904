import type { InputModality, OutputModality } from '../../wire/architecture.ts';
import type { Pricing } from '../../wire/pricing.ts';
import type { ReasoningEffort } from '../../wire/reasoning.ts';
import type { SupportedParameter } from '../../wire/supported-parameter.ts';
import type { SimulatedEndpoint } from './simulated-endpoint.ts';

/** How a model's provider names the ends of an answer, as `native_finish_reason` tells them. */
export interface NativeFinishReasons {
  /** The answer is complete. */
  readonly stop: string;
  /** The answer is as long as it may be. */
  readonly length: string;
  /** Tools are to be called. */
  readonly tool_calls: string;
}

/** How a model thinks: whether it always does, and how its thoughts are told. */
export interface SimulatedReasoning {
  /** True for a model that cannot answer without thinking. */
  readonly mandatory: boolean;
  /** The efforts that a request may ask for. */
  readonly supported_efforts?: readonly ReasoningEffort[];
  /** The effort when a request asks for none. */
  readonly default_effort?: ReasoningEffort;
  /** The `format` of its `reasoning_details`. Default `unknown`. */
  readonly format?: 'unknown' | 'anthropic-claude-v1' | 'google-gemini-v1' | 'openai-responses-v1';
}

/** What the simulator knows of a model. Only an id and prices are needed. */
export interface SimulatedModel {
  /** What a request names. */
  readonly id: string;
  /** Decimal strings, in USD, as in the model listing. */
  readonly pricing: Pricing;
  /** The permanent name. Default: the id without its variant. */
  readonly canonicalSlug?: string;
  /** Default: the id. */
  readonly name?: string;
  /** When it was released, in seconds since 1970. Default: the start of 2025. */
  readonly created?: number;
  /** The name of the provider that answers. Default `Simulated`. */
  readonly provider?: string;
  /** Who serves it, the one that answers first. Default: `provider` alone, at the model's own price. */
  readonly endpoints?: readonly SimulatedEndpoint[];
  /** The day from which it may be gone, `YYYY-MM-DD`. Default: none. */
  readonly expirationDate?: string;
  /** Whether its maker allows training on its output. Default false. */
  readonly distillable?: boolean;
  /** In tokens. Default 128,000; null for a router. */
  readonly contextLength?: number | null;
  /** In tokens. Default 16,384. */
  readonly maxCompletionTokens?: number | null;
  /** Default: text. */
  readonly inputModalities?: readonly InputModality[];
  /** Default: text. */
  readonly outputModalities?: readonly OutputModality[];
  /** The family of its tokenizer. Default `Other`. */
  readonly tokenizer?: string;
  /** The last day that it knows of, `YYYY-MM-DD`. Default: not known. */
  readonly knowledgeCutoff?: string;
  /** Default: sampling, tools and structured outputs. */
  readonly supportedParameters?: readonly SupportedParameter[];
  /** Whether its provider moderates. Default false. */
  readonly isModerated?: boolean;
  /** Absent for a model that does not think. */
  readonly reasoning?: SimulatedReasoning;
  /** Default: the API's own words. */
  readonly nativeFinishReasons?: NativeFinishReasons;
  /** Default: none. */
  readonly systemFingerprint?: string;
  /** The tier that the provider reports. Default: none. */
  readonly serviceTier?: string;
  /** Whether the provider stops generating, and billing, when the client closes a stream. Default true. */
  readonly stopsWhenCancelled?: boolean;
  /** For an alias: the id of the model that it stands for. */
  readonly aliasOf?: string;
  /** For a router: the id of the model that it chooses. */
  readonly routesTo?: string;
}

/** What providers that follow the API's own words say. */
export const plainFinishReasons: NativeFinishReasons = { stop: 'stop', length: 'length', tool_calls: 'tool_calls' };

/** Variants that any model has: they change the routing and not the model. */
const dynamicVariant = /:(nitro|floor|exacto|online)$/;

/**
 * Finds the model that answers for an id.
 *
 * @param models - the simulator's catalogue
 * @param id - an id, a canonical slug, an alias, a router, each perhaps with a variant such as `:nitro`
 * @returns the model, or undefined when there is none
 */
export function findModel(models: readonly SimulatedModel[], id: string): SimulatedModel | undefined {
  const plainId = id.replace(dynamicVariant, '');
  const found =
    models.find((model) => model.id === plainId) ?? models.find((model) => canonicalSlug(model) === plainId);
  const target = found?.aliasOf ?? found?.routesTo;
  return target === undefined ? found : findModel(models, target);
}

/**
 * A model's permanent name.
 *
 * @param model - a model of the catalogue
 * @returns its canonical slug
 */
export function canonicalSlug(model: SimulatedModel): string {
  return model.canonicalSlug ?? model.id.replace(/:[a-z]+$/, '');
}
