/**
 * A picture that a model made.
 *
 * @see https://openrouter.ai/docs/guides/overview/multimodal/image-generation
 */
export interface GeneratedImage {
  /** Where the picture is. */
  readonly image_url: ImageUrl;
  /** The kind of part; some streams leave it out. */
  readonly type?: 'image_url' | (string & {}) | undefined;
  /** The place among the pictures of one answer. */
  readonly index?: number | undefined;
  readonly [key: string]: unknown;
}

/** Where the picture is. */
export interface ImageUrl {
  /** Nearly always a `data:` URL of a megabyte or more. */
  readonly url: string;
  readonly [key: string]: unknown;
}
