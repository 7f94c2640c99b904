import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { NotFoundError, OpenRouter } from '../../src/index.ts';
import { brokenAnswer, FakeClock, json, reply, Simulator, type HeadersOptions } from '../../src/testing/index.ts';
import { documentedKeys, type DocumentedKeys } from '../support/documented-keys.ts';
import { keyPaths, parentOf } from '../support/key-paths.ts';
import documented from './fixtures/account-keys.json' with { type: 'json' };

const managementKey = 'sk-or-v1-boss';
const api = 'https://openrouter.ai/api/v1';
const paths = ['/key', '/credits', '/activity', '/generation', '/generation/content'] as const;
const counts = documented as Readonly<Record<string, DocumentedKeys>>;

/** What the simulator says, on the next day, of one answer that went well and one that did not. */
async function simulateAll(): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const clock = new FakeClock();
  const simulator = new Simulator({ clock, managementKeys: [managementKey], generationLag: 0, storesContent: true });
  simulator.next(reply({ reasoning: 'Hm.', content: 'Hi.' }), brokenAnswer({ answer: 'One two' }));
  const get = async (path: string, key: string): Promise<unknown> =>
    (await simulator.fetch(`${api}${path}`, { headers: { authorization: `Bearer ${key}` } })).json();
  const ask = async (): Promise<string> => {
    const body = JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] });
    const headers = { authorization: 'Bearer simulated' };
    const answer = await simulator.fetch(`${api}/chat/completions`, { method: 'POST', headers, body });
    return ((await answer.json()) as { id: string }).id;
  };
  const ids = [await ask(), await ask()];
  await clock.advance(86_400_000);
  return {
    '/key': [await get('/key', 'simulated'), await get('/key', managementKey)],
    '/credits': [await get('/credits', managementKey)],
    '/activity': [await get('/activity', managementKey), await get('/activity?group_by=workspace', managementKey)],
    '/generation': await Promise.all(ids.map((id) => get(`/generation?id=${id}`, 'simulated'))),
    '/generation/content': await Promise.all(ids.map((id) => get(`/generation/content?id=${id}`, 'simulated'))),
  };
}

describe.each(paths)("the simulator's answers to GET %s", (path) => {
  let own: readonly ReadonlySet<string>[];
  beforeAll(async () => {
    own = (await simulateAll())[path]!.map((answer) => new Set(keyPaths(answer)));
  });

  it('have every key that the API promises, wherever there is a place for it', () => {
    const { required } = counts[path]!;
    expect(required.length).toBeGreaterThan(0);
    const missing = own.flatMap((has) => {
      const places = new Set([...has].map(parentOf));
      return required.filter((key) => !has.has(key) && places.has(parentOf(key)));
    });
    expect(missing).toEqual([]);
  });

  it('have no key that the API does not know', () => {
    const { required, optional } = counts[path]!;
    const known = new Set([...required, ...optional]);
    // What messages look like is nothing that this endpoint says.
    const invented = own.flatMap((has) => [...has].filter((key) => !key.includes('messages[].') && !known.has(key)));
    expect(invented).toEqual([]);
  });
});

const document =
  process.env['OPENROUTER_OPENAPI'] ?? new URL('../../../../../shared/api/openapi.yaml', import.meta.url);

describe.skipIf(!existsSync(document))('the documented keys', () => {
  it('are those of the official OpenAPI document (its path is in OPENROUTER_OPENAPI)', () => {
    const parsed: unknown = parse(readFileSync(document, 'utf8'), { maxAliasCount: -1 });
    expect(counts).toEqual(Object.fromEntries(paths.map((path) => [path, documentedKeys(parsed, path)])));
  });
});

interface RecordedRefusal {
  readonly request: { readonly method: string; readonly path: string };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body_text: string;
  };
}

/** As it was recorded in December 2025. */
const refusal: RecordedRefusal = {
  request: { method: 'GET', path: '/api/v1/generation?id=gen-1766949113-tYDXDgKsuviV0tQEUcsM' },
  response: {
    status: 404,
    headers: { 'content-type': 'application/json', 'cache-control': 'private, no-store' },
    body_text: '{"error":{"message":"Generation gen-1766949113-tYDXDgKsuviV0tQEUcsM not found","code":404}}',
  },
};

const recordings = new URL('../../../../../shared/data/traffic-core.jsonl', import.meta.url);

/** More of the same, which lie beside the checkout where there are any. */
function recordedRefusals(): readonly RecordedRefusal[] {
  if (!existsSync(recordings)) return [];
  const lines = readFileSync(recordings, 'utf8')
    .split('\n')
    .filter((line) => line.includes('/v1/generation?id='));
  return lines.map((line) => JSON.parse(line) as RecordedRefusal);
}

describe.each([refusal, ...recordedRefusals()])('a generation that is not known yet: $request.path', (recorded) => {
  const { status, headers, body_text: text } = recorded.response;
  const id = recorded.request.path.split('=')[1]!;
  const options: HeadersOptions = { status, headers: { 'cache-control': headers['cache-control'] ?? '' } };

  it('is read as such, and waited for', async () => {
    const clock = new FakeClock();
    const simulator = new Simulator({ clock });
    simulator.when({ path: '/generation' }, json(JSON.parse(text), options), { times: 2 });
    simulator.when({ path: '/generation' }, json({ data: { id, total_cost: 0.5 } }), { times: 1 });
    simulator.when({ path: '/generation' }, json(JSON.parse(text), options), { times: 2 });
    const client = new OpenRouter({ apiKey: 'simulated', transport: simulator.transport, clock });
    const failure = client.generations.get(id);
    await expect(failure).rejects.toBeInstanceOf(NotFoundError);
    await expect(failure).rejects.toMatchObject({ status: 404, retryable: false, code: 404 });
    expect(await clock.runUntil(client.generations.get(id, { waitMs: 5000 }))).toEqual({ id, total_cost: 0.5 });
  });

  it('is what the simulator says', async () => {
    const { fetch } = new Simulator();
    const answer = await fetch(`https://openrouter.ai${recorded.request.path}`, {
      headers: { authorization: 'Bearer simulated' },
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('cache-control')).toBe(headers['cache-control']);
    expect(await answer.text()).toBe(text);
  });
});
