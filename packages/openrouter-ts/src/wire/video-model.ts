/**
 * A model that films, as `GET /videos/models` lists it. A list that is null is not known.
 *
 * @see https://openrouter.ai/docs/guides/overview/multimodal/video-generation
 */
export interface VideoModel {
  /** What a request names. */
  readonly id: string;
  /** A name that stays with this very version. */
  readonly canonical_slug: string;
  /** The name for people. */
  readonly name: string;
  /** What it is good at. */
  readonly description?: string | undefined;
  /** Seconds since 1970. */
  readonly created: number;
  /** May be empty. */
  readonly hugging_face_id?: string | null | undefined;
  /** Dollars as decimal strings, by what is counted. */
  readonly pricing_skus?: Readonly<Record<string, string>> | null | undefined;
  /** What may be in a provider's part of `provider.options`. */
  readonly allowed_passthrough_parameters: readonly string[];
  /** Such as `16:9`. */
  readonly supported_aspect_ratios: readonly string[] | null;
  /** Seconds. */
  readonly supported_durations: readonly number[] | null;
  /** Which pictures of it may be given: `first_frame`, `last_frame`. */
  readonly supported_frame_images: readonly string[] | null;
  /** Such as `1080p`. */
  readonly supported_resolutions: readonly string[] | null;
  /** Width and height in pixels, such as `1920x1080`. */
  readonly supported_sizes: readonly string[] | null;
  /** Whether it makes sound as well. */
  readonly generate_audio: boolean | null;
  /** Whether it takes a seed. */
  readonly seed: boolean | null;
  /** The levels of freedom that it takes when it enlarges. */
  readonly creativity?: readonly number[] | null | undefined;
  /** How much it can enlarge. */
  readonly upscale_factor?: UpscaleFactor | null | undefined;
  readonly [key: string]: unknown;
}

/** How much a model can enlarge. */
export interface UpscaleFactor {
  /** At least. */
  readonly min?: number | null | undefined;
  /** At most. */
  readonly max?: number | null | undefined;
}
