import type { CacheControl, PromptCacheBreakpoint } from './cache-control.ts';

/** One piece of a message: text, or something to look at, listen to or read. */
export type ContentPart = TextPart | ImagePart | AudioPart | VideoPart | FilePart;

/** Text. */
export interface TextPart {
  /** The kind of part. */
  readonly type: 'text';
  /** The text itself. */
  readonly text: string;
  /** Caches the prompt up to here. */
  readonly cache_control?: CacheControl | undefined;
  /** Caches the prompt up to here, in OpenAI's spelling. */
  readonly prompt_cache_breakpoint?: PromptCacheBreakpoint | null | undefined;
}

/**
 * A picture: png, jpeg, webp or gif.
 *
 * @see https://openrouter.ai/docs/guides/overview/multimodal/image-understanding
 */
export interface ImagePart {
  /** The kind of part. */
  readonly type: 'image_url';
  /** Where it is, and how closely to look. */
  readonly image_url: ImageReference;
  /** Caches the prompt up to here. */
  readonly cache_control?: CacheControl | undefined;
}

/** Where a picture is, and how closely to look at it. */
export interface ImageReference {
  /** An `https:` or a `data:` URL. */
  readonly url: string;
  /** `original` is OpenRouter's own word for full resolution; it becomes `high` where the provider has no such level. Default `auto`. */
  readonly detail?: 'auto' | 'low' | 'high' | 'original' | (string & {}) | undefined;
}

/**
 * Sound, sent along; a URL is not accepted.
 *
 * @see https://openrouter.ai/docs/guides/overview/multimodal/audio
 */
export interface AudioPart {
  /** The kind of part. */
  readonly type: 'input_audio';
  /** The sound itself. */
  readonly input_audio: AudioInput;
  /** Caches the prompt up to here. */
  readonly cache_control?: CacheControl | undefined;
}

/** The sound itself. Which formats work depends on the provider. */
export interface AudioInput {
  /** Bare base64, without a `data:` prefix. */
  readonly data: string;
  /** How it is encoded. */
  readonly format: 'wav' | 'mp3' | 'aiff' | 'aac' | 'ogg' | 'flac' | 'm4a' | 'pcm16' | 'pcm24' | (string & {});
}

/**
 * A film: mp4, mpeg, mov or webm. `input_video` is the older name of the same part.
 *
 * @see https://openrouter.ai/docs/guides/overview/multimodal/videos
 */
export interface VideoPart {
  /** The kind of part. */
  readonly type: 'video_url' | 'input_video';
  /** Where it is, and how to watch it. */
  readonly video_url: VideoReference;
  /** Caches the prompt up to here. */
  readonly cache_control?: CacheControl | undefined;
}

/** Where a film is, and how to watch it. */
export interface VideoReference {
  /** An `https:` or a `data:` URL. Google AI Studio takes YouTube links only, Vertex takes `data:` only. */
  readonly url: string;
  /** `static` samples frames at a fixed rate, `agentic` lets the model choose what to watch (Google Gemini). */
  readonly processing?: 'agentic' | 'static' | (string & {}) | undefined;
}

/**
 * A document, typically a PDF. How it is read is the business of the `file-parser` plugin.
 *
 * @see https://openrouter.ai/docs/guides/overview/multimodal/pdfs
 */
export interface FilePart {
  /** The kind of part. */
  readonly type: 'file';
  /** The document itself. */
  readonly file: FileReference;
  /** Caches the prompt up to here. */
  readonly cache_control?: CacheControl | undefined;
}

/** The document itself: its data, or the id under which it was uploaded. */
export interface FileReference {
  /** An `https:` or a `data:` URL. */
  readonly file_data?: string | undefined;
  /** The id of a file uploaded before. */
  readonly file_id?: string | undefined;
  /** The name that the model sees. */
  readonly filename?: string | undefined;
}
