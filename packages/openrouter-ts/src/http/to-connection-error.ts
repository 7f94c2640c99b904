import type { ConnectionError } from '../errors/connection-error.ts';
import { TimeoutError, type Timer } from '../errors/timeout-error.ts';
import { causes } from '../util/causes.ts';
import { isRetryableTimer } from './is-retryable-timer.ts';
import type { LostExchange } from './loss-reader.ts';
import { lossInWords, lostConnection, networkLoss as lost, type LossKind } from './lost-connection.ts';
import { operationName } from './read-context.ts';

const notHttp = 'Something other than the API answers there. Check baseURL.';
const foreign: LossKind = { failure: 'protocol', retryable: false, advice: notHttp };
const untrusted =
  'The certificate is not trusted. Behind a proxy that inspects traffic, name its certificate in NODE_EXTRA_CA_CERTS.';
const crowded = 'Too many sockets are open. Lower maxConcurrency, or raise ulimit -n.';
const tls = { failure: 'tls', retryable: false, sent: false } as const;

const kinds: readonly (readonly [code: RegExp, kind: LossKind])[] = [
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
  // Newer Node.js notices two lengths that contradict each other only when it counts the bytes.
  [/^HPE_|^HTTPParserError$|^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/, { ...foreign, free: true }],
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
export function toConnectionError(cause: unknown, exchange: LostExchange): ConnectionError | TimeoutError {
  const { code, name } = describe(cause);
  const timer = timers[name];
  if (timer !== undefined) return timedOut(timer, cause, exchange, code);
  const [, kind] = kinds.find(([pattern]) => pattern.test(name)) ?? [/(?:)/, lost];
  return lostConnection(cause, exchange, kind, code);
}

function timedOut(
  timer: Timer,
  cause: unknown,
  { request, baseUrl, connected = timer === 'headers' }: LostExchange,
  code: string | undefined,
): TimeoutError {
  return new TimeoutError(
    `${operationName(request)} timed out: ${new URL(baseUrl).host} was waited for longer than fetch allows (${lossInWords(cause, code)}). Raise that limit, and stream long answers.`,
    {
      cause,
      timer,
      retryable: isRetryableTimer(timer, request),
      phase: connected ? 'sent' : 'unsent',
      billing: connected ? 'possible' : 'none',
    },
  );
}

/** The innermost code is the reason, or the name where there is none; but what a proxy refused is the proxy's affair, whatever lies beneath. */
function describe(cause: unknown): { readonly code: string | undefined; readonly name: string } {
  const chain = causes(cause);
  const codes = chain.map(({ code }) => code).filter((code) => typeof code === 'string');
  const code = codes.find((outer) => outer.startsWith('ERR_PROXY')) ?? codes.at(-1);
  return { code, name: code ?? String(chain.at(-1)?.['name']) };
}
