import { inspect } from 'node:util';
import { describe, expect, vi } from 'vitest';
import { ConfigError, ConnectionError, OpenRouter, TimeoutError, type Fetch } from '../../src/index.ts';
import {
  closedPort,
  fin,
  rst,
  write,
  type Script,
  type ScriptedServer,
  type ScriptedStep,
} from '../../src/testing/server/index.ts';
import { breakLookup } from '../support/broken-lookup.ts';
import { selfSigned, trust } from '../support/certificate.ts';
import {
  anyWay,
  everyWay,
  failureOf,
  fault,
  faultKey,
  faultQuestion,
  overNode,
  type Answer,
  type Way,
} from '../support/fault.ts';
import { turnsUntil } from '../support/turns.ts';

const named = 'https://nope.invalid/api/v1';
const overFetch: readonly Way[] = everyWay.filter(({ transport }) => transport === 'fetch');

/** A `fetch` that fails as the runtime's does. */
function failing(...codes: readonly string[]): Fetch {
  const errors = codes.map((code) => Object.assign(new Error(`connect ${code} 192.0.2.1:443`), { code }));
  const cause = errors.length === 1 ? errors[0] : new AggregateError(errors);
  return () => Promise.reject(new TypeError('fetch failed', { cause }));
}

describe('Before the request is sent', () => {
  fault(
    'F01',
    {
      title: 'the connection is refused',
      phase: 'unsent',
      retry: 'yes',
      result:
        'is tried again; then ConnectionError with the code ECONNREFUSED, also where several addresses were tried',
      bill: 'none',
    },
    everyWay,
    async ({ fails }) => {
      const port = await closedPort();
      for (const host of ['127.0.0.1', 'localhost']) {
        const error = await fails(`http://${host}:${port}/api/v1`, ConnectionError, {
          failure: 'network',
          code: 'ECONNREFUSED',
          retryable: true,
        });
        expect(error.message).toContain(`${host}:${port}`);
      }
    },
  );

  fault(
    'F02',
    {
      title: 'the name does not exist (ENOTFOUND)',
      phase: 'unsent',
      retry: 'once',
      result: 'is tried once more, since it is a typing error or this machine is offline; then ConnectionError',
      bill: 'none',
    },
    everyWay,
    async ({ fails }) => {
      const lookups = breakLookup('ENOTFOUND');
      const error = await fails(named, ConnectionError, { failure: 'dns', code: 'ENOTFOUND', retryable: true });
      expect(error.message).toMatch(/nope\.invalid.*Check the connection, baseURL/);
      expect(lookups.count).toBe(2);
    },
  );

  fault(
    'F03',
    {
      title: 'the name cannot be looked up just now (EAI_AGAIN)',
      phase: 'unsent',
      retry: 'yes',
      result: 'is tried again; then ConnectionError',
      bill: 'none',
    },
    everyWay,
    async ({ fails }) => {
      breakLookup('EAI_AGAIN');
      await fails(named, ConnectionError, { failure: 'dns', code: 'EAI_AGAIN', retryable: true });
    },
  );

  fault(
    'F04',
    {
      title: 'nobody answers the attempt to connect',
      phase: 'unsent',
      retry: 'yes',
      result: 'ends after ten seconds and is tried again; then TimeoutError (connect)',
      bill: 'none',
    },
    overNode,
    async ({ clock, fails }) => {
      const lookups = breakLookup(undefined);
      const failed = fails(named, TimeoutError, { timer: 'connect', timeoutMs: 10_000, retryable: true });
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        await turnsUntil(() => lookups.count === attempt);
        await clock.advance(10_000);
      }
      await failed;
    },
  );

  fault(
    'F04',
    {
      title: "nobody answers the attempt to connect, and fetch's own timer notices",
      phase: 'unsent',
      retry: 'yes',
      result: 'is tried again; then TimeoutError (connect)',
      bill: 'none',
    },
    overFetch,
    async ({ fails }) => {
      await fails(named, TimeoutError, { timer: 'connect' }, { fetch: failing('UND_ERR_CONNECT_TIMEOUT') });
    },
  );

  fault(
    'F05',
    {
      title: 'the certificate is self-signed',
      phase: 'unsent',
      retry: 'no',
      result: 'ConnectionError (tls) that names NODE_EXTRA_CA_CERTS and never advises to switch checking off',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails, hello }) => {
      const certificate = selfSigned('IP:127.0.0.1');
      if (certificate === undefined) return;
      const server = await serve(hello, { tls: certificate });
      const error = await fails(server, ConnectionError, {
        failure: 'tls',
        code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
        retryable: false,
      });
      expect(error.message).toContain('NODE_EXTRA_CA_CERTS');
      expect(error.message).not.toMatch(/reject|verif/i);
      expect(server.requests).toEqual([]);
    },
  );

  fault(
    'F05',
    {
      title: 'the certificate is for another name',
      phase: 'unsent',
      retry: 'no',
      result: 'ConnectionError (tls)',
      bill: 'none',
    },
    overNode,
    async ({ serve, fails, hello }) => {
      const certificate = selfSigned('DNS:elsewhere.example');
      if (certificate === undefined) return;
      trust(certificate);
      const server = await serve(hello, { tls: certificate });
      await fails(server, ConnectionError, { failure: 'tls', code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
      expect(server.requests).toEqual([]);
    },
  );

  fault(
    'F05',
    {
      title: 'the certificate has expired',
      phase: 'unsent',
      retry: 'no',
      result: 'ConnectionError (tls)',
      bill: 'none',
    },
    overFetch,
    async ({ fails }) => {
      await fails(named, ConnectionError, { failure: 'tls' }, { fetch: failing('CERT_HAS_EXPIRED') });
    },
  );

  fault(
    'F06',
    {
      title: 'HTTPS is spoken to a port of plain HTTP',
      phase: 'unsent',
      retry: 'no',
      result: 'ConnectionError (tls) that says to check baseURL',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const server = await serve([write('HTTP/1.1 400 Bad Request\r\n\r\n'), fin()], { begin: 'connection' });
      const error = await fails(server.baseURL.replace('http:', 'https:'), ConnectionError, {
        failure: 'tls',
        code: expect.stringMatching(/^(?:ERR_SSL|EPROTO)/),
      });
      expect(error.message).toContain('Check baseURL');
    },
  );

  fault(
    'F07',
    {
      title: 'the server had closed a kept connection',
      phase: 'sent',
      result: 'is sent over a new one, whatever maxRetries says; the caller does not notice',
      retry: 'once',
      bill: 'none',
    },
    overNode,
    async ({ serve, client, ask, hello }) => {
      const server = await serve(resetOnce(hello));
      const one = client(server, { maxRetries: 0 });
      const { response } = await askUntil(server, () => ask(one));
      expect(response.attempts).toMatchObject([{ failure: 'connection', phase: 'sent', billing: 'none' }, {}]);
    },
  );

  fault(
    'F07',
    {
      title: 'the server had closed a kept connection, and fetch does not say so',
      phase: 'sent',
      result: 'is tried once more as a lost connection',
      retry: 'once',
      bill: 'possible',
    },
    // A stream over fetch gives its connection up when it has read enough.
    overFetch.filter(({ mode }) => mode === 'whole'),
    async ({ serve, client, ask, hello }) => {
      const server = await serve(resetOnce(hello));
      const one = client(server);
      const { response } = await askUntil(server, () => ask(one));
      expect(response.attempts).toMatchObject([{ failure: 'connection', phase: 'sent', billing: 'possible' }, {}]);
    },
  );

  fault(
    'F08',
    {
      title: 'the proxy asks for another password (407)',
      phase: 'unsent',
      retry: 'no',
      result: 'ConnectionError (proxy) without the credentials',
      bill: 'none',
    },
    overNode,
    async ({ serve, fails }) => {
      const proxy = await serve([write('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'), fin()]);
      vi.stubEnv('HTTPS_PROXY', `http://me:hush@127.0.0.1:${proxy.port}`);
      const error = await fails(named, ConnectionError, { failure: 'proxy', retryable: false });
      expect(inspect(error, { depth: 12 })).not.toContain('hush');
      expect(proxy.requests).toMatchObject([{ method: 'CONNECT', path: 'nope.invalid:443' }]);
      expect(proxy.requests[0]?.headers).not.toHaveProperty('authorization');
    },
  );

  fault(
    'F08',
    {
      title: 'the proxy cannot be reached, or cannot reach the API',
      phase: 'unsent',
      retry: 'yes',
      result: 'is tried again; then ConnectionError (proxy) without the credentials',
      bill: 'none',
    },
    overNode,
    async ({ serve, fails }) => {
      const proxy = await serve([write('HTTP/1.1 503 Service Unavailable\r\n\r\n'), fin()]);
      for (const port of [proxy.port, await closedPort()]) {
        vi.stubEnv('HTTPS_PROXY', `http://me:hush@127.0.0.1:${port}`);
        const error = await fails(named, ConnectionError, { failure: 'proxy', retryable: true });
        expect(inspect(error, { depth: 12 })).not.toContain('hush');
      }
      expect(proxy.requests).toHaveLength(3);
    },
  );

  fault(
    'F09',
    {
      title: 'this process has too many files open (EMFILE, ENFILE)',
      phase: 'unsent',
      retry: 'no',
      result: 'ConnectionError (local-resource) that names maxConcurrency',
      bill: 'none',
    },
    everyWay,
    async ({ fails }) => {
      for (const code of ['EMFILE', 'ENFILE']) {
        breakLookup(code);
        const error = await fails(named, ConnectionError, { failure: 'local-resource', code, retryable: false });
        expect(error.message).toContain('maxConcurrency');
        vi.restoreAllMocks();
      }
    },
  );

  fault(
    'F10',
    {
      title: 'none of several addresses answers (broken IPv6)',
      phase: 'unsent',
      retry: 'yes',
      result: 'is tried again; then ConnectionError with the code of the first address',
      bill: 'none',
    },
    overFetch,
    async ({ fails }) => {
      await fails(
        named,
        ConnectionError,
        { failure: 'network', code: 'ETIMEDOUT' },
        { fetch: failing('ETIMEDOUT', 'ENETUNREACH') },
      );
    },
  );

  fault(
    'F11',
    {
      title: 'this machine is offline (ENETUNREACH, EHOSTUNREACH)',
      phase: 'unsent',
      retry: 'yes',
      result: 'is tried again; then ConnectionError',
      bill: 'none',
    },
    everyWay,
    async ({ fails }) => {
      for (const code of ['ENETUNREACH', 'EHOSTUNREACH']) {
        breakLookup(code);
        await fails(named, ConnectionError, { failure: 'network', code, retryable: true });
        vi.restoreAllMocks();
      }
    },
  );

  fault(
    'F12',
    {
      title: 'the API key cannot be one',
      result: 'ConfigError without the key, and nothing is sent; outer white space and `Bearer ` are removed',
      bill: 'none',
    },
    anyWay,
    async ({ serve, ask, failsAs, hello }) => {
      const server = await serve(hello);
      for (const secret of ['', ' \t', 'Bearer ', 'hu\r\nsh', 'hu sh', 'hush…', '"hush"', "'hush'", 'hu\0sh']) {
        const refused = await failsAs(
          Promise.resolve().then(() => new OpenRouter({ apiKey: secret, baseURL: server.baseURL })),
          ConfigError,
        );
        expect(`${refused.message} ${inspect(refused, { depth: 12 })}`.toLowerCase()).not.toMatch(/hush|hu sh|\bhu\b/);
        await failsAs(ask(server, { apiKey: () => secret }), ConfigError);
      }
      expect(server.connections).toEqual([]);
      for (const apiKey of [`Bearer ${faultKey}`, `\n ${faultKey}\r\n`]) await ask(server, { apiKey });
      expect(server.requests.map(({ headers }) => headers['authorization'])).toEqual(
        Array.from({ length: 2 }, () => `Bearer ${faultKey}`),
      );
    },
  );

  fault(
    'F13',
    {
      title: 'a header holds a line break, NUL or a character that HTTP cannot carry',
      result: 'ConfigError that names the header and not its value, and nothing is sent',
      bill: 'none',
    },
    anyWay,
    async ({ serve, client, failsAs, hello }) => {
      const server = await serve(hello);
      for (const value of ['hush\r\nx-evil: 1', 'hush\0', 'hush\n', 'hush 日本']) {
        for (const [name, options] of [
          ['siteName', { siteName: value }],
          ['siteUrl', { siteUrl: value }],
          ['x-own', { defaultHeaders: { 'X-Own': value } }],
        ] as const) {
          const refused = await failsAs(
            Promise.resolve().then(() => client(server, options)),
            ConfigError,
          );
          expect(refused.message).toContain(name);
          expect(refused.message).not.toContain('hush');
        }
        await failsAs(client(server).chat.create(faultQuestion, { headers: { 'X-Own': value } }), ConfigError);
      }
      expect(server.connections).toEqual([]);
    },
  );

  fault(
    'F14',
    {
      title: 'the request cannot be written as JSON',
      result: 'ConfigError, and nothing is sent; half a surrogate pair is replaced by U+FFFD',
      bill: 'none',
    },
    anyWay,
    async ({ serve, client, failsAs, hello }) => {
      const server = await serve(hello);
      const circle: Record<string, unknown> = {};
      circle['self'] = circle;
      const refusing = {
        toJSON: () => {
          throw new Error('no');
        },
      };
      const { chat } = client(server);
      for (const metadata of [{ big: 1n }, circle, refusing]) {
        await failsAs(chat.create({ ...faultQuestion, metadata } as never), ConfigError, {
          message: expect.stringContaining('cannot be written as JSON'),
        });
      }
      expect(server.connections).toEqual([]);
      const bodies: unknown[] = [];
      const noting: Fetch = (url, init) => {
        bodies.push(init.body);
        return fetch(url, init);
      };
      await client(server, { fetch: noting }).chat.create({ ...faultQuestion, user: 'a\ud83d' });
      expect(JSON.parse(String(bodies[0]))).toMatchObject({ user: 'a\ufffd' });
    },
  );

  fault(
    'F15',
    {
      title: 'the signal has already been aborted',
      result: "rejects with the signal's own reason, and nothing is sent",
      bill: 'none',
    },
    everyWay,
    async ({ serve, ask, hello }) => {
      const server = await serve(hello);
      const reason = new Error('not today');
      expect(await failureOf(ask(server, {}, { signal: AbortSignal.abort(reason) }))).toBe(reason);
      expect(server.connections).toEqual([]);
    },
  );
});

/** Resets the first connection that is used again. */
function resetOnce(answer: readonly ScriptedStep[]): Script {
  let resets = 0;
  return ({ requests }) => {
    if (requests.length < 2 || resets > 0) return answer;
    resets += 1;
    return [rst()];
  };
}

/** Asks until a connection is used again, which it can be once the end of the answer before has come. */
async function askUntil({ connections }: ScriptedServer, ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    expect(answer.completion.choices[0]?.message.content).toBe('Hello');
    if (connections.some(({ requests }) => requests.length === 2)) return answer;
  }
}
