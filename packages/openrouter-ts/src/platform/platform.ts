import type { PlainLosses } from '../http/loss-reader.ts';
import type { DecodeUtf8 } from '../http/read-context.ts';
import type { Transport } from '../http/transport.ts';
import type { FindChannel } from '../telemetry/channels.ts';
import type { Clock } from '../util/clock.ts';
import type { Fetch } from './fetch-transport.ts';

/** What differs between runtimes. */
export interface Platform {
  /** The runtime's own time. */
  readonly clock: Clock;
  /** Opens a transport that keeps connections for the calls to come. */
  readonly createTransport: () => Transport;
  /** Makes a transport of a `fetch`, where there is no other; elsewhere what does is loaded when it is needed. */
  readonly fetchTransport?: ((fetch: Fetch) => Transport) | undefined;
  /** Reads an environment variable; `undefined` where there is none, or no environment. */
  readonly readEnvironment: (name: string) => string | undefined;
  /** The fastest way from UTF-8 to text, where there is a faster one than `TextDecoder`. */
  readonly decodeUtf8?: DecodeUtf8 | undefined;
  /** A fast way from bytes to a text with a character for each byte, where there is one. */
  readonly decodeLatin1?: DecodeUtf8 | undefined;
  /** What reads losses where the client's own code comes over the network. */
  readonly plainLosses?: PlainLosses | undefined;
  /** The runtime's diagnostics channels, where it has them. */
  readonly findChannel?: FindChannel | undefined;
  /** Throws a ConfigError where anybody who opens a page could read the key; a platform that shows no pages has none. */
  readonly refuseBrowser?: (() => void) | undefined;
}
