/** How long each wait of one attempt may be, in milliseconds. `Infinity` waits for ever. */
export interface TimeoutOptions {
  /** Until a connection is there. Default 10,000. It counts only where the transport can tell (not with `fetch`). */
  readonly connectMs: number;
  /** Until status and headers are here. Default 60,000 for a stream, 600,000 for an answer that is not streamed. */
  readonly headersMs: number;
  /** From the headers of a stream to its first output; keep-alives do not count. Default 120,000. */
  readonly firstContentMs: number;
  /** Until any byte comes, keep-alives included, while somebody reads. Default 60,000. */
  readonly idleBytesMs: number;
  /** Until an event of a stream comes, keep-alives not included, while somebody reads. Default 300,000. */
  readonly idleDataMs: number;
}
