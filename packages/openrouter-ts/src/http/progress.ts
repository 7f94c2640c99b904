import type { AbortScope } from '../util/abort-scope.ts';
import type { TransportResponse } from './transport.ts';

/** Whoever watches one attempt (the timers, the events) is told how far it is. None of these may throw. */
export interface Progress {
  /** The attempt begins; its scope ends it alone. */
  readonly began?: ((attempt: AbortScope) => void) | undefined;
  /** The request is on its way; `reused` tells whether over a connection that had served before. */
  readonly connected?: ((reused: boolean) => void) | undefined;
  /** Status and headers are here. */
  readonly answered?: ((response: TransportResponse) => void) | undefined;
  /** The reader begins to wait for bytes. */
  readonly waiting?: (() => void) | undefined;
  /** Bytes arrived, keep-alives included. */
  readonly bytes?: (() => void) | undefined;
  /** An event with data arrived. */
  readonly data?: (() => void) | undefined;
  /** The first output arrived: text, reasoning, a tool call, an image, audio, a refusal or the reason to stop. */
  readonly output?: (() => void) | undefined;
}
