/** A request that a scripted server has seen, if only its head. */
export interface ScriptedRequest {
  /** In capitals, or whatever stands in its place. */
  readonly method: string;
  /** The path with its query, or whatever stands in its place. */
  readonly path: string;
  /** Lower-case names; of several values the last. */
  readonly headers: Readonly<Record<string, string>>;
  /** How many bytes of its body have come. */
  readonly bodyBytes: number;
  /** Whether its body has come whole, by its `content-length`. */
  readonly complete: boolean;
}

/** What a reader tells. */
export interface RequestListener {
  readonly onHead: (request: ScriptedRequest) => void;
  readonly onComplete: (request: ScriptedRequest) => void;
}

interface Growing extends ScriptedRequest {
  bodyBytes: number;
  complete: boolean;
}

/** Finds the requests in what a client sends; their bodies are counted and not kept. Bytes that are no request stay without an answer. */
export class RequestReader {
  readonly #listener: RequestListener;
  #head: Buffer = Buffer.alloc(0);
  #current: Growing | undefined;
  #bodyLeft = 0;

  /** @param listener - told of each request */
  constructor(listener: RequestListener) {
    this.#listener = listener;
  }

  /**
   * Takes what has arrived.
   *
   * @param bytes - any part of any number of requests
   */
  push(bytes: Uint8Array): void {
    let rest = bytes;
    while (rest.length > 0) rest = this.#current === undefined ? this.#readHead(rest) : this.#readBody(rest);
  }

  #readHead(bytes: Uint8Array): Uint8Array {
    this.#head = Buffer.concat([this.#head, bytes]);
    const end = this.#head.indexOf('\r\n\r\n');
    if (end === -1) return Buffer.alloc(0);
    const rest = this.#head.subarray(end + 4);
    const request = parseHead(this.#head.toString('latin1', 0, end));
    this.#head = Buffer.alloc(0);
    this.#current = request;
    this.#bodyLeft = Number(request.headers['content-length'] ?? 0);
    this.#listener.onHead(request);
    if (this.#bodyLeft === 0) this.#finish(request);
    return rest;
  }

  #readBody(bytes: Uint8Array): Uint8Array {
    const request = this.#current;
    if (request === undefined) return bytes;
    const size = Math.min(bytes.length, this.#bodyLeft);
    request.bodyBytes += size;
    this.#bodyLeft -= size;
    if (this.#bodyLeft === 0) this.#finish(request);
    return bytes.subarray(size);
  }

  #finish(request: Growing): void {
    request.complete = true;
    this.#current = undefined;
    this.#listener.onComplete(request);
  }
}

function parseHead(text: string): Growing {
  const [requestLine = '', ...lines] = text.split('\r\n');
  const [method = '', path = ''] = requestLine.split(' ');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { method, path, headers, bodyBytes: 0, complete: false };
}
