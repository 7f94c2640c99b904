/**
 * The voice and the format in which a model speaks. Sound comes in streams only.
 *
 * @see https://openrouter.ai/docs/guides/overview/multimodal/audio
 */
export interface AudioOptions {
  /** Such as `alloy`; each model has its own. */
  readonly voice?: string | undefined;
  /** How the sound is encoded; models differ in what they can do. */
  readonly format?: 'wav' | 'mp3' | 'flac' | 'opus' | 'pcm16' | (string & {}) | undefined;
  readonly [key: string]: unknown;
}

/** What a model said aloud. In a stream `data` and `transcript` arrive in pieces to be joined. */
export interface AudioOutput {
  /** By it a later message can refer to this sound. */
  readonly id?: string | undefined;
  /** Base64. */
  readonly data?: string | undefined;
  /** What is said, as text. */
  readonly transcript?: string | undefined;
  /** When the `id` stops meaning anything, in seconds since 1970. */
  readonly expires_at?: number | undefined;
  readonly [key: string]: unknown;
}
