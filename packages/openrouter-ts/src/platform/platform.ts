import type { DecodeUtf8 } from '../http/read-context.ts';
import type { Transport } from '../http/transport.ts';
import type { FindChannel } from '../telemetry/channels.ts';
import type { Clock } from '../util/clock.ts';

/** What differs between runtimes. */
export interface Platform {
  /** The runtime's own time. */
  readonly clock: Clock;
  /** Opens a transport that keeps connections for the calls to come. */
  readonly createTransport: () => Transport;
  /** Reads an environment variable; `undefined` where there is none, or no environment. */
  readonly readEnvironment: (name: string) => string | undefined;
  /** The fastest way from UTF-8 to text, where there is a faster one than `TextDecoder`. */
  readonly decodeUtf8?: DecodeUtf8 | undefined;
  /** A fast way from bytes to a text with a character for each byte, where there is one. */
  readonly decodeLatin1?: DecodeUtf8 | undefined;
  /** The runtime's diagnostics channels, where it has them. */
  readonly findChannel?: FindChannel | undefined;
  /** Whether anybody who opens the page could read the key. */
  readonly isBrowser: boolean;
}
