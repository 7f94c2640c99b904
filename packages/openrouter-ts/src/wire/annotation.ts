/** Where a statement comes from, or what was read in a document. */
export interface Annotation {
  /** Which of the two it is. */
  readonly type: 'url_citation' | 'file' | (string & {});
  /** Of `url_citation`. */
  readonly url_citation?: UrlCitation | undefined;
  /** Of `file`. */
  readonly file?: FileAnnotation | undefined;
  readonly [key: string]: unknown;
}

/**
 * A page that the answer cites. Only the address is certain; streams send empty titles and zero positions.
 *
 * @see https://openrouter.ai/docs/guides/features/server-tools/web-search
 */
export interface UrlCitation {
  /** The address of the page. */
  readonly url: string;
  /** The title of the page; may be empty. */
  readonly title?: string | undefined;
  /** What was found there. */
  readonly content?: string | undefined;
  /** Where the citation begins in the text, in characters. */
  readonly start_index?: number | undefined;
  /** Where it ends, in characters. */
  readonly end_index?: number | undefined;
  readonly [key: string]: unknown;
}

/**
 * A document as it was parsed. Sent back with the message it came with, it spares the next parsing.
 *
 * @see https://openrouter.ai/docs/guides/overview/multimodal/pdfs
 */
export interface FileAnnotation {
  /** Tells the same document again. */
  readonly hash: string;
  /** The name of the file. */
  readonly name?: string | undefined;
  /** What was read in it. */
  readonly content?: readonly FileAnnotationPart[] | undefined;
  readonly [key: string]: unknown;
}

/** A piece of a parsed document: text, or a picture in it. */
export interface FileAnnotationPart {
  /** Which of the two it is. */
  readonly type: 'text' | 'image_url' | (string & {});
  /** Of `text`. */
  readonly text?: string | undefined;
  /** Of `image_url`. */
  readonly image_url?: FileAnnotationImage | undefined;
  readonly [key: string]: unknown;
}

/** A picture in a parsed document. */
export interface FileAnnotationImage {
  /** Nearly always a `data:` URL. */
  readonly url: string;
  readonly [key: string]: unknown;
}
