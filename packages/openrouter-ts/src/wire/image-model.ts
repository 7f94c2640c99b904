import type { InputModality, OutputModality } from './architecture.ts';

/**
 * A model that draws, as `GET /images/models` lists it.
 *
 * @see https://openrouter.ai/docs/guides/overview/multimodal/image-generation
 */
export interface ImageModel {
  /** What a request names. */
  readonly id: string;
  /** The name for people. */
  readonly name: string;
  /** What it is good at. */
  readonly description?: string | undefined;
  /** Seconds since 1970. */
  readonly created: number;
  /** What goes in and what comes out. */
  readonly architecture: ImageModelArchitecture;
  /** What at least one endpoint takes, by the name of the parameter. */
  readonly supported_parameters: Readonly<Record<string, Capability>>;
  /** Whether at least one endpoint sends pictures as they come about. */
  readonly supports_streaming: boolean;
  /** The path of its endpoints. */
  readonly endpoints: string;
  readonly [key: string]: unknown;
}

/** What goes into a model that draws, and what comes out. */
export interface ImageModelArchitecture {
  /** What it can be given. */
  readonly input_modalities: readonly InputModality[];
  /** What it can give. */
  readonly output_modalities: readonly OutputModality[];
  readonly [key: string]: unknown;
}

/** What a parameter may be: one of some values, a number in a range, or yes and no. */
export interface Capability {
  /** How the rest is to be read. */
  readonly type: 'enum' | 'range' | 'boolean' | (string & {});
  /** The values of an `enum`. */
  readonly values?: readonly string[] | undefined;
  /** The least of a `range`. */
  readonly min?: number | undefined;
  /** The most of a `range`. */
  readonly max?: number | undefined;
  readonly [key: string]: unknown;
}

/** Who serves a model that draws. */
export interface ImageModelEndpoints {
  /** What a request names. */
  readonly id: string;
  /** The providers' offers. */
  readonly endpoints: readonly ImageEndpoint[];
  readonly [key: string]: unknown;
}

/** A provider's offer of a model that draws. */
export interface ImageEndpoint {
  /** The name for people. */
  readonly provider_name: string;
  /** The key of `provider.options` that is meant for it. */
  readonly provider_slug: string;
  /** The slug that `provider.order` and `provider.only` take. */
  readonly provider_tag: string | null;
  /** What this endpoint takes, by the name of the parameter. */
  readonly supported_parameters: Readonly<Record<string, Capability>>;
  /** What may be in its part of `provider.options`. */
  readonly allowed_passthrough_parameters: readonly string[];
  /** Whether it sends pictures as they come about. */
  readonly supports_streaming: boolean;
  /** What it charges for what. */
  readonly pricing: readonly ImagePrice[];
  readonly [key: string]: unknown;
}

/** One thing that is charged. */
export interface ImagePrice {
  /** What is counted, such as `output_image`. */
  readonly billable: 'output_image' | 'input_image' | 'input_font' | 'input_reference' | 'input_text' | (string & {});
  /** What it is counted in. */
  readonly unit: 'image' | 'megapixel' | 'token' | 'request' | (string & {});
  /** Dollars for one of them. */
  readonly cost_usd: number;
  /** To which size or quality it applies, where prices differ. */
  readonly variant?: string | undefined;
  readonly [key: string]: unknown;
}
