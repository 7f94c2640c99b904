import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  builtInModels,
  errorIn200,
  failure,
  insufficientCredits,
  rateLimited,
  reply,
  Simulator,
  type SimulatorOptions,
} from '../../src/testing/index.ts';
import type { SimulatedResponse } from '../../src/testing/exchange.ts';
import {
  keyPaths,
  parentOf,
  specimensOf,
  summarize,
  type BodyKind,
  type KeyPathSummary,
  type Recording,
  type Specimen,
} from '../support/key-paths.ts';
import recorded from './fixtures/recorded-key-paths.json' with { type: 'json' };

const counts = recorded as unknown as KeyPathSummary;
const kinds: readonly BodyKind[] = ['answer', 'piece', 'finish', 'usage', 'error'];

const annotation = { url: 'https://example.com', title: 'Example', start_index: 0, end_index: 4 };

/** No recorded stream brought pictures or citations. They are what whole messages have, and stand where the documentation puts them. */
function isKnownOfMessages(path: string): boolean {
  return (
    /^choices\[\]\.delta\.(?:images|annotations)/.test(path) &&
    Object.hasOwn(counts.answer.paths, path.replace('delta', 'message'))
  );
}

/** Replies that between them have everything that a message can hold. */
const replies: readonly SimulatedResponse[] = [
  reply(),
  reply({ reasoning: 'Thoughts.', content: 'Text.' }),
  reply({
    toolCalls: [
      { name: 'first', arguments: { a: 1 } },
      { name: 'second', arguments: {} },
    ],
  }),
  reply({ reasoning: 'Thoughts.', toolCalls: [{ name: 'first', arguments: { a: 1 } }] }),
  reply({ refusal: 'No.', content: null }),
  reply({ images: ['data:image/png;base64,AA=='] }),
  reply({ annotations: [{ type: 'url_citation', url_citation: annotation }] }),
  reply({ finishReason: 'length' }),
];

/** Refusals and failures before anything was answered. */
const failures: readonly SimulatedResponse[] = [
  ...[400, 401, 403, 404, 429, 502].map((status) => failure(status)),
  ...(['freePerMinute', 'freePerDay', 'provider'] as const).map((limit) => rateLimited({ limit })),
  insufficientCredits(),
  errorIn200(502, { metadata: { provider_name: 'Simulated' } }),
];

const usageChunks: readonly SimulatorOptions['usageChunk'][] = ['repeatsFinish', 'nullFinish', 'noChoices', undefined];

async function simulated(
  options: SimulatorOptions,
  response: SimulatedResponse,
  model: string,
  stream: boolean,
): Promise<readonly Specimen[]> {
  const { fetch } = new Simulator(options).next(response);
  const body = JSON.stringify({ model, stream, messages: [{ role: 'user', content: 'Hi' }] });
  const headers = { authorization: 'Bearer simulated', 'content-type': 'application/json' };
  const answer = await fetch('https://openrouter.ai/api/v1/chat/completions', { method: 'POST', headers, body });
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
  return specimensOf(answer.status, isStream, await answer.text());
}

async function simulateAll(): Promise<readonly Specimen[]> {
  const ids = builtInModels.map(({ id }) => id);
  const answers = ids.flatMap((id) =>
    replies.flatMap((response) => [simulated({}, response, id, false), simulated({}, response, id, true)]),
  );
  const ends = ids.flatMap((id) =>
    usageChunks.map((usageChunk) => simulated(usageChunk === undefined ? {} : { usageChunk }, reply(), id, true)),
  );
  const errors = failures.flatMap((response) => [
    simulated({}, response, 'a/b:free', false),
    simulated({}, response, 'a/b:free', true),
  ]);
  return (await Promise.all([...answers, ...ends, ...errors])).flat();
}

const specimens = await simulateAll();

describe.each(kinds)("the simulator's JSON of the kind %s", (kind) => {
  const { paths } = counts[kind];
  const own = specimens.filter((specimen) => specimen.kind === kind).map(({ body }) => new Set(keyPaths(body)));
  /** What every recording of 2026 has that has the place for it. */
  const usual = Object.entries(paths).filter(
    ([path, [, recent]]) => recent > 0 && recent === recentlyAt(parentOf(path)),
  );

  function recentlyAt(path: string): number {
    return (path === '' ? counts[kind].specimens : paths[path])?.[1] ?? 0;
  }

  it('was made', () => {
    expect(own.length).toBeGreaterThan(0);
    expect(usual.length).toBeGreaterThan(0);
  });

  it('has every key that all recordings of 2026 have, wherever there is a place for it', () => {
    const missing = own.flatMap((has) =>
      usual.flatMap(([path]) => (!has.has(path) && (parentOf(path) === '' || has.has(parentOf(path))) ? [path] : [])),
    );
    expect([...new Set(missing)]).toEqual([]);
  });

  it('has no key that was never recorded', () => {
    const invented = own.flatMap((has) =>
      [...has].filter((path) => !Object.hasOwn(paths, path) && !isKnownOfMessages(path)),
    );
    expect([...new Set(invented)]).toEqual([]);
  });
});

const recordings = new URL('../../../../../shared/data/traffic-core.jsonl', import.meta.url);

describe.skipIf(!existsSync(recordings))('the counts of recorded keys', () => {
  it('are what scripts/recorded-key-paths.mjs makes of the recordings', () => {
    const lines = readFileSync(recordings, 'utf8').trim().split('\n');
    expect(counts).toEqual(summarize(lines.map((line) => JSON.parse(line) as Recording)));
  });
});
