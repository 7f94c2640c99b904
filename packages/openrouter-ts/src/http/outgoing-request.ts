import type { AbortScope } from '../util/abort-scope.ts';
import type { Progress } from './progress.ts';
import type { TransportRequest } from './transport.ts';

/** What {@link OutgoingRequest} is made of. */
export interface OutgoingParts extends Pick<TransportRequest, 'method' | 'url' | 'headers' | 'body'> {
  readonly scope: AbortScope;
  readonly progress: Progress | undefined;
}

/**
 * A request on its way: it tells the transport when to stop, and remembers what the transport told of the connection.
 * Its functions may be taken from it, and go with a copy.
 */
export class OutgoingRequest implements TransportRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  /** Whether the transport reported a connection. */
  connected = false;
  /** Whether that connection had served a request before. */
  reused = false;
  readonly #scope: AbortScope;
  readonly #progress: Progress | undefined;

  /** @param parts - the request, the attempt it belongs to, and whoever wants to know */
  constructor({ method, url, headers, body, scope, progress }: OutgoingParts) {
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.body = body;
    this.#scope = scope;
    this.#progress = progress;
  }

  /** Made when a transport asks for it. */
  get signal(): AbortSignal {
    return this.#scope.signal;
  }

  /** {@inheritDoc TransportRequest.onAbort} */
  readonly onAbort = (listener: (reason: unknown) => void): (() => void) => this.#scope.onAbort(listener);

  /** {@inheritDoc TransportRequest.onConnected} */
  readonly onConnected = (reused: boolean): void => {
    this.connected = true;
    this.reused = reused;
    this.#progress?.connected?.(reused);
  };
}
