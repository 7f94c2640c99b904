import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { between, seededRandom, type Random } from '../../src/testing/seeded-random.ts';
import { OpenRouter, OpenRouterError } from '../../src/index.ts';
import type { ChatChunk } from '../../src/wire/chat-chunk.ts';
import { addUp } from '../support/reference-completion.ts';

interface TrafficRecord {
  readonly id: string;
  readonly request: { readonly method: string; readonly path: string };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly is_sse: boolean;
    readonly body_text: string;
  };
}

/** What an answer says of its own failure. */
interface Failure {
  readonly code: number;
  readonly message: string;
}

const sample = new URL('fixtures/traffic-sample.jsonl', import.meta.url);
/** Hundreds of recordings more, which lie beside the checkout where there are any. */
const recordings = new URL('../../../../../shared/data/traffic-core.jsonl', import.meta.url);

function readRecords(file: URL): readonly TrafficRecord[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines
    .map((line) => JSON.parse(line) as TrafficRecord)
    .filter(({ request }) => request.path.endsWith('/chat/completions'));
}

/** The JSON of the events, by the plainest reading: these recordings have one line of data an event. */
function eventsOf({ response }: TrafficRecord): readonly ChatChunk[] {
  const lines = response.body_text.split(/\r?\n/).filter((line) => line.startsWith('data:'));
  return lines
    .map((line) => line.slice('data:'.length).trim())
    .filter((data) => data !== '[DONE]')
    .map((data) => JSON.parse(data) as ChatChunk);
}

/** The error that an answer holds wherever it may hold one; undefined for a good one. */
function failureIn(record: TrafficRecord): Failure | undefined {
  const bodies = record.response.is_sse ? eventsOf(record) : [JSON.parse(record.response.body_text)];
  const errors = bodies.flatMap((body) => [
    body.error,
    ...(body.choices ?? []).map((choice: { error?: unknown }) => choice.error),
  ]);
  return errors.find((error) => error !== undefined && error !== null) as Failure | undefined;
}

/** Where a body is cut: at random offsets, and now and then byte by byte for a while. */
function piecesOf(body: Buffer, random: Random): readonly Buffer[] {
  const offsets = Array.from({ length: between(random, 0, 40) }, () => between(random, 0, body.length));
  const slow = between(random, 0, body.length);
  const edges = [
    0,
    ...offsets,
    ...Array.from({ length: between(random, 0, 12) }, (_, index) => Math.min(slow + index, body.length)),
    body.length,
  ];
  const ordered = edges.toSorted((a, b) => a - b);
  return ordered.slice(1).map((end, index) => body.subarray(ordered[index], end));
}

async function play(
  { response: { status, headers, body_text: text } }: TrafficRecord,
  to: ServerResponse,
  random: Random,
): Promise<void> {
  const plain = Object.entries(headers).filter(
    ([name]) => !/^(?:content-encoding|content-length|transfer-encoding|connection)$/.test(name),
  );
  to.writeHead(status, Object.fromEntries(plain));
  to.flushHeaders();
  for (const piece of piecesOf(Buffer.from(text), random)) {
    to.write(piece);
    if (random() < 0.3) await new Promise((resolve) => setImmediate(resolve));
  }
  to.end();
}

const records = new Map<string, TrafficRecord>();
const server = createServer((request, response) => {
  const record = records.get(String(request.headers['x-record']))!;
  request.resume();
  request.on('end', () => void play(record, response, seededRandom(Number(request.headers['x-seed']))));
});
let baseURL = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const question = { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] } as const;

/** What is wrong with how the client read a record; undefined when nothing is. */
async function problemWith(record: TrafficRecord, client: OpenRouter, seed: number): Promise<string | undefined> {
  const options = { headers: { 'x-record': record.id, 'x-seed': String(seed) } };
  const expected = failureIn(record);
  // A refusal is the same whatever was asked for.
  const streams = record.response.is_sse || (record.response.status >= 400 && seed % 2 === 0);
  try {
    if (!streams) {
      const answer = await client.chat.create(question, options);
      if (expected !== undefined) return 'a failure was called an answer';
      return isDeepStrictEqual(answer, JSON.parse(record.response.body_text))
        ? undefined
        : 'the answer is not what was sent';
    }
    const stream = await client.chat.stream(question, options);
    const chunks: ChatChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    if (expected !== undefined) return 'a failure was called an answer';
    if (!isDeepStrictEqual(chunks, eventsOf(record))) return 'the chunks are not what was sent';
    const completion = await stream.completion();
    return isDeepStrictEqual(JSON.parse(JSON.stringify(completion)), JSON.parse(JSON.stringify(addUp(chunks))))
      ? undefined
      : `the completion is ${JSON.stringify(completion)}`;
  } catch (error) {
    return expected === undefined
      ? `a good answer was called a failure: ${String(error)}`
      : problemWithError(error, expected);
  }
}

function problemWithError(error: unknown, { code, message }: Failure): string | undefined {
  if (!(error instanceof OpenRouterError)) return `the failure is no OpenRouterError: ${String(error)}`;
  const status = 'status' in error ? error.status : undefined;
  if (status !== code) return `the failure has the status ${String(status)} in the place of ${code}`;
  return error.message.includes(message.replace(/\s+/g, ' ').trim())
    ? undefined
    : `the failure says otherwise: ${error.message}`;
}

/** Reads every record, some at a time. */
async function problemsWith(
  all: readonly TrafficRecord[],
  client: OpenRouter,
  seed: number,
): Promise<readonly string[]> {
  const problems: string[] = [];
  const left = [...all.entries()];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [place, record] = next;
      const problem = await problemWith(record, client, seed * 1_000 + place);
      if (problem !== undefined) problems.push(`${record.id}, cut with the seed ${seed * 1_000 + place}: ${problem}`);
    }
  };
  await Promise.all([work(), work(), work()]);
  return problems;
}

const sources = [
  { name: 'the sample', file: sample, seeds: [1, 2, 3, 4, 5, 6], good: 13, bad: 6 },
  {
    name: 'all recordings, where there are any beside the checkout',
    file: recordings,
    seeds: [1, 2],
    good: 326,
    bad: 37,
  },
];

describe.each(sources)('recorded traffic: $name', ({ file, seeds, good, bad }) => {
  describe.skipIf(!existsSync(file)).each([
    ['the transport of the platform', () => ({})],
    ['a fetch', () => ({ fetch: globalThis.fetch })],
  ])('over %s', (_, transport) => {
    it.each(seeds)('is read as it was sent, however it is cut (seed %i)', { timeout: 60_000 }, async (seed) => {
      const all = readRecords(file);
      for (const record of all) records.set(record.id, record);
      const failures = all.filter((record) => failureIn(record) !== undefined);
      expect([all.length - failures.length, failures.length]).toEqual([good, bad]);
      const client = new OpenRouter({ apiKey: 'sk-or-v1-not-a-key', baseURL, maxRetries: 0, ...transport() });
      expect(await problemsWith(all, client, seed)).toEqual([]);
    });
  });
});
