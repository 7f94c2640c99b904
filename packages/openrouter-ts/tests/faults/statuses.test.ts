import { inspect } from 'node:util';
import { describe, expect } from 'vitest';
import {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InsufficientCreditsError,
  NotFoundError,
  PayloadTooLargeError,
  PermissionError,
  RateLimitError,
  RequestTimeoutError,
  ResponseFormatError,
  ServerError,
} from '../../src/index.ts';
import type { ScriptedConnection } from '../../src/testing/server/index.ts';
import { readOn, responseHead, rst, stall, stopReading, until, write } from '../../src/testing/server/index.ts';
import { deferred } from '../support/deferred.ts';
import { closedByClient, everyWay, failureOf, fault, faultQuestion, overNode } from '../support/fault.ts';
import { failure, generationId, html, json, sized } from '../support/scripted-answers.ts';
import { turnsUntil } from '../support/turns.ts';

const hasStalled = ({ events }: ScriptedConnection): boolean => events.some(({ what }) => what === 'stall');

describe('Answers with an error status', () => {
  fault(
    'F27',
    {
      title: '400: the request is wrong',
      phase: 'answered',
      retry: 'no',
      result: "BadRequestError with the provider's own words",
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const raw = JSON.stringify({ error: { message: 'temperature must be at most 2' } });
      const metadata = { error_type: 'invalid_request', provider_name: 'OpenAI', raw };
      const server = await serve([failure(400, { code: 400, message: 'Provider returned error', metadata })]);
      await fails(server, BadRequestError, {
        status: 400,
        errorType: 'invalid_request',
        providerName: 'OpenAI',
        retryable: false,
        generationId,
        message: expect.stringMatching(/Provider returned error \(OpenAI: temperature must be at most 2\)/),
      });
    },
  );

  fault(
    'F28',
    {
      title: '400: the context is too long',
      phase: 'answered',
      retry: 'no',
      result: 'BadRequestError with the type `context_length_exceeded`',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const metadata = { error_type: 'context_length_exceeded' };
      await fails(await serve([failure(400, { code: 400, message: 'Too long', metadata })]), BadRequestError, {
        errorType: 'context_length_exceeded',
        retryable: false,
      });
    },
  );

  fault(
    'F29',
    {
      title: '400: no such model',
      phase: 'answered',
      retry: 'no',
      result: 'BadRequestError with the fallback models that the server names',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const availability = { code: 'model_not_found', retryable: false, fallback_models: ['openai/gpt-4o'] };
      const server = await serve([failure(400, { code: 400, message: 'x is not a valid model ID', availability })]);
      await fails(server, BadRequestError, { body: { availability }, retryable: false });
    },
  );

  fault(
    'F30',
    {
      title: '401: the key is refused',
      phase: 'answered',
      retry: 'no',
      result: 'AuthenticationError that says which option to check',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const server = await serve([failure(401, { code: 401, message: 'User not found.' })]);
      const error = await fails(server, AuthenticationError, { status: 401, retryable: false });
      expect(error.message).toMatch(/apiKey|OPENROUTER_API_KEY/);
    },
  );

  fault(
    'F31',
    {
      title: '402: too few credits',
      phase: 'answered',
      retry: 'no',
      result: 'InsufficientCreditsError',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const server = await serve([failure(402, { code: 402, message: 'This request requires more credits.' })]);
      await fails(server, InsufficientCreditsError, { status: 402, retryable: false });
    },
  );

  fault(
    'F32',
    {
      title: '403: refused by moderation',
      phase: 'answered',
      retry: 'no',
      result: 'PermissionError whose text holds nothing of the flagged input',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const metadata = { reasons: ['violence'], flagged_input: 'my private words', provider_name: 'OpenAI' };
      const server = await serve([failure(403, { code: 403, message: 'Flagged', metadata })]);
      const error = await fails(server, PermissionError, { status: 403, body: { metadata }, retryable: false });
      expect(`${inspect(error)} ${JSON.stringify(error)}`).not.toContain('private');
    },
  );

  fault(
    'F33',
    {
      title: '403: refused by a guardrail or the budget of a key',
      phase: 'answered',
      retry: 'no',
      result: "PermissionError with the server's words",
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      for (const message of ['Blocked by a guardrail', 'Key limit exceeded (total limit)']) {
        const server = await serve([failure(403, { code: 403, message })]);
        await fails(server, PermissionError, { retryable: false, message: expect.stringContaining(message) });
      }
    },
  );

  fault(
    'F34',
    {
      title: '404: no provider is left',
      phase: 'answered',
      retry: 'no',
      result: 'NotFoundError with what excluded them',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const availability = { retryable: false, excluded_by: ['data_policy'] };
      const server = await serve([failure(404, { code: 404, message: 'No endpoints found', availability })]);
      await fails(server, NotFoundError, { status: 404, body: { availability }, retryable: false });
    },
  );

  fault(
    'F35',
    {
      title: '404, but the server says that it is worth another try',
      phase: 'answered',
      retry: 'yes',
      result: 'is tried again: `availability.retryable` outranks the status',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails, recovers, hello }) => {
      const refused = failure(404, { code: 404, message: 'No endpoints', availability: { retryable: true } });
      await fails(await serve([refused]), NotFoundError, { retryable: true });
      await recovers(await serve((_, number) => (number === 1 ? [refused] : hello)));
    },
  );

  fault(
    'F36',
    {
      title: '408: the server waited too long for the request',
      phase: 'answered',
      retry: 'yes',
      result: 'is tried again; then RequestTimeoutError',
      bill: 'possible',
    },
    everyWay,
    async ({ serve, fails, recovers, hello }) => {
      const refused = failure(408, { code: 408, message: 'Timed out' });
      await fails(await serve([refused]), RequestTimeoutError, { status: 408, retryable: true });
      await recovers(await serve((_, number) => (number < 3 ? [refused] : hello)), 3);
    },
  );

  fault(
    'F37',
    {
      title: '409: a conflict with another request',
      phase: 'answered',
      retry: 'once',
      result: 'is tried once more; then ConflictError',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails, recovers, hello }) => {
      const refused = failure(409, { code: 409, message: 'Conflict' });
      await fails(await serve([refused]), ConflictError, { status: 409, retryable: true });
      await recovers(await serve((_, number) => (number === 1 ? [refused] : hello)));
    },
  );

  fault(
    'F38',
    {
      title: '413: the request is too large',
      phase: 'answered',
      retry: 'no',
      result: 'PayloadTooLargeError with our own count of its bytes',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const server = await serve([failure(413, { code: 413, message: 'Too large' })]);
      const error = await fails(server, PayloadTooLargeError, { status: 413, retryable: false });
      expect(error.message).toContain(`${server.requests[0]?.bodyBytes} bytes`);
    },
  );

  fault(
    'F38',
    {
      title: '413 while the request is still being sent, and then a reset',
      phase: 'answered',
      retry: 'no',
      result: 'PayloadTooLargeError all the same, where the answer came through',
      bill: 'none',
    },
    overNode,
    async ({ serve, fails }) => {
      const refused = failure(413, { code: 413, message: 'Too large' }, { connection: 'close' });
      await fails(await serve([refused, rst()], { begin: 'head' }), PayloadTooLargeError, { status: 413 });
    },
  );

  fault(
    'F38',
    {
      title: '413 while a large request is still being sent',
      phase: 'answered',
      retry: 'no',
      result: 'PayloadTooLargeError at once, and the rest is not sent',
      bill: 'none',
    },
    everyWay,
    async ({ way, serve, client, failsAs }) => {
      const gate = deferred();
      const refused = failure(413, { code: 413, message: 'Too large' });
      const server = await serve([stopReading(), refused, until(gate.promise), readOn(), stall()], { begin: 'head' });
      const large = { ...faultQuestion, user: 'x'.repeat(20 * 1024 * 1024) };
      const { chat } = client(server);
      const call = way.mode === 'whole' ? chat.create(large) : chat.stream(large);
      await failsAs(call, PayloadTooLargeError, { status: 413, message: expect.stringMatching(/\(209\d{5} bytes\)/) });
      gate.resolve();
      await closedByClient(server);
      expect(server.requests).toMatchObject([{ complete: false }]);
    },
  );

  fault(
    'F39',
    {
      title: '422: the request cannot be processed',
      phase: 'answered',
      retry: 'no',
      result: 'BadRequestError',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const server = await serve([failure(422, { code: 422, message: 'Unprocessable' })]);
      await fails(server, BadRequestError, { status: 422, retryable: false });
    },
  );

  for (const status of [301, 302, 303, 307, 308]) {
    fault(
      'F61',
      {
        title: 'a redirect to another origin (301, 302, 303, 307, 308)',
        variant: String(status),
        phase: 'answered',
        retry: 'no',
        result: 'ResponseFormatError (redirect) that names the other origin, which never hears of us',
        bill: 'none',
      },
      everyWay,
      async ({ serve, fails, hello }) => {
        const other = await serve(hello);
        const location = `http://127.0.0.1:${other.port}/somewhere?with=secrets`;
        const server = await serve([sized(status, { location }, '')]);
        const error = await fails(server, ResponseFormatError, { failure: 'redirect', status, retryable: false });
        expect(error.message).toContain(`http://127.0.0.1:${other.port},`);
        expect(error.message).not.toContain('secrets');
        expect(other.connections).toEqual([]);
      },
    );
  }

  fault(
    'F61',
    {
      title: 'a fetch that follows redirects all the same',
      retry: 'no',
      result: 'ResponseFormatError (redirect): what comes from elsewhere is not an answer',
      bill: 'none',
    },
    everyWay.filter(({ transport }) => transport === 'fetch'),
    async ({ serve, fails, hello }) => {
      const other = await serve(hello);
      const server = await serve([sized(307, { location: `${other.baseURL}/chat/completions` }, '')]);
      const following = (url: string, init: RequestInit): Promise<Response> =>
        fetch(url, { ...init, redirect: 'follow' });
      const error = await fails(server, ResponseFormatError, { failure: 'redirect' }, { fetch: following });
      expect(error.message).toContain(new URL(other.baseURL).origin);
    },
  );

  fault(
    'F62',
    {
      title: 'a redirect to the same origin',
      phase: 'answered',
      retry: 'no',
      result: 'ResponseFormatError (redirect): nothing is followed',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const server = await serve([sized(308, { location: '/api/v1/chat/completions/' }, '')]);
      await fails(server, ResponseFormatError, { failure: 'redirect', status: 308 });
      expect(server.requests.map(({ path }) => path)).toEqual(['/api/v1/chat/completions']);
    },
  );

  for (const status of [204, 206, 304]) {
    fault(
      'F63',
      {
        title: '204, 206 or 304 in answer to a POST',
        variant: String(status),
        phase: 'answered',
        retry: 'no',
        result: 'ResponseFormatError (unexpected-status)',
        bill: 'possible',
      },
      everyWay,
      async ({ serve, fails }) => {
        const body =
          status === 206 ? sized(206, { 'content-type': 'application/json' }, '{}') : write(responseHead(status));
        const server = await serve([body]);
        await fails(server, ResponseFormatError, { failure: 'unexpected-status', status, retryable: false });
      },
    );
  }

  const oddBodies: readonly (readonly [what: string, body: string])[] = [
    ['text', 'no'],
    ['nothing', ''],
    ['half of its JSON', '{"error":{"code":401,"mess'],
    ['an error that is a string', '{"error":"no"}'],
    ['a code that is a string', '{"error":{"code":"401","message":"no"}}'],
    [
      'http_status in the place of a code',
      '{"error":{"http_status":401,"error_type":"authentication","message":"no"}}',
    ],
    ['an error at the top', '{"code":401,"message":"no","error_type":"authentication"}'],
    ['an array', '[{"error":{"code":401}}]'],
    ['null', 'null'],
    ['an error that is null', '{"error":null}'],
    ['nested metadata of the wrong types', '{"error":{"code":401,"metadata":[1,{"headers":7}],"availability":"x"}}'],
  ];
  for (const [what, body] of oddBodies) {
    fault(
      'F64',
      {
        title: 'an error body of an odd shape: not JSON, cut, a string, an array, codes of the wrong type',
        variant: what,
        phase: 'answered',
        retry: 'no',
        result: 'the error of its status, whatever the body is',
        bill: 'none',
      },
      everyWay,
      async ({ serve, fails }) => {
        const server = await serve([sized(401, { 'content-type': 'application/json' }, body)]);
        await fails(server, AuthenticationError, { status: 401, retryable: false });
      },
    );
  }

  fault(
    'F64',
    {
      title: 'an error body without an end',
      phase: 'answered',
      retry: 'no',
      result: 'the error of its status; no more than `limits.errorBytes` is read, and the connection is closed',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      function* endless(): Generator<string> {
        for (;;) yield 'x'.repeat(64 * 1024);
      }
      const server = await serve([write(responseHead(401)), write(endless())]);
      await fails(server, AuthenticationError, { status: 401 });
      await closedByClient(server);
      expect(server.connections[0]?.bytesSent).toBeLessThan(32 * 1024 * 1024);
    },
  );

  fault(
    'F65',
    {
      title: 'an error body that never ends, in silence',
      phase: 'answered',
      retry: 'yes',
      result: 'is waited for five seconds, then counts by its status and is tried again; then ServerError',
      bill: 'insured',
    },
    everyWay,
    async ({ clock, serve, fails }) => {
      const server = await serve([write(responseHead(500, { 'content-length': '100' })), write('{"error":'), stall()]);
      const failed = fails(server, ServerError, { status: 500, retryable: true });
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        // Some runtimes also open a connection that they may need later.
        await server.until(() => server.connections.filter(hasStalled).length >= attempt);
        await turnsUntil(() => clock.nextTimerMs === 5_000);
        await clock.advance(5_000);
      }
      await failed;
      await closedByClient(server);
    },
  );

  fault(
    'F66',
    {
      title: 'the status says 200 and the body 429',
      phase: 'answered',
      retry: 'yes',
      result: 'counts as the status in `error.code`: is tried again as RateLimitError',
      bill: 'insured',
    },
    everyWay,
    async ({ serve, fails, recovers, hello }) => {
      const refused = json(200, { error: { code: 429, message: 'Slow down' } });
      await fails(await serve([refused]), RateLimitError, { status: 429, retryable: true });
      await recovers(await serve((_, number) => (number === 1 ? [refused] : hello)));
    },
  );

  fault(
    'F67',
    {
      title: '`x-should-retry` contradicts the status',
      phase: 'answered',
      result: 'the header wins',
    },
    everyWay,
    async ({ serve, ask, hello }) => {
      const forbidden = await serve([failure(500, { code: 500, message: 'no' }, { 'x-should-retry': 'false' })]);
      expect(await failureOf(ask(forbidden))).toMatchObject({ name: 'ServerError', retryable: false });
      expect(forbidden.requests).toHaveLength(1);
      const wanted = failure(400, { code: 400, message: 'no' }, { 'x-should-retry': 'true' });
      const server = await serve((_, number) => (number === 1 ? [wanted] : hello));
      await ask(server);
      expect(server.requests).toHaveLength(2);
    },
  );

  fault(
    'F71',
    {
      title: 'a web page with status 404 or 403 (a wrong base URL, a portal)',
      phase: 'answered',
      retry: 'no',
      result: 'the error of its status, with the title of the page and none of its markup',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails }) => {
      const page = `<!DOCTYPE html><html><head><title>Not here</title></head><body>${'<p>x</p>'.repeat(1_000)}</body></html>`;
      const error = await fails(await serve([html(404, page)]), NotFoundError, { retryable: false });
      expect(error.message).toContain('Not here');
      expect(error.message).not.toContain('<');
    },
  );
});
