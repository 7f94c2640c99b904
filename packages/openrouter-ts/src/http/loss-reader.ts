import type { OpenRouterError } from '../errors/open-router-error.ts';
import type { TimedRequest } from './is-retryable-timer.ts';
import type { TransportResponse } from './transport.ts';

/** What is known of an exchange that ended without an answer. */
export interface LostExchange {
  /** What was asked. */
  readonly request: TimedRequest;
  /** Where the API is. */
  readonly baseUrl: string;
  /** Whether the transport reported the request on its way; `undefined` from a transport that cannot know. */
  readonly connected: boolean | undefined;
  /** Whether the connection had served a request before. */
  readonly reused: boolean;
  /** How long it took until the exchange was lost, in milliseconds. */
  readonly durationMs: number;
}

/** What is known of an exchange whose answer broke off. */
export interface BrokenExchange {
  /** What was asked. */
  readonly request: TimedRequest;
  /** `X-Generation-Id`, if the response had one. */
  readonly generationId: string | undefined;
}

/** What makes typed errors of what was lost on the way. */
export interface LossReader {
  /** Makes the error of an exchange without an answer. */
  readonly toConnectionError: (cause: unknown, exchange: LostExchange) => OpenRouterError;
  /** Makes the error of an answer that broke off. */
  readonly brokenBody: (cause: unknown, response: TransportResponse, exchange: BrokenExchange) => OpenRouterError;
}

/** What does so where the client's own code comes over the network that is lost: without loading anything if it can, and with fewer words if nothing can be loaded. */
export interface PlainLosses extends LossReader {
  /** Whether nothing more could be said of this one. */
  readonly suffice: (cause: unknown) => boolean;
}
