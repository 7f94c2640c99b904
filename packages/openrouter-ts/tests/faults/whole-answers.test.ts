import { gzipSync } from 'node:zlib';
import { describe, expect } from 'vitest';
import {
  LimitExceededError,
  ResponseFormatError,
  StreamInterruptedError,
  StreamProviderError,
  TimeoutError,
} from '../../src/index.ts';
import { chunk, fin, responseHead, rst, stall, write, type ScriptedStep } from '../../src/testing/server/index.ts';
import { closedByClient, fault, streamed, whole } from '../support/fault.ts';
import {
  bodyEnd,
  completionOf,
  events,
  generationId,
  html,
  json,
  sized,
  streamHead,
} from '../support/scripted-answers.ts';
import { someTurns } from '../support/turns.ts';
import { chunkOf, done, finish, text, usageChunk } from '../support/sse-text.ts';

const asJson = { 'content-type': 'application/json' };
const completion = JSON.stringify(completionOf());

function chunked(body: readonly (string | Uint8Array)[], headers: Readonly<Record<string, string>> = {}): ScriptedStep {
  const head = responseHead(200, {
    ...asJson,
    'x-generation-id': generationId,
    'transfer-encoding': 'chunked',
    ...headers,
  });
  return write([head, ...body.map((piece) => chunk(piece))]);
}

describe('Whole answers', () => {
  fault(
    'F68',
    {
      title: 'an empty body',
      phase: 'answered',
      retry: 'once',
      result: 'is tried once more; then ResponseFormatError (empty)',
      bill: 'possible',
    },
    whole,
    async ({ serve, fails, recovers, hello }) => {
      const empty = sized(200, asJson, '');
      await fails(await serve([empty]), ResponseFormatError, { failure: 'empty', status: 200, generationId });
      await recovers(await serve((_, number) => (number === 1 ? [empty] : hello)));
    },
  );

  fault(
    'F69',
    {
      title: 'white space that keeps the connection alive before the JSON',
      result: 'is not part of the answer, and counts as a sign of life',
      bill: 'certain',
    },
    whole,
    async ({ serve, ask }) => {
      const server = await serve([
        chunked([...Array.from({ length: 20 }, () => '\n         \n'), completion]),
        bodyEnd,
      ]);
      const { completion: answer } = await ask(server);
      expect(answer).toEqual(completionOf());
    },
  );

  fault(
    'F70',
    {
      title: 'only white space, and then the end',
      phase: 'answered',
      retry: 'once',
      result: 'as F68',
      bill: 'possible',
    },
    whole,
    async ({ serve, fails, recovers, hello }) => {
      const blank = [chunked(['\n   \n', '\n   \n']), bodyEnd];
      await fails(await serve(blank), ResponseFormatError, { failure: 'empty' });
      await recovers(await serve((_, number) => (number === 1 ? blank : hello)));
    },
  );

  fault(
    'F71',
    {
      title: 'a web page with status 200 (a captive portal, a wrong base URL)',
      phase: 'answered',
      retry: 'no',
      result: 'ResponseFormatError (html) with the title of the page',
      bill: 'none',
    },
    [...whole, ...streamed],
    async ({ serve, fails }) => {
      const page = '<!DOCTYPE html>\n<html><title>Welcome to the hotel</title><script>alert(1)</script></html>';
      const error = await fails(await serve([html(200, page)]), ResponseFormatError, { failure: 'html', status: 200 });
      expect(error.message).toMatch(/Welcome to the hotel.*baseURL ends in \/api\/v1/);
      expect(error.message).not.toContain('<');
    },
  );

  const half = completion.slice(0, 60);
  const cuts: readonly (readonly [how: string, steps: readonly ScriptedStep[]])[] = [
    ['closed before the length that was announced', [sized(200, asJson, half, completion.length), fin()]],
    ['reset', [sized(200, asJson, half, completion.length), rst()]],
    ['closed within a chunk', [chunked([half]), write('10\r\nabc'), fin()]],
    ['broken by a chunk whose length is no number', [chunked([half]), write('zz\r\nabc\r\n'), stall()]],
    ['ended properly in the middle of the JSON', [chunked([half]), bodyEnd]],
  ];
  for (const [how, steps] of cuts) {
    fault(
      'F72',
      {
        title: 'an answer that breaks off: too short, reset, cut within a chunk or within its JSON',
        variant: how,
        phase: 'streaming',
        retry: 'no',
        result: 'StreamInterruptedError with the id under which its cost can be asked for: it had been generated',
        bill: 'certain',
      },
      whole,
      async ({ serve, fails }) => {
        await fails(await serve(steps), StreamInterruptedError, { generationId, retryable: false });
      },
    );
  }

  fault(
    'F72',
    {
      title: 'an answer that is longer than its length says',
      result: 'is what its length says, and what comes after it is not taken for the next answer',
      retry: 'no',
      bill: 'certain',
    },
    whole,
    async ({ serve, client, ask }) => {
      const more = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';
      const server = await serve([sized(200, asJson, completion + more, completion.length)]);
      const one = client(server);
      for (let call = 0; call < 3; call += 1) expect((await ask(one)).completion).toEqual(completionOf());
      // Each may need a connection of its own.
      expect(server.requests.length).toBeGreaterThanOrEqual(3);
    },
  );

  fault(
    'F113',
    {
      title: 'silence in the middle of a whole answer, or after white space only',
      phase: 'answered',
      retry: 'no',
      result: 'TimeoutError (idle-bytes) after a minute, and the connection is closed',
      bill: 'possible',
    },
    whole,
    async ({ clock, serve, fails }) => {
      for (const first of ['\n    \n', half]) {
        const server = await serve([chunked([first]), stall()]);
        const failed = fails(server, TimeoutError, { timer: 'idle-bytes', timeoutMs: 60_000, generationId });
        await server.until(() => server.connections[0]?.events.at(-1)?.what === 'stall');
        await someTurns();
        await clock.advance(60_000);
        await failed;
        await closedByClient(server);
      }
    },
  );

  const empties: readonly (readonly [what: string, body: unknown])[] = [
    ['no choices', completionOf({}, {}, { choices: [], usage: { completion_tokens: 0 } })],
    ['choices missing', { id: 'gen-1', model: 'x', usage: { completion_tokens: 0 } }],
    [
      'a choice without anything',
      completionOf({ content: null }, { finish_reason: null }, { usage: { completion_tokens: 0 } }),
    ],
  ];
  for (const [what, body] of empties) {
    fault(
      'F73',
      {
        title: 'an answer in which nothing is',
        variant: what,
        result: 'is asked for once more; then it is returned as it came, with the warning `empty`',
        retry: 'once',
        bill: 'insured',
      },
      whole,
      async ({ serve, ask, hello }) => {
        const server = await serve([json(200, body)]);
        const { completion: answer, response } = await ask(server);
        expect(answer).toEqual(body);
        expect(response.warnings).toEqual(['empty']);
        expect(server.requests).toHaveLength(2);
        const second = await serve((_, number) => (number === 1 ? [json(200, body)] : hello));
        const { completion: better } = await ask(second);
        expect(better.choices[0]?.message.content).toBe('Hello');
      },
    );
  }

  fault(
    'F74',
    {
      title: 'a choice that failed in the middle',
      phase: 'streaming',
      retry: 'once',
      result: 'is tried once more; then StreamProviderError with what had arrived in `partial`',
      bill: 'insured',
    },
    whole,
    async ({ serve, fails, recovers, hello }) => {
      const error = { code: 502, message: 'Upstream died', metadata: { provider_name: 'Azure' } };
      const failed = json(200, completionOf({ content: 'Half of' }, { finish_reason: 'error', error }));
      await fails(await serve([failed]), StreamProviderError, {
        status: 502,
        providerName: 'Azure',
        partial: { choices: [{ message: { content: 'Half of' } }] },
      });
      await recovers(await serve((_, number) => (number === 1 ? [failed] : hello)));
    },
  );

  fault(
    'F75',
    {
      title: 'the answer is cut at max_tokens (`finish_reason: length`)',
      result: 'is returned as it came: the finish reason says so',
      retry: 'no',
      bill: 'certain',
    },
    [...whole, ...streamed],
    async ({ way, serve, ask }) => {
      const cut = completionOf({ content: 'And then' }, { finish_reason: 'length', native_finish_reason: 'length' });
      const steps =
        way.mode === 'whole' ? [json(200, cut)] : events(text('And then'), finish('length'), usageChunk, done);
      const server = await serve(steps);
      const { completion: answer, response } = await ask(server);
      expect(answer.choices[0]).toMatchObject({ finish_reason: 'length', message: { content: 'And then' } });
      expect(response.warnings).toEqual([]);
      expect(server.requests).toHaveLength(1);
    },
  );

  for (const [id, what, given] of [
    ['F76', 'that are cut at max_tokens', '{"city":"Par'],
    ['F77', 'that are cut where they happen to be valid JSON', '{"city":1}'],
  ] as const) {
    fault(
      id,
      {
        title: `arguments of a tool call ${what}`,
        result: 'come to the letter with `finish_reason: length`; nothing is parsed, completed or run',
        retry: 'no',
        bill: 'certain',
      },
      [...whole, ...streamed],
      async ({ way, serve, ask }) => {
        const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'weather', arguments: given } };
        const cut = { finish_reason: 'length', native_finish_reason: 'length' };
        const steps =
          way.mode === 'whole'
            ? [json(200, completionOf({ content: null, tool_calls: [call] }, cut))]
            : events(chunkOf({ tool_calls: [call] }), finish('length'), usageChunk, done);
        const { completion: answer } = await ask(await serve(steps));
        expect(answer.choices[0]?.finish_reason).toBe('length');
        expect(answer.choices[0]?.message.tool_calls?.[0]).toMatchObject({ function: { arguments: given } });
      },
    );
  }

  fault(
    'F78',
    {
      title: 'fields, finish reasons and kinds of parts that nobody knows',
      result: 'pass through as they came',
    },
    [...whole, ...streamed],
    async ({ way, serve, ask }) => {
      const odd = { finish_reason: 'tired', native_finish_reason: 'TIRED', mood: { level: 3 } };
      const body = completionOf({ content: 'Hello', aura: ['blue'] }, odd, { future: { nested: [1, null] } });
      const steps =
        way.mode === 'whole'
          ? [json(200, body)]
          : events(chunkOf({ content: 'Hello', aura: ['blue'] }, odd, { future: { nested: [1, null] } }), done);
      const { completion: answer } = await ask(await serve(steps));
      if (way.mode === 'whole') expect(answer).toEqual(body);
      expect(answer).toMatchObject({
        future: { nested: [1, null] },
        choices: [{ finish_reason: 'tired', message: { content: 'Hello' } }],
      });
    },
  );

  fault(
    'F79',
    {
      title: 'numbers of every kind (1e-7, beyond 2^53, strings)',
      result: 'come as they are: no rounding, no NaN',
    },
    [...whole, ...streamed],
    async ({ way, serve, ask }) => {
      const numbers = { prompt_tokens: 9_007_199_254_740_991, completion_tokens: '12', total_tokens: 3, cost: 1e-7 };
      const steps =
        way.mode === 'whole'
          ? [json(200, completionOf({ content: 'Hello' }, {}, { usage: numbers }))]
          : events(text('Hello'), finish(), { ...usageChunk, usage: numbers }, done);
      const { completion: answer } = await ask(await serve(steps));
      expect(answer.usage).toEqual(numbers);
    },
  );

  for (const [what, body] of [
    ['that is not there', 'plain text'],
    ['whose data is corrupt', gzipSync(completion).fill(0, 12, 40)],
  ] as const) {
    fault(
      'F80',
      {
        title: 'a content-encoding that is not there, or whose data is corrupt',
        variant: what,
        phase: 'answered',
        retry: 'no',
        result: 'ResponseFormatError (encoding)',
        bill: 'possible',
      },
      whole,
      async ({ serve, fails }) => {
        const server = await serve([sized(200, { ...asJson, 'content-encoding': 'gzip' }, body)]);
        await fails(server, ResponseFormatError, { failure: 'encoding', retryable: false, generationId });
      },
    );
  }

  fault(
    'F81',
    {
      title: 'a small body that unpacks into a huge one',
      phase: 'streaming',
      retry: 'no',
      result: 'LimitExceededError as soon as `limits.answerBytes` are unpacked, and the connection is closed',
      bill: 'possible',
    },
    whole,
    async ({ serve, fails }) => {
      const bomb = gzipSync(Buffer.alloc(32 * 1024 * 1024, ' '));
      const server = await serve([sized(200, { ...asJson, 'content-encoding': 'gzip' }, bomb, bomb.length + 1)]);
      const limits = { answerBytes: 1024 * 1024 };
      await fails(server, LimitExceededError, { limit: limits.answerBytes, retryable: false }, { limits });
      await closedByClient(server);
    },
  );

  fault(
    'F82',
    {
      title: 'JSON that is nested 100,000 deep',
      phase: 'answered',
      retry: 'no',
      result: 'ResponseFormatError (invalid-json)',
      bill: 'possible',
    },
    whole,
    async ({ serve, fails }) => {
      await fails(await serve([sized(200, asJson, '['.repeat(100_000))]), ResponseFormatError, {
        failure: 'invalid-json',
      });
    },
  );

  fault(
    'F82',
    {
      title: 'JSON with `__proto__` and `constructor` among its keys',
      result: 'they are keys like others, and nothing else is changed',
    },
    [...whole, ...streamed],
    async ({ way, serve, ask }) => {
      const poison = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
      const body =
        way.mode === 'whole'
          ? completion.replace('"usage":', `"extra":${poison},"__proto__":{"polluted":1},"usage":`)
          : `data: ${JSON.stringify(text('Hello')).replace('"object":', `"__proto__":{"polluted":1},"object":`)}\n\n${done}`;
      const steps = way.mode === 'whole' ? [sized(200, asJson, body)] : [streamHead(), write(chunk(body)), bodyEnd];
      const { completion: answer } = await ask(await serve(steps));
      expect(answer.choices[0]?.message.content).toBe('Hello');
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
      expect(Reflect.get(answer, 'polluted')).toBeUndefined();
    },
  );
});
