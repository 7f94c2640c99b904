import { describe, expect, it } from 'vitest';
import type { Call } from '../pipeline/call.ts';
import { pendingCall } from '../pipeline/pending-call.ts';
import { systemClock } from '../util/clock.ts';
import type { Model } from '../wire/model.ts';
import { accountPart, lazyResources } from './lazy-resources.ts';

/** Calls that answer with what they ask for, and are noted. */
function setup() {
  const asked: string[] = [];
  const call: Call = ({ method, path, query, read: _read, ...rest }) => {
    rest.check?.();
    asked.push(`${method} ${path}${query ?? ''}`);
    const value: unknown = { data: [{ id: path }] };
    const response = { status: 200, headers: {}, generationId: undefined, attempts: [], warnings: [] };
    return pendingCall(Promise.resolve({ value: value as never, response }));
  };
  return { asked, resources: lazyResources(call, systemClock) };
}

/** What each endpoint asks for, in the order of the functions. */
async function askAll({ asked, resources }: ReturnType<typeof setup>): Promise<readonly string[]> {
  const { models, providers, key, credits, generations, activity } = resources;
  const query = { limit: 2 };
  await models.list(query);
  await models.user(query);
  await models.embeddings(query);
  await models.feed({ category: 'programming' });
  await models.count({ output_modalities: ['text'] });
  await models.get('a/b');
  await models.endpoints('a/b');
  await models.zdrEndpoints();
  await models.images();
  await models.imageEndpoints('a/b');
  await models.videos();
  await providers.list();
  await key.get();
  await credits.get();
  await generations.get('gen-1');
  await generations.content('gen-1');
  await activity.list({ date: '2026-01-01' });
  return asked;
}

const all = [
  'GET /models?limit=2',
  'GET /models/user?limit=2',
  'GET /embeddings/models?limit=2',
  'GET /models?category=programming&use_rss=true',
  'GET /models/count?output_modalities=text',
  'GET /model/a/b',
  'GET /models/a/b/endpoints',
  'GET /endpoints/zdr',
  'GET /images/models',
  'GET /images/models/a/b/endpoints',
  'GET /videos/models',
  'GET /providers',
  'GET /key',
  'GET /credits',
  'GET /generation?id=gen-1',
  'GET /generation/content?id=gen-1',
  'GET /activity?date=2026-01-01',
];

async function idsOf(list: AsyncIterable<Model>): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { id } of list) ids.push(id);
  return ids;
}

describe('the endpoints of a client before they are loaded', () => {
  it('ask nothing once the caller does not want it any more', async () => {
    const { asked, resources } = setup();
    await expect(resources.key.get({ signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
    expect(asked).toEqual([]);
    expect(accountPart.loaded).toBeUndefined();
  });

  it('walk through a list, and tell what came beside an answer', async () => {
    const { resources } = setup();
    const list = resources.models.list();
    const key = resources.key.get();
    expect(accountPart.loaded).toBeUndefined();
    expect(await idsOf(list)).toEqual(['/models']);
    expect((await key.withResponse()).response.status).toBe(200);
  });
});

describe('the endpoints of a client that are loaded', () => {
  it('ask at once, each for its own', async () => {
    await accountPart.load();
    const { asked, resources } = setup();
    void resources.providers.list();
    expect(asked).toEqual(['GET /providers']);
    expect(await askAll(setup())).toEqual(all);
    expect(await idsOf(resources.models.user())).toEqual(['/models/user']);
  });
});
