/** What is sent: one HTTP request, complete and validated. */
export interface TransportRequest {
  /** In capitals. */
  readonly method: string;
  /** An absolute URL. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** A string is sent as UTF-8. */
  readonly body?: string | Uint8Array | undefined;
  /** Closes the connection at once when it aborts, in whatever phase the exchange is. It is made when it is asked for: a copy with `...` is without it. */
  readonly signal: AbortSignal;
  /**
   * Does what listening to `signal` does, for less: calls back once when the request is to end.
   * The returned function takes that back, and must be called when the body is over.
   */
  readonly onAbort?: ((listener: (reason: unknown) => void) => () => void) | undefined;
  /**
   * Told once when a connection is there and the request is on its way. A transport that cannot know (`fetch`) never calls it.
   * `reused` says that the connection had served a request before.
   */
  readonly onConnected?: ((reused: boolean) => void) | undefined;
}

/** What came back: status and headers now, the body as it arrives. */
export interface TransportResponse {
  /** The HTTP status; 0 where a browser hides a redirect. */
  readonly status: number;
  /** Lower-case names; several values of one header are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The decoded body (no `content-encoding` left). It is pulled: nothing is read ahead without bound. A cut connection throws.
   * `return()` says that the reader needs no more and leaves the connection fit for the next request if it can;
   * aborting the request's signal closes it at once.
   */
  readonly body: ResponseBody;
}

/** The bytes of a response, as they are asked for. */
export interface ResponseBody extends AsyncIterable<Uint8Array> {
  /**
   * Takes the next bytes if they are here already, which saves a reader of many small pieces a wait for each.
   * It may be left out; where it is there, it and the iterator take from the same bytes.
   *
   * @returns the bytes, or `undefined` if none are here
   */
  takeReady?(): Uint8Array | undefined;
}

/**
 * The only seam to the network. It resolves when the response headers are there, and rejects with whatever the runtime threw
 * (the caller of the transport turns it into a typed error). It never follows redirects.
 */
export interface Transport {
  (request: TransportRequest): Promise<TransportResponse>;
  /** Whether it calls `onConnected`. Without it a wait for the connection cannot be told from a wait for the answer. */
  readonly reportsConnection?: boolean | undefined;
}
