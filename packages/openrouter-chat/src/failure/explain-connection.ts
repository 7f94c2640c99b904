import type { ConnectionError, ConnectionFailure, TimeoutError } from 'openrouter-ts';
import { exitCode } from '../exit-code.ts';
import type { Failure, FailurePlace } from './failure.ts';

const causes: Readonly<Record<ConnectionFailure, string>> = {
  dns: 'the name could not be looked up',
  network: 'the network failed',
  tls: 'its certificate is not trusted',
  proxy: 'the proxy failed',
  'local-resource': 'this machine has too many open files or connections',
  protocol: 'something else answers there',
};

const codes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'there is no network',
  ETIMEDOUT: 'it did not answer',
};

/**
 * Explains that there was no answer at all.
 *
 * @param error - what failed
 * @param place - where
 * @returns the words
 */
export function explainConnection(error: ConnectionError, { baseUrl }: FailurePlace): Failure {
  const host = baseUrl === undefined ? 'openrouter.ai' : hostOf(baseUrl);
  const cause = codes[error.code ?? ''] ?? causes[error.failure];
  const own =
    baseUrl === undefined ? [] : ['OPENROUTER_BASE_URL names this address; unset it to use OpenRouter itself.'];
  return {
    what: `Can't reach ${host}: ${cause}${error.code === undefined ? '' : ` (${error.code})`}.`,
    advice: [adviceFor(error.failure), ...own],
    exitCode: exitCode.networkFailed,
  };
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}

function adviceFor(failure: ConnectionFailure): string {
  if (failure === 'tls') return 'If a corporate proxy inspects traffic, name its certificate in NODE_EXTRA_CA_CERTS.';
  if (failure === 'proxy') return 'Check HTTPS_PROXY, with its user name and password.';
  if (failure === 'local-resource') return 'Close some programs, or raise the limit (ulimit -n).';
  return 'Check the connection, and HTTPS_PROXY if you use a proxy.';
}

/**
 * Explains that an answer did not come in time.
 *
 * @param error - which wait was too long
 * @returns the words
 */
export function explainTimeout(error: TimeoutError): Failure {
  const within = error.timeoutMs === undefined ? 'in time' : `within ${Math.round(error.timeoutMs / 1000)} s`;
  const whats: Readonly<Record<TimeoutError['timer'], string>> = {
    connect: `No connection ${within}.`,
    headers: `OpenRouter did not answer ${within}.`,
    'first-content': `The model did not begin ${within}.`,
    'idle-bytes': `The connection went silent: nothing more came ${within}.`,
    'idle-data': `The model went silent: nothing more came ${within}.`,
    total: `The answer was not complete ${within}.`,
  };
  const advice =
    error.timer === 'connect'
      ? 'Check the connection, and HTTPS_PROXY if you use a proxy.'
      : 'Try again, or try another model.';
  return { what: whats[error.timer], why: undefined, advice: [advice], exitCode: exitCode.networkFailed };
}
