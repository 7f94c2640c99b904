import { OpenRouterError, type ErrorDetails } from './open-router-error.ts';

/**
 * Which part of the way failed: the name look-up, the connection itself, TLS, a proxy, this machine's own limits,
 * or bytes that are not HTTP.
 */
export type ConnectionFailure = 'dns' | 'network' | 'tls' | 'proxy' | 'local-resource' | 'protocol';

/** No HTTP answer could be had. */
export class ConnectionError extends OpenRouterError {
  /** Which part of the way failed. */
  readonly failure: ConnectionFailure;
  /** The runtime's own code, such as `ECONNREFUSED`. */
  readonly code: string | undefined;
  /** Whether the connection had served a request before and was found closed: the server almost certainly never saw this one. */
  readonly staleConnection: boolean;

  /**
   * @param message - what was tried, what happened, what to do
   * @param details - which part failed, the runtime's code, and what else is known
   */
  constructor(
    message: string,
    details: ErrorDetails & {
      readonly failure: ConnectionFailure;
      readonly code?: string | undefined;
      readonly staleConnection?: boolean | undefined;
    },
  ) {
    super(message, 'connection', details);
    this.failure = details.failure;
    this.code = details.code;
    this.staleConnection = details.staleConnection ?? false;
  }
}
