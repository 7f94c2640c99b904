/** One event of a server-sent event stream. */
export interface SseEvent {
  /** The event's type: what its last `event` field said, `message` when it had none or an empty one. */
  readonly event: string;
  /** The values of the event's `data` fields, joined by line feeds. */
  readonly data: string;
  /** The last event id that the stream has set so far, an empty string when it has set none. */
  readonly id: string;
}

/** What a parser of events needs to know. */
export interface SseParserOptions {
  /**
   * The most bytes that the lines of one event may have together, an unfinished line included. Line ends and comments
   * do not count. Default: 134217728 (128 MiB).
   */
  readonly maxEventBytes?: number | undefined;
  /** Makes the error to throw when an event has more bytes than `maxEventBytes`, which it is given. */
  readonly tooLarge: (maxEventBytes: number) => Error;
  /**
   * Decodes the UTF-8 of `bytes` from `start` up to, not including, `end`. It must put U+FFFD for what is not UTF-8, and
   * must keep a byte order mark. Default: a `TextDecoder`.
   */
  readonly decodeUtf8?: ((bytes: Uint8Array, start: number, end: number) => string) | undefined;
  /** Makes a text with a character for each byte. Without it, no event is found by what it is like. */
  readonly decodeLatin1?: ((bytes: Uint8Array, start: number, end: number) => string) | undefined;
}
