import { HeldLine } from './held-line.ts';
import { isVerbatim, literalText } from './literal-text.ts';
import {
  COLON,
  decodeWithTextDecoder,
  indexOrEnd,
  LINE_FEED,
  CARRIAGE_RETURN,
  SPACE,
  valueStart,
} from './sse-bytes.ts';
import type { SseEvent, SseParserOptions } from './sse-event.ts';

const NO_BYTES = new Uint8Array(0);
const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);
const DATA = Uint8Array.of(0x64, 0x61, 0x74, 0x61);
const EVENT = Uint8Array.of(0x65, 0x76, 0x65, 0x6e, 0x74);
const ID = Uint8Array.of(0x69, 0x64);

const DEFAULT_MAX_EVENT_BYTES = 128 * 1024 * 1024;
const WINDOW_BYTES = 64 * 1024;

/**
 * Turns the bytes of a server-sent event stream into its events, however the bytes are cut into pieces, by the rules of
 * the WHATWG HTML standard (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
 *
 * It looks at each byte a fixed number of times, and decodes only values, when their line ends. `retry` is ignored:
 * reconnecting would send the request again. There is nothing to call when the stream ends: what no blank line ended is
 * not an event.
 */
export class SseParser {
  readonly #maxEventBytes: number;
  readonly #tooLarge: (maxEventBytes: number) => Error;
  readonly #decodeUtf8: (bytes: Uint8Array, start: number, end: number) => string;
  readonly #decodeLatin1: ((bytes: Uint8Array, start: number, end: number) => string) | undefined;

  // A queue of two stacks: no shifting, whatever the caller pushes before it asks for events.
  #pushed: Uint8Array[] = [];
  #upcoming: Uint8Array[] = [];

  #window: Uint8Array = NO_BYTES;
  // The window with a character for each byte, once asked for.
  #text: string | undefined;
  #at = 0;
  // The first line feed and carriage return at or after #at, once looked for; the window's length if there is none.
  #nextLineFeed = -1;
  #nextCarriageReturn = -1;

  #byteOrderMarkBytes = 0;
  #afterCarriageReturn = false;
  #inComment = false;
  #comments = 0;

  // The start of a line that began in an earlier window. Empty when #at is at the start of a line or within a comment.
  readonly #held: HeldLine = new HeldLine();

  #eventBytes = 0;
  #event = '';
  #data: string | undefined;
  #furtherData: string[] = [];
  #id = '';

  /**
   * @param options - The limit, its error, and the decoder.
   */
  constructor(options: SseParserOptions) {
    this.#maxEventBytes = options.maxEventBytes ?? DEFAULT_MAX_EVENT_BYTES;
    this.#tooLarge = options.tooLarge;
    this.#decodeUtf8 = options.decodeUtf8 ?? decodeWithTextDecoder;
    this.#decodeLatin1 = options.decodeLatin1;
  }

  /**
   * How many comments have begun so far. Servers send comments to keep a connection alive, so a higher number than before
   * is a sign of life (OpenRouter sends `: OPENROUTER PROCESSING`, https://openrouter.ai/docs/api-reference/streaming).
   */
  get comments(): number {
    return this.#comments;
  }

  /**
   * Takes the next bytes of the stream, without looking at them yet. They are not copied at once, so they must not change
   * afterwards.
   *
   * @param bytes - Any number of bytes, cut anywhere.
   */
  push(bytes: Uint8Array): void {
    // In windows, so that the first event of a large push need not wait for a search of all of it for a carriage return.
    for (let start = 0; start < bytes.length; start += WINDOW_BYTES) {
      this.#pushed.push(bytes.length <= WINDOW_BYTES ? bytes : bytes.subarray(start, start + WINDOW_BYTES));
    }
  }

  /**
   * Returns the next event, reading no further than it must.
   *
   * @returns The next event that is complete within what was pushed, or `undefined` when more bytes are needed.
   * @throws What `tooLarge` makes, when an event exceeds `maxEventBytes`; asked again, it throws again.
   */
  next(): SseEvent | undefined {
    while (this.#at < this.#window.length || this.#nextWindow()) {
      const event = this.#readPlainEvent() ?? this.#readOther();
      if (event !== undefined) return event;
    }
    return undefined;
  }

  /**
   * Reads the next event if it is all within what was pushed last, and known but for a piece of text that stands as it is within quotes of JSON.
   *
   * @param before - the bytes of the event up to the piece, a character for each
   * @param after - its bytes from the quote after the piece on, the blank line included
   * @returns the piece; `undefined` for another event, which is still to be read
   */
  nextLike(before: string, after: string): string | undefined {
    if (this.#decodeLatin1 === undefined || this.#eventBytes !== 0 || this.#held.length !== 0 || this.#inComment)
      return undefined;
    if (this.#at === this.#window.length && !this.#nextWindow()) return undefined;
    const text = (this.#text ??= this.#decodeLatin1(this.#window, 0, this.#window.length));
    const start = this.#at + before.length;
    // Comparing a slice takes half the time of startsWith.
    if (text.slice(this.#at, start) !== before) return undefined;
    const end = text.indexOf('"', start);
    if (text.slice(end, end + after.length) !== after || end + after.length - this.#at > this.#maxEventBytes)
      return undefined;
    let piece: string | undefined = text.slice(start, end);
    if (!isVerbatim(piece)) piece = literalText(this.#decodeUtf8(this.#window, start - 1, end + 1));
    if (piece === undefined) return undefined;
    this.#at = end + after.length;
    return piece;
  }

  #readOther(): SseEvent | undefined {
    if (!this.#inComment && (this.#held.length > 0 || this.#window[this.#at] !== COLON)) return this.#readLine();
    this.#skipComment();
    return undefined;
  }

  /**
   * Reads an event that is one line of data and a blank line, both with line feeds and within the window: what nearly every event of a
   * quick server is. Anything else is left for the line-by-line reading.
   */
  #readPlainEvent(): SseEvent | undefined {
    const window = this.#window;
    const start = this.#at;
    const valueAt = start + DATA.length + 1;
    if (
      this.#eventBytes !== 0 ||
      this.#held.length !== 0 ||
      this.#inComment ||
      valueAt >= window.length ||
      window[valueAt - 1] !== COLON
    )
      return undefined;
    if (
      window[start] !== DATA[0] ||
      window[start + 1] !== DATA[1] ||
      window[start + 2] !== DATA[2] ||
      window[start + 3] !== DATA[3]
    )
      return undefined;
    const end = this.#lineEnd();
    if (
      end + 1 >= window.length ||
      window[end] !== LINE_FEED ||
      window[end + 1] !== LINE_FEED ||
      end - start > this.#maxEventBytes
    )
      return undefined;
    this.#at = end + 2;
    const from = window[valueAt] === SPACE ? valueAt + 1 : valueAt;
    return { event: 'message', data: this.#decodeUtf8(window, from, end), id: this.#id };
  }

  #nextWindow(): boolean {
    if (this.#upcoming.length === 0 && this.#pushed.length > 1) {
      this.#pushed.reverse();
      [this.#upcoming, this.#pushed] = [this.#pushed, this.#upcoming];
    }
    const window = this.#upcoming.pop() ?? this.#pushed.pop();
    this.#text = undefined;
    if (window === undefined) {
      // What has been read is let go: it may be long before more comes.
      this.#window = NO_BYTES;
      this.#at = 0;
      return false;
    }
    this.#window = window;
    this.#at = this.#afterCarriageReturn && window[0] === LINE_FEED ? 1 : 0;
    this.#nextLineFeed = -1;
    this.#nextCarriageReturn = -1;
    this.#afterCarriageReturn = false;
    if (this.#byteOrderMarkBytes < BYTE_ORDER_MARK.length) this.#skipByteOrderMark();
    return true;
  }

  #skipByteOrderMark(): void {
    while (this.#at < this.#window.length && this.#byteOrderMarkBytes < BYTE_ORDER_MARK.length) {
      if (this.#window[this.#at] !== BYTE_ORDER_MARK[this.#byteOrderMarkBytes]) {
        // What looked like the start of a mark in earlier windows is the start of the first line.
        this.#held.add(BYTE_ORDER_MARK, 0, this.#byteOrderMarkBytes);
        this.#byteOrderMarkBytes = BYTE_ORDER_MARK.length;
        return;
      }
      this.#at++;
      this.#byteOrderMarkBytes++;
    }
  }

  /** Returns where the line at `#at` ends, the window's length if it does not end within the window. */
  #lineEnd(): number {
    if (this.#window[this.#at] === LINE_FEED) return this.#at;
    // Looked for again only once passed: else a window of carriage returns would be searched for a line feed once a line.
    if (this.#nextLineFeed < this.#at) this.#nextLineFeed = indexOrEnd(this.#window, LINE_FEED, this.#at);
    if (this.#nextCarriageReturn < this.#at) {
      this.#nextCarriageReturn = indexOrEnd(this.#window, CARRIAGE_RETURN, this.#at);
    }
    return Math.min(this.#nextLineFeed, this.#nextCarriageReturn);
  }

  /** Moves past the line end at `end`, of which a line feed may still be to come in the next window. */
  #skipLineEnd(end: number): void {
    this.#at = end + 1;
    if (this.#window[end] === LINE_FEED) return;
    if (this.#at === this.#window.length) this.#afterCarriageReturn = true;
    else if (this.#window[this.#at] === LINE_FEED) this.#at++;
  }

  /** Skips a comment without keeping it, as far as it is in the window: no length of it costs memory. */
  #skipComment(): void {
    if (!this.#inComment) this.#comments++;
    const end = this.#lineEnd();
    this.#inComment = end === this.#window.length;
    if (this.#inComment) this.#at = end;
    else this.#skipLineEnd(end);
  }

  #readLine(): SseEvent | undefined {
    const start = this.#at;
    const end = this.#lineEnd();
    const lineBytes = this.#held.length + end - start;
    // Before anything changes, so that the next call finds the same.
    if (this.#eventBytes + lineBytes > this.#maxEventBytes) throw this.#tooLarge(this.#maxEventBytes);
    if (end === this.#window.length) {
      this.#held.add(this.#window, start, end);
      this.#at = end;
      return undefined;
    }
    this.#skipLineEnd(end);
    if (lineBytes === 0) return this.#dispatch();
    this.#eventBytes += lineBytes;
    if (this.#held.length === 0) this.#takeField(this.#window, start, end);
    else this.#takeHeldField(start, end);
    return undefined;
  }

  #takeHeldField(start: number, end: number): void {
    this.#held.add(this.#window, start, end);
    const line = this.#held.take();
    this.#takeField(line, 0, line.length);
  }

  #takeField(bytes: Uint8Array, start: number, end: number): void {
    const dataStart = valueStart(bytes, start, end, DATA);
    if (dataStart !== -1) {
      const value = this.#decodeUtf8(bytes, dataStart, end);
      if (this.#data === undefined) this.#data = value;
      else this.#furtherData.push(value);
      return;
    }
    const eventStart = valueStart(bytes, start, end, EVENT);
    if (eventStart !== -1) {
      this.#event = this.#decodeUtf8(bytes, eventStart, end);
      return;
    }
    const idStart = valueStart(bytes, start, end, ID);
    if (idStart !== -1) {
      const id = this.#decodeUtf8(bytes, idStart, end);
      if (!id.includes('\0')) this.#id = id;
    }
  }

  #dispatch(): SseEvent | undefined {
    const event = this.#event === '' ? 'message' : this.#event;
    const firstData = this.#data;
    this.#event = '';
    this.#data = undefined;
    this.#eventBytes = 0;
    if (firstData === undefined) return undefined;
    if (this.#furtherData.length === 0) return { event, data: firstData, id: this.#id };
    const data = `${firstData}\n${this.#furtherData.join('\n')}`;
    this.#furtherData = [];
    return { event, data, id: this.#id };
  }
}
