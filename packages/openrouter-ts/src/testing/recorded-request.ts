/** How far a request has come, seen from the server. */
export type RequestState = 'open' | 'complete' | 'broken' | 'closedByClient';

/** One request as the simulator received it, and what became of it. */
export interface RecordedRequest {
  /** 1 for the first request of the simulator. */
  readonly number: number;
  /** In capitals. */
  readonly method: string;
  /** The whole address. */
  readonly url: string;
  /** Without host and query, for example `/api/v1/chat/completions`. */
  readonly path: string;
  /** The parameters after the path; of several with one name, the last. */
  readonly query: Readonly<Record<string, string>>;
  /** As received, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text; empty when there was none. */
  readonly bodyText: string;
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown;
  /** When it arrived, by the simulator's monotonic clock, in milliseconds. */
  readonly atMs: number;
  /** `open` until the response has ended, was broken off by the server, or the client closed the connection before its end. */
  readonly state: RequestState;
  /** True when the client closed the connection, or stopped reading, before the response had ended. */
  readonly closedByClient: boolean;
  /** How many bytes of body the server has sent. */
  readonly sentBytes: number;
  /** Resolves when the request is no longer open, however it ended. */
  readonly over: Promise<void>;
}

/** A request as an adapter hands it to the simulator. */
export interface IncomingRequest {
  /** In capitals. */
  readonly method: string;
  /** An absolute URL. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** As sent; undefined when there is none. */
  readonly body?: string | Uint8Array | undefined;
}

/** The simulator's own view of a request: what tests see of it, and the means to keep that up to date. */
export interface RequestRecord {
  readonly request: RecordedRequest;
  /** So many bytes of the body went out. */
  readonly sent: (bytes: number) => void;
  /** The exchange ended in this way. Only the first call counts. */
  readonly end: (state: Exclude<RequestState, 'open'>) => void;
}

/**
 * Records a request.
 *
 * @param incoming - what arrived
 * @param number - its number
 * @param atMs - when it arrived
 * @returns the record
 */
export function recordRequest(incoming: IncomingRequest, number: number, atMs: number): RequestRecord {
  const { pathname, searchParams } = new URL(incoming.url);
  const { method, url, headers } = incoming;
  const bodyText = textOf(incoming.body);
  let json: { readonly value: unknown } | undefined;
  let markOver: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    markOver = resolve;
  });
  const request: Writable<RecordedRequest> = {
    number,
    method,
    url,
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers,
    bodyText,
    atMs,
    over,
    state: 'open',
    closedByClient: false,
    sentBytes: 0,
    get json(): unknown {
      json ??= { value: parse(bodyText) };
      return json.value;
    },
  };
  return {
    request,
    sent: (bytes) => {
      request.sentBytes += bytes;
    },
    end: (how) => {
      if (request.state !== 'open') return;
      request.state = how;
      request.closedByClient = how === 'closedByClient';
      markOver();
    },
  };
}

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

function textOf(body: string | Uint8Array | undefined): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
