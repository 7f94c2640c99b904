import type { AbortScope } from '../util/abort-scope.ts';
import type { Clock } from '../util/clock.ts';
import type { ApiRequest } from './api-request.ts';
import type { PlainLosses } from './loss-reader.ts';
import type { Outcome } from './outcome.ts';
import type { TransportResponse } from './transport.ts';

/** Decodes the bytes from `start` to `end`; it keeps a byte order mark and puts U+FFFD for what is not UTF-8. */
export type DecodeUtf8 = (bytes: Uint8Array, start: number, end: number) => string;

/** How much of an answer the client is willing to hold. All in bytes, counted after decompression. */
export interface SizeLimits {
  /** What is held in one piece: one event of a stream, or an answer that is not streamed. Default 128 MiB, since images come in one piece. */
  readonly eventBytes: number;
  /** A whole answer, streamed or not. Default 1 GiB. */
  readonly answerBytes: number;
  /** The body of an error. Default 1 MiB; what is beyond it is not read. */
  readonly errorBytes: number;
}

/** What one attempt lends to the reader of its answer. */
export interface ReadContext {
  readonly request: ApiRequest;
  readonly clock: Clock;
  readonly limits: SizeLimits;
  /** The platform's fastest way from UTF-8 to text; `TextDecoder` where there is none. */
  readonly decodeUtf8?: DecodeUtf8 | undefined;
  /** The platform's way to a text with a character for each byte, if it has a fast one. */
  readonly decodeLatin1?: DecodeUtf8 | undefined;
  /** What reads losses where the client's own code comes over the network; elsewhere the part for failures does. */
  readonly plainLosses?: PlainLosses | undefined;
  /** The attempt: when it ends, the connection is closed. */
  readonly scope: AbortScope;
  /** `X-Generation-Id`, if the response had one. */
  readonly generationId: string | undefined;
}

/** Turns a good response into what the caller gets. It throws typed errors, or whatever the transport threw while the body came. */
export type Reader<Value> = (response: TransportResponse, context: ReadContext) => Promise<Outcome<Value>>;

/**
 * Names an operation for a message.
 *
 * @param request - the request
 * @returns for example `POST /chat/completions`
 */
export function operationName(request: Pick<ApiRequest, 'method' | 'path'>): string {
  return `${request.method} ${request.path}`;
}
