/** Status and headers go out; everything that is written before is an error of the script. */
export interface HeadersStep {
  /** Tells this step from the others. */
  readonly type: 'headers';
  /** The HTTP status. */
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A piece of the body goes out, by itself: over HTTP in a chunk and a TCP segment of its own. */
export interface WriteStep {
  /** Tells this step from the others. */
  readonly type: 'write';
  /** Text, which is sent as UTF-8, or bytes. */
  readonly data: string | Uint8Array;
}

/** The server does nothing for a while, by the simulator's clock. */
export interface WaitStep {
  /** Tells this step from the others. */
  readonly type: 'wait';
  /** How long, in milliseconds. */
  readonly ms: number;
}

/**
 * How a response stops.
 * - `end`: completely, as HTTP wants it. What the body says may still be half of a story.
 * - `cut`: the server closes the connection (FIN) in the middle of the message; the reader sees an incomplete body.
 * - `reset`: the connection is reset (RST).
 */
export interface StopStep {
  /** Tells this step from the others. */
  readonly type: 'end' | 'cut' | 'reset';
}

/** Nothing more comes, and the connection stays open until the client closes it. */
export interface HangStep {
  /** Tells this step from the others. */
  readonly type: 'hang';
}

/** There is no connection at all. In process the call fails with this code; a real server, which was reached after all, resets. */
export interface RefuseStep {
  /** Tells this step from the others. */
  readonly type: 'refuse';
  /** The code of the system's error: `ECONNREFUSED`, `ENOTFOUND`, `EAI_AGAIN`, `CERT_HAS_EXPIRED`, … */
  readonly code: string;
}

/** Bytes that go to the socket as they are, in place of HTTP. Only the server can do this; in process it is a protocol error. */
export interface RawStep {
  /** Tells this step from the others. */
  readonly type: 'raw';
  /** Text, which is sent as UTF-8, or bytes. */
  readonly data: string | Uint8Array;
}

/** One thing that the simulated server does. The in-process transport and the server play the same steps alike. */
export type Step = HeadersStep | WriteStep | WaitStep | StopStep | HangStep | RefuseStep | RawStep;

const encoder = new TextEncoder();

/**
 * The bytes of a piece of a body.
 *
 * @param data - text, which is encoded as UTF-8, or bytes, which stay as they are
 * @returns the bytes
 */
export function toBytes(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? encoder.encode(data) : data;
}
