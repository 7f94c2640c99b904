import { ConnectionError, type ConnectionFailure } from '../errors/connection-error.ts';
import type { Billing } from '../errors/billing.ts';
import type { Phase } from '../errors/phase.ts';
import { oneLine } from '../util/one-line.ts';
import { redact } from '../util/redact.ts';

/** What is known of an exchange that ended without an answer. */
export interface LostExchange {
  /** For the message, such as `POST /chat/completions`. */
  readonly operation: string;
  /** Host and port that were asked. */
  readonly host: string;
  /** Whether the transport reported the request on its way; `undefined` from a transport that cannot know. */
  readonly connected: boolean | undefined;
  /** Whether the connection had served a request before. */
  readonly reused: boolean;
}

interface Kind {
  readonly failure: ConnectionFailure;
  readonly retryable: boolean;
  /** Whether a request can have reached the server; otherwise the phase decides. */
  readonly sent?: boolean;
  readonly advice: string;
}

const offline = 'Check the connection, baseURL, and HTTPS_PROXY if you use a proxy.';
const untrusted =
  'The certificate is not trusted. If a corporate proxy inspects traffic, give Node its certificate with NODE_EXTRA_CA_CERTS.';
const notHttp = 'Something other than the API answers there. Check baseURL.';
const refused: Kind = { failure: 'network', retryable: true, sent: false, advice: offline };

const byCode: Readonly<Record<string, Kind>> = {
  ENOTFOUND: { failure: 'dns', retryable: true, sent: false, advice: offline },
  EAI_AGAIN: { failure: 'dns', retryable: true, sent: false, advice: offline },
  ECONNREFUSED: refused,
  ENETUNREACH: refused,
  EHOSTUNREACH: refused,
  ETIMEDOUT: refused,
  EADDRNOTAVAIL: refused,
  UND_ERR_CONNECT_TIMEOUT: refused,
  EMFILE: { failure: 'local-resource', retryable: false, sent: false, advice: 'This process has too many open files or sockets. Lower maxConcurrency, or raise the limit (ulimit -n).' },
  ENFILE: { failure: 'local-resource', retryable: false, sent: false, advice: 'This machine has too many open files. Lower maxConcurrency, or raise the limit.' },
  UND_ERR_HEADERS_OVERFLOW: { failure: 'protocol', retryable: false, advice: notHttp },
  ERR_PROXY_TUNNEL: { failure: 'proxy', retryable: false, sent: false, advice: 'Check HTTPS_PROXY and its user name and password.' },
  ERR_PROXY_CONNECTION: { failure: 'proxy', retryable: true, sent: false, advice: 'Check HTTPS_PROXY, and that the proxy is up.' },
};

const tlsCode = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$)/;

/**
 * Turns what the runtime threw for want of an answer into a typed error.
 *
 * @param cause - what the transport rejected with
 * @param lost - what is known of the exchange
 * @returns the error, with its verdict and what the attempt may have cost
 */
export function toConnectionError(cause: unknown, lost: LostExchange): ConnectionError {
  const code = codeOf(cause);
  const kind = kindOf(cause, code);
  const sent = kind.sent ?? lost.connected ?? true;
  const phase: Phase = sent ? 'sent' : 'unsent';
  const billing: Billing = sent && kind.failure === 'network' && !lost.reused ? 'possible' : 'none';
  const why = redact(oneLine(code ?? innermost(cause), 200));
  const what = sent ? 'lost its connection' : 'could not connect';
  return new ConnectionError(`${lost.operation} ${what} to ${lost.host} (${why}). ${kind.advice}`, {
    cause,
    failure: kind.failure,
    code,
    retryable: kind.retryable,
    phase,
    billing,
    staleConnection: sent && lost.reused && kind.failure === 'network',
  });
}

function kindOf(cause: unknown, code: string | undefined): Kind {
  if (code !== undefined && Object.hasOwn(byCode, code)) return byCode[code] ?? refused;
  if (code !== undefined && tlsCode.test(code)) return { failure: 'tls', retryable: false, sent: false, advice: untrusted };
  const protocol = code?.startsWith('HPE_') ?? (cause instanceof Error && names(cause).includes('HTTPParserError'));
  if (protocol) return { failure: 'protocol', retryable: false, advice: notHttp };
  return { failure: 'network', retryable: true, advice: offline };
}

/** Runtimes wrap: fetch in a TypeError with a cause, several addresses in an AggregateError. The innermost code is the reason. */
function codeOf(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 5) return undefined;
  const own = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  // What a proxy refused is the proxy's affair, whatever lies beneath.
  if (own?.startsWith('ERR_PROXY') === true) return own;
  const inner = error instanceof AggregateError ? codeOf(error.errors[0], depth + 1) : codeOf(error.cause, depth + 1);
  return inner ?? own;
}

function innermost(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return 'no reason given';
  return error.cause instanceof Error && depth < 5 ? innermost(error.cause, depth + 1) : error.message;
}

function names(error: Error): readonly string[] {
  return error.cause instanceof Error ? [error.name, ...names(error.cause)] : [error.name];
}
