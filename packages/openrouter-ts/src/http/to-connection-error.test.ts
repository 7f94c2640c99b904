import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConnectionError } from '../errors/connection-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { LostExchange } from './loss-reader.ts';
import { toConnectionError } from './to-connection-error.ts';

const unknown: LostExchange = {
  request: { method: 'POST', path: '/chat/completions', stream: false },
  baseUrl: 'https://openrouter.ai/api/v1',
  connected: undefined,
  reused: false,
  durationMs: 5,
};

const offline = 'Check the connection, baseURL, and HTTPS_PROXY if you use a proxy.';
const untrusted =
  'The certificate is not trusted. Behind a proxy that inspects traffic, name its certificate in NODE_EXTRA_CA_CERTS.';
const notHttp = 'Something other than the API answers there. Check baseURL.';
const crowded = 'Too many sockets are open. Lower maxConcurrency, or raise ulimit -n.';

function coded(code: string, message = 'it failed'): Error {
  return Object.assign(new Error(message), { code });
}

describe('an exchange that failed before it was sent', () => {
  it.each([
    ['ENOTFOUND', 'dns', true, offline],
    ['EAI_AGAIN', 'dns', true, offline],
    ['EAI_FAIL', 'dns', true, offline],
    ['ECONNREFUSED', 'network', true, offline],
    ['ENETUNREACH', 'network', true, offline],
    ['EHOSTUNREACH', 'network', true, offline],
    ['ETIMEDOUT', 'network', true, offline],
    ['EADDRNOTAVAIL', 'network', true, offline],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', false, untrusted],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', false, untrusted],
    ['CERT_HAS_EXPIRED', 'tls', false, untrusted],
    ['CERT_NOT_YET_VALID', 'tls', false, untrusted],
    ['CERT_REVOKED', 'tls', false, untrusted],
    ['CRL_HAS_EXPIRED', 'tls', false, untrusted],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', false, untrusted],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls', false, untrusted],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', false, untrusted],
    ['HOSTNAME_MISMATCH', 'tls', false, untrusted],
    ['INVALID_CA', 'tls', false, untrusted],
    ['PATH_LENGTH_EXCEEDED', 'tls', false, untrusted],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', false, notHttp],
    ['EPROTO', 'tls', false, notHttp],
    ['EMFILE', 'local-resource', false, crowded],
    ['ENFILE', 'local-resource', false, crowded],
    ['ERR_PROXY_TUNNEL', 'proxy', false, 'Check HTTPS_PROXY and its user name and password.'],
    ['ERR_PROXY_CONNECTION', 'proxy', true, 'Check HTTPS_PROXY, and that the proxy is up.'],
  ])('%s is a failure of %s', (code, failure, retryable, advice) => {
    const cause = coded(code);
    for (const connected of [undefined, false]) {
      const error = toConnectionError(cause, { ...unknown, connected });
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({
        failure,
        code,
        retryable,
        phase: 'unsent',
        billing: 'none',
        staleConnection: false,
      });
      expect(error.message).toBe(`POST /chat/completions could not connect to openrouter.ai (${code}). ${advice}`);
      expect(error.cause).toBe(cause);
    }
  });

  it('is any that failed before there was a connection', () => {
    for (const code of ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ANYTHING']) {
      const error = toConnectionError(coded(code), { ...unknown, connected: false });
      expect(error).toMatchObject({ failure: 'network', code, retryable: true, phase: 'unsent', billing: 'none' });
      expect(error.message).toBe(`POST /chat/completions could not connect to openrouter.ai (${code}). ${offline}`);
    }
  });
});

describe('an exchange that was lost after it was sent', () => {
  it.each(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED'])('may have been billed: %s', (code) => {
    for (const connected of [undefined, true]) {
      const error = toConnectionError(coded(code), { ...unknown, connected });
      expect(error).toMatchObject({
        failure: 'network',
        code,
        retryable: true,
        phase: 'sent',
        billing: 'possible',
        staleConnection: false,
      });
      expect(error.message).toBe(`POST /chat/completions lost its connection to openrouter.ai (${code}). ${offline}`);
    }
  });

  it('is also one whose failure looks like that of a connection that is not there yet', () => {
    for (const code of ['ETIMEDOUT', 'EHOSTUNREACH', 'EPROTO']) {
      expect(toConnectionError(coded(code), { ...unknown, connected: true })).toMatchObject({
        phase: 'sent',
        billing: 'possible',
      });
    }
  });

  it('was not seen by the server if a kept connection turned out to be closed', () => {
    const stale = { ...unknown, connected: true, reused: true };
    expect(toConnectionError(coded('ECONNRESET'), stale)).toMatchObject({
      retryable: true,
      phase: 'sent',
      billing: 'none',
      staleConnection: true,
    });
    expect(toConnectionError(coded('HPE_INVALID_CONSTANT'), stale)).toMatchObject({ staleConnection: false });
    expect(toConnectionError(coded('ECONNRESET'), { ...stale, connected: false })).toMatchObject({
      staleConnection: false,
    });
  });

  it.each([
    ['HPE_INVALID_CONSTANT', coded('HPE_INVALID_CONSTANT')],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', coded('UND_ERR_RES_CONTENT_LENGTH_MISMATCH')],
    [
      undefined,
      Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error('Response does not match the HTTP/1.1 protocol'), { name: 'HTTPParserError' }),
      }),
    ],
  ])('was answered by something that does not speak HTTP: %s', (code, cause) => {
    const error = toConnectionError(cause, unknown);
    expect(error).toMatchObject({ failure: 'protocol', code, retryable: false, phase: 'sent', billing: 'none' });
    expect(error.message).toContain(notHttp);
  });

  it.each(['UND_ERR_HEADERS_OVERFLOW', 'HPE_HEADER_OVERFLOW'])(
    'was answered with more headers than are read, by whomever: %s',
    (code) => {
      expect(toConnectionError(coded(code), unknown)).toMatchObject({
        failure: 'protocol',
        code,
        retryable: false,
        phase: 'sent',
        billing: 'possible',
      });
    },
  );
});

describe('a wait that fetch ended by itself', () => {
  it('for the connection is a timeout worth another try', () => {
    const cause = new TypeError('fetch failed', { cause: coded('UND_ERR_CONNECT_TIMEOUT') });
    const error = toConnectionError(cause, unknown);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({
      timer: 'connect',
      timeoutMs: undefined,
      retryable: true,
      phase: 'unsent',
      billing: 'none',
    });
    expect(error.message).toBe(
      'POST /chat/completions timed out: openrouter.ai was waited for longer than fetch allows (UND_ERR_CONNECT_TIMEOUT). Raise that limit, and stream long answers.',
    );
    expect(error.cause).toBe(cause);
  });

  it('for the headers is a timeout that may have been billed', () => {
    const error = toConnectionError(coded('UND_ERR_HEADERS_TIMEOUT'), unknown);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ timer: 'headers', retryable: false, phase: 'sent', billing: 'possible' });
  });
});

describe('the reason of a lost exchange', () => {
  it('is the innermost code', () => {
    const cause = new TypeError('fetch failed', {
      cause: coded('ENOTFOUND', 'getaddrinfo ENOTFOUND openrouter.invalid'),
    });
    expect(toConnectionError(cause, unknown)).toMatchObject({ code: 'ENOTFOUND', failure: 'dns' });
    expect(toConnectionError(Object.assign(coded('OUTER'), { cause: coded('ECONNREFUSED') }), unknown)).toMatchObject({
      code: 'ECONNREFUSED',
    });
    expect(
      toConnectionError(Object.assign(coded('ECONNREFUSED'), { cause: new Error('no code') }), unknown),
    ).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is that of the first address where several were tried', () => {
    const several = new AggregateError([coded('ETIMEDOUT'), coded('ENETUNREACH')]);
    expect(toConnectionError(new TypeError('fetch failed', { cause: several }), unknown)).toMatchObject({
      code: 'ETIMEDOUT',
      phase: 'unsent',
    });
  });

  it('is that of the proxy, whatever lies beneath', () => {
    const cause = Object.assign(coded('ERR_PROXY_CONNECTION'), { cause: coded('ECONNREFUSED') });
    expect(toConnectionError(cause, unknown)).toMatchObject({ code: 'ERR_PROXY_CONNECTION', failure: 'proxy' });
  });

  it('is in words where there is no code', () => {
    const cause = new TypeError('fetch failed', { cause: new Error('something\n odd') });
    const error = toConnectionError(cause, unknown);
    expect(error).toMatchObject({
      code: undefined,
      failure: 'network',
      retryable: true,
      phase: 'sent',
      billing: 'possible',
    });
    expect(error.message).toContain('(something odd)');
    const deeper = new TypeError('fetch failed', { cause: new Error('middle', { cause: new Error('deep') }) });
    expect(toConnectionError(deeper, unknown).message).toContain('(deep)');
  });

  it.each([undefined, null, 'text', 7, {}, new Error(' '), { message: 7 }])('is not known of %j', (cause) => {
    const error = toConnectionError(cause, unknown);
    expect(error.message).toBe(
      `POST /chat/completions lost its connection to openrouter.ai (no reason given). ${offline}`,
    );
    expect(error).toMatchObject({ failure: 'network', code: undefined, phase: 'sent' });
  });

  it('is not looked for in a number, as the code of an abort is', () => {
    expect(toConnectionError(Object.assign(new Error('aborted'), { code: 20 }), unknown)).toMatchObject({
      code: undefined,
    });
  });

  it('is found although causes lead in a circle', () => {
    const circular = new Error('round and round');
    circular.cause = circular;
    expect(toConnectionError(circular, unknown).message).toContain('(round and round)');
  });

  it('is short and shows no key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\da-f]{24}$/), (text, digits) => {
        const error = toConnectionError({ message: `${text} sk-or-v1-${digits} ${'x'.repeat(300)}` }, unknown);
        expect(error.message).not.toContain(digits);
        expect(error.message.length).toBeLessThan(400);
      }),
    );
  });

  it('can be logged', () => {
    const error = toConnectionError(coded('ECONNREFUSED'), unknown);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: 'ConnectionError',
      kind: 'connection',
      code: 'ECONNREFUSED',
    });
    expect(inspect(error)).toContain('ECONNREFUSED');
  });
});
