import { ConnectionError, type ConnectionFailure } from '../errors/connection-error.ts';
import { TimeoutError, type Timer } from '../errors/timeout-error.ts';
import { causes } from '../util/causes.ts';
import { oneLine } from '../util/one-line.ts';
import { redact } from '../util/redact.ts';
import { isRetryableTimer, type TimedRequest } from './is-retryable-timer.ts';
import { operationName } from './read-context.ts';

/** What is known of an exchange that ended without an answer. */
export interface LostExchange {
  /** What was asked. */
  readonly request: TimedRequest;
  /** Host and port that were asked. */
  readonly host: string;
  /** Whether the transport reported the request on its way; `undefined` from a transport that cannot know. */
  readonly connected: boolean | undefined;
  /** Whether the connection had served a request before, and failed as soon as it was used again. */
  readonly stale: boolean;
}

interface Kind {
  readonly failure: ConnectionFailure;
  readonly retryable: boolean;
  /** Whether a request can have reached the server, where the transport cannot tell. Default true. */
  readonly sent?: boolean;
  /** Whether what answered cannot have run a model. */
  readonly free?: boolean;
  readonly advice: string;
}

const offline = 'Check the connection, baseURL, and HTTPS_PROXY if you use a proxy.';
const notHttp = 'Something other than the API answers there. Check baseURL.';
const lost: Kind = { failure: 'network', retryable: true, advice: offline };
const foreign: Kind = { failure: 'protocol', retryable: false, advice: notHttp };
const untrusted =
  'The certificate is not trusted. Behind a proxy that inspects traffic, name its certificate in NODE_EXTRA_CA_CERTS.';
const crowded = 'Too many sockets are open. Lower maxConcurrency, or raise ulimit -n.';
const tls = { failure: 'tls', retryable: false, sent: false } as const;

const kinds: readonly (readonly [code: RegExp, kind: Kind])[] = [
  [/^(?:ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|EADDRNOTAVAIL)$/, { ...lost, sent: false }],
  [/^(?:ENOTFOUND$|EAI_)/, { ...lost, failure: 'dns', sent: false }],
  [
    /^(?:ERR_TLS|CERT_|CRL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_|PATH_LENGTH)/,
    { ...tls, advice: untrusted },
  ],
  [/^(?:ERR_SSL|EPROTO$)/, { ...tls, advice: notHttp }],
  [/^E[MN]FILE$/, { failure: 'local-resource', retryable: false, sent: false, advice: crowded }],
  [
    /^ERR_PROXY_(?:TUNNEL|URL)$/,
    { failure: 'proxy', retryable: false, sent: false, advice: 'Check HTTPS_PROXY and its user name and password.' },
  ],
  [
    /^ERR_PROXY/,
    { failure: 'proxy', retryable: true, sent: false, advice: 'Check HTTPS_PROXY, and that the proxy is up.' },
  ],
  [/_OVERFLOW$/, foreign],
  [/^HPE_|^HTTPParserError$/, { ...foreign, free: true }],
];

/** The limits that some implementations of `fetch` have of their own. */
const timers: Readonly<Record<string, Timer>> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect',
  UND_ERR_HEADERS_TIMEOUT: 'headers',
};

/**
 * Turns what the runtime threw for want of an answer into a typed error.
 *
 * @param cause - what the transport rejected with
 * @param exchange - what is known of the exchange
 * @returns the error, with its verdict and what the attempt may have cost
 */
export function toConnectionError(
  cause: unknown,
  { request, host, connected, stale }: LostExchange,
): ConnectionError | TimeoutError {
  const operation = operationName(request);
  const { code, name, reason } = describe(cause);
  const timer = timers[name];
  const [, kind] = kinds.find(([pattern]) => pattern.test(name)) ?? [/(?:)/, lost];
  const sent = connected ?? (timer === undefined ? kind.sent !== false : timer === 'headers');
  const staleConnection = sent && stale && kind.failure === 'network';
  const details = {
    cause,
    retryable: timer === undefined ? kind.retryable : isRetryableTimer(timer, request),
    phase: sent ? 'sent' : 'unsent',
    billing: sent && !staleConnection && kind.free !== true ? 'possible' : 'none',
  } as const;
  if (timer !== undefined) {
    return new TimeoutError(
      `${operation} timed out: ${host} was waited for longer than fetch allows (${reason}). Raise that limit, and stream long answers.`,
      { ...details, timer },
    );
  }
  const what = sent ? 'lost its connection' : 'could not connect';
  return new ConnectionError(`${operation} ${what} to ${host} (${reason}). ${kind.advice}`, {
    ...details,
    failure: kind.failure,
    code,
    staleConnection,
  });
}

/** The innermost code is the reason, or the name where there is none; but what a proxy refused is the proxy's affair, whatever lies beneath. */
function describe(cause: unknown): {
  readonly code: string | undefined;
  readonly name: string;
  readonly reason: string;
} {
  const chain = causes(cause);
  const codes = chain.map(({ code }) => code).filter((code) => typeof code === 'string');
  const code = codes.find((outer) => outer.startsWith('ERR_PROXY')) ?? codes.at(-1);
  const { name, message } = chain.at(-1) ?? {};
  const words = code ?? (typeof message === 'string' ? message : '');
  return { code, name: code ?? String(name), reason: redact(oneLine(words, 200)) || 'no reason given' };
}
