import { ConnectionError, type ConnectionFailure } from '../errors/connection-error.ts';
import { causes } from '../util/causes.ts';
import { oneLine } from '../util/one-line.ts';
import { redact } from '../util/redact.ts';
import type { LostExchange } from './loss-reader.ts';
import { operationName } from './read-context.ts';

/** What is known of a lost connection by the runtime's code for it. */
export interface LossKind {
  readonly failure: ConnectionFailure;
  readonly retryable: boolean;
  /** Whether a request can have reached the server, where the transport cannot tell. Default true. */
  readonly sent?: boolean;
  /** Whether what answered cannot have run a model. */
  readonly free?: boolean;
  readonly advice: string;
}

/** The server's word that it had closed a kept connection comes at once; one that comes later may be about the request itself. */
const staleMs = 1_000;

/** What is taken for the kind of a loss without a code, as browsers have them. */
export const networkLoss: LossKind = {
  failure: 'network',
  retryable: true,
  advice: 'Check the connection, baseURL, and HTTPS_PROXY if you use a proxy.',
};

/**
 * Makes the error of an exchange that was lost.
 *
 * @param cause - what the transport rejected with
 * @param exchange - what is known of the exchange
 * @param kind - what is known of the loss; default: the network's
 * @param code - the runtime's code for it
 * @returns the error, with its verdict and what the attempt may have cost
 */
export function lostConnection(
  cause: unknown,
  { request, baseUrl, connected, reused, durationMs }: LostExchange,
  kind: LossKind = networkLoss,
  code?: string,
): ConnectionError {
  const { failure, retryable, free, advice } = kind;
  const sent = connected ?? kind.sent !== false;
  const staleConnection = sent && reused && durationMs < staleMs && failure === 'network';
  const what = sent ? 'lost its connection' : 'could not connect';
  return new ConnectionError(
    `${operationName(request)} ${what} to ${new URL(baseUrl).host} (${lossInWords(cause, code)}). ${advice}`,
    {
      cause,
      retryable,
      phase: sent ? 'sent' : 'unsent',
      billing: sent && !staleConnection && free !== true ? 'possible' : 'none',
      failure,
      code,
      staleConnection,
    },
  );
}

/**
 * Says why something was lost.
 *
 * @param cause - what was caught
 * @param code - the runtime's code for it
 * @returns the code, or the innermost message without keys, on one line
 */
export function lossInWords(cause: unknown, code: string | undefined): string {
  const message = code ?? causes(cause).at(-1)?.['message'];
  return redact(oneLine(typeof message === 'string' ? message : '', 200)) || 'no reason given';
}
