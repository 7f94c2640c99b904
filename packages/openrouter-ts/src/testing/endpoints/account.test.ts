import { describe, expect, it } from 'vitest';
import { brokenAnswer, FakeClock, reply, Simulator } from '../index.ts';
import type { ReplyOptions, SimulatorOptions } from '../index.ts';

const api = 'https://openrouter.ai/api/v1';
const noon = Date.UTC(2026, 7, 15, 12);
const minuteMs = 60_000;
const dayMs = 86_400_000;
const messages = [{ role: 'user', content: 'Why is the sky blue?' }];
/** A dollar a token, so that sums can be done in the head. */
const dear = { id: 'a/dear', pricing: { prompt: '0', completion: '1' } };
const free = { id: 'a/free:free', pricing: { prompt: '0', completion: '0' } };
const models = [dear, free];

function setup(options: SimulatorOptions = {}): { readonly simulator: Simulator; readonly clock: FakeClock } {
  const clock = new FakeClock({ epochMs: noon });
  return { clock, simulator: new Simulator({ models, clock, ...options }) };
}

interface Row {
  readonly date: string;
  readonly model: string;
  readonly requests: number;
  readonly usage: number;
}

/** JSON of a shape that the test knows. */
async function ask(simulator: Simulator, body: object, key = 'normal') {
  const headers = { authorization: `Bearer ${key}` };
  const request = { method: 'POST', headers, body: JSON.stringify({ messages, model: 'a/dear', ...body }) };
  const response = await simulator.fetch(`${api}/chat/completions`, request);
  return { status: response.status, json: JSON.parse(await response.text()) };
}

async function get(simulator: Simulator, path: string, key = 'normal') {
  const response = await simulator.fetch(`${api}${path}`, { headers: { authorization: `Bearer ${key}` } });
  return { status: response.status, json: JSON.parse(await response.text()) };
}

const words = (count: number) => reply({ content: Array.from({ length: count }, () => 'word ') });

describe('the credits of the account', () => {
  it('are told to a management key, and go down with each answer', async () => {
    const { simulator } = setup({ creditsUsd: 5.5, managementKeys: ['boss'] });
    simulator.next(words(2));
    await ask(simulator, {});
    expect(await get(simulator, '/credits', 'boss')).toEqual({
      status: 200,
      json: { data: { total_credits: 5.5, total_usage: 2 } },
    });
    expect((await get(setup({ managementKeys: ['boss'] }).simulator, '/credits', 'boss')).json.data).toEqual({
      total_credits: 1000,
      total_usage: 0,
    });
  });

  it('are nothing to other keys, and a management key cannot call models', async () => {
    const { simulator } = setup({ apiKeys: ['normal'], managementKeys: ['boss'] });
    expect((await get(simulator, '/credits')).json).toEqual({
      error: { message: 'Only management keys can perform this operation', code: 403 },
    });
    expect((await get(simulator, '/activity')).status).toBe(403);
    expect((await ask(simulator, { max_tokens: 1 }, 'boss')).status).toBe(403);
    expect((await get(simulator, '/key', 'boss')).json.data).toMatchObject({
      is_management_key: true,
      is_provisioning_key: true,
    });
    expect((await get(simulator, '/key', 'stranger')).status).toBe(401);
  });

  it('have to cover the longest answer that is asked for', async () => {
    const { simulator } = setup({ creditsUsd: 5 });
    const refused = await ask(simulator, { max_tokens: 8 });
    expect(refused.status).toBe(402);
    expect(refused.json.error.message).toContain('You requested up to 8 tokens, but can only afford 5.');
    expect((await ask(simulator, { max_tokens: 5 })).status).toBe(200);
  });

  it('that are used up stop what costs anything, until more are bought', async () => {
    const { simulator } = setup({ creditsUsd: 2 });
    simulator.next(words(2));
    await ask(simulator, {});
    const refused = await ask(simulator, { max_tokens: 1 });
    expect(refused).toMatchObject({ status: 402, json: { error: { code: 402 } } });
    expect(refused.json.error.message).toBe('Insufficient credits. Add more using https://openrouter.ai/credits');
    expect((await ask(simulator, { model: 'a/free:free' })).status).toBe(200);
    expect((await ask(simulator.buyCredits(1), { max_tokens: 1 })).status).toBe(200);
  });

  it('that are overdrawn stop even what costs nothing', async () => {
    const { simulator } = setup({ creditsUsd: 2 });
    simulator.next(words(3));
    await ask(simulator, {});
    expect((await ask(simulator, { model: 'a/free:free' })).status).toBe(402);
  });

  it('that were never bought are told apart', async () => {
    const { simulator } = setup({ creditsUsd: 0 });
    expect((await ask(simulator, {})).json.error.message).toContain('This account never purchased credits.');
    expect((await get(simulator, '/key')).json.data.is_free_tier).toBe(true);
    expect((await ask(simulator, { model: 'a/free:free' })).status).toBe(200);
  });

  it('cannot be bought by an account that has as many as it needs', async () => {
    const { simulator } = setup({ managementKeys: ['boss'] });
    expect((await get(simulator.buyCredits(5), '/credits', 'boss')).json.data.total_credits).toBe(1000);
  });
});

describe('an answer', () => {
  const costOf = async (options: ReplyOptions): Promise<readonly number[]> => {
    const { simulator } = setup({ models: [{ id: 'a/dear', pricing: { prompt: '1', completion: '1' } }] });
    const { json } = await ask(simulator.next(reply(options)), {});
    return [json.usage.cost, simulator.spentUsd];
  };

  it('costs nothing that failed, or says nothing and not why', async () => {
    expect(await costOf({ content: 'One', finishReason: 'error' })).toEqual([0, 0]);
    expect(await costOf({ content: '', finishReason: null })).toEqual([0, 0]);
  });

  it('costs its prompt if it says nothing on purpose', async () => {
    const [told, billed] = await costOf({ content: '', finishReason: 'stop' });
    expect(told).toBeGreaterThan(0);
    expect(billed).toBe(told);
  });
});

describe("a key's limit", () => {
  it("is its own: what other keys spend is the account's", async () => {
    const { simulator } = setup({ keyLimitUsd: 3 });
    simulator.next(words(2));
    await ask(simulator, {}, 'first');
    expect((await get(simulator, '/key', 'first')).json.data).toMatchObject({ limit_remaining: 1, usage: 2 });
    expect((await get(simulator, '/key', 'second')).json.data).toMatchObject({ limit_remaining: 3, usage: 0 });
    expect((await ask(simulator, { max_tokens: 2 }, 'first')).status).toBe(402);
    expect(simulator.spentUsd).toBe(2);
  });

  it('that is used up is a 403 until it begins anew', async () => {
    const { simulator, clock } = setup({ keyLimitUsd: 3, keyLimitReset: 'daily' });
    simulator.next(words(4));
    await ask(simulator, {});
    expect((await get(simulator, '/key')).json.data).toMatchObject({
      limit: 3,
      limit_reset: 'daily',
      limit_remaining: 0,
      usage_daily: 4,
    });
    const refused = await ask(simulator, { max_tokens: 1 });
    expect(refused.status).toBe(403);
    expect(refused.json.error.message).toContain('Key limit exceeded (daily limit).');
    await clock.advance(dayMs);
    expect((await get(simulator, '/key')).json.data).toMatchObject({
      limit_remaining: 3,
      usage: 4,
      usage_daily: 0,
      // The fifteenth of August 2026 is a Saturday.
      usage_weekly: 4,
      usage_monthly: 4,
    });
    expect((await ask(simulator, { max_tokens: 1 })).status).toBe(200);
    await clock.advance(dayMs);
    expect((await get(simulator, '/key')).json.data).toMatchObject({ usage: 5, usage_weekly: 0, usage_monthly: 5 });
  });
});

describe('the limits for free models', () => {
  const askFree = (simulator: Simulator) => ask(simulator, { model: 'a/free:free' });

  it('are not kept unless they are asked for, but counted', async () => {
    const { simulator } = setup();
    for (let index = 0; index < 30; index += 1) expect((await askFree(simulator)).status).toBe(200);
    expect((await get(simulator, '/key')).json.data.free_model_daily_requests).toEqual({
      limit: 1000,
      used: 30,
      remaining: 970,
    });
  });

  it('are twenty in a minute of the clock', async () => {
    const { simulator, clock } = setup({ freeLimits: {} });
    for (let index = 0; index < 20; index += 1) expect((await askFree(simulator)).status).toBe(200);
    const refused = await askFree(simulator);
    expect(refused).toMatchObject({
      status: 429,
      json: {
        error: {
          message: 'Rate limit exceeded: free-models-per-min. ',
          metadata: {
            limit_source: 'openrouter_free_tier_per_minute',
            headers: {
              'X-RateLimit-Limit': '20',
              'X-RateLimit-Remaining': '0',
              'X-RateLimit-Reset': String(noon + minuteMs),
            },
          },
        },
      },
    });
    expect((await ask(simulator, { max_tokens: 1 })).status).toBe(200);
    await clock.advance(minuteMs);
    expect((await askFree(simulator)).status).toBe(200);
  });

  it.each([
    [9.99, 50, 'free-models-per-day. Add 10 credits to unlock 1000 free model requests per day'],
    [10, 1000, 'free-models-per-day-high-balance. '],
  ])('are by the credits that were bought: %d of them make %d a day', async (creditsUsd, perDay, message) => {
    const { simulator, clock } = setup({ creditsUsd, freeLimits: { perMinute: Infinity } });
    for (let index = 0; index < perDay; index += 1) await askFree(simulator);
    const refused = await askFree(simulator);
    expect(refused.json.error).toMatchObject({
      message: `Rate limit exceeded: ${message}`,
      metadata: {
        limit_source: 'openrouter_free_tier_daily',
        headers: { 'X-RateLimit-Limit': String(perDay), 'X-RateLimit-Reset': String(Date.UTC(2026, 7, 16)) },
      },
    });
    expect((await get(simulator, '/key')).json.data.free_model_daily_requests).toEqual({
      limit: perDay,
      used: perDay,
      remaining: 0,
    });
    await clock.advance(dayMs / 2);
    expect((await askFree(simulator)).status).toBe(200);
  });

  it('count what fails at its provider, too', async () => {
    const { simulator } = setup({ freeLimits: { perDay: 1 } });
    simulator.next(brokenAnswer({ answer: 'One two' }));
    await askFree(simulator);
    expect((await askFree(simulator)).status).toBe(429);
  });
});

describe('what was said', () => {
  const request = { model: 'a/dear', messages };

  it('is not stored unless the account wants it', async () => {
    const { simulator } = setup({ generationLag: 0 });
    const { json } = await ask(simulator, request);
    expect((await get(simulator, `/generation/content?id=${json.id}`)).status).toBe(404);
  });

  it('is told as late as what it cost', async () => {
    const { simulator } = setup({ storesContent: true, generationLag: 1 });
    simulator.next(reply({ reasoning: 'Hm.', content: 'Because.' }));
    const { json } = await ask(simulator, request);
    const path = `/generation/content?id=${json.id}`;
    expect((await get(simulator, path)).status).toBe(404);
    expect(await get(simulator, path)).toEqual({
      status: 200,
      json: { data: { input: { messages }, output: { completion: 'Because.', reasoning: 'Hm.' }, error: null } },
    });
    expect((await get(simulator, '/generation/content')).status).toBe(404);
  });

  it('has the prompt of the older kind, and a failure', async () => {
    const { simulator } = setup({ storesContent: true, generationLag: 0 });
    simulator.next(brokenAnswer({ answer: 'One two' }));
    const body = JSON.stringify({ model: 'a/dear', prompt: 'Once', stream: true });
    const headers = { authorization: 'Bearer normal' };
    const response = await simulator.fetch(`${api}/chat/completions`, { method: 'POST', headers, body });
    await response.text();
    const { json } = await get(simulator, `/generation/content?id=${response.headers.get('x-generation-id')}`);
    expect(json.data).toEqual({
      input: { prompt: 'Once' },
      output: { completion: null, reasoning: null },
      error: {
        message: 'Provider returned error',
        status: 502,
        provider_name: 'Simulated',
        raw: null,
        previous_errors: [],
      },
    });
  });

  it('is as much as had been said when the client went away, and costs as much', async () => {
    const { simulator, clock } = setup({ storesContent: true, generationLag: 0, pace: { firstMs: 0, chunkMs: 10 } });
    simulator.next(words(9));
    const controller = new AbortController();
    const response = await simulator.fetch(`${api}/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer normal' },
      body: JSON.stringify({ ...request, stream: true }),
      signal: controller.signal,
    });
    const reading = response.text().catch(() => undefined);
    await clock.advance(25);
    controller.abort();
    await reading;
    const id = response.headers.get('x-generation-id');
    const { cancelled, total_cost: cost } = (await get(simulator, `/generation?id=${id}`)).json.data;
    expect(cancelled).toBe(true);
    expect(cost).toBeGreaterThan(0);
    expect(cost).toBeLessThan(9);
    const { output } = (await get(simulator, `/generation/content?id=${id}`)).json.data;
    expect(output.completion).toBe('word '.repeat(cost));
  });
});

describe('the activity', () => {
  const boss = { managementKeys: ['boss'] };
  const activity = async (simulator: Simulator, query = '') =>
    (await get(simulator, `/activity${query}`, 'boss')).json.data;

  it('is what was used on days that are over, by model and provider, the latest first', async () => {
    const { simulator, clock } = setup(boss);
    simulator.next(words(2), words(3), words(1));
    await ask(simulator, {});
    await ask(simulator, {});
    await ask(simulator, { model: 'a/free:free' });
    expect(await activity(simulator)).toEqual([]);
    await clock.advance(dayMs);
    simulator.next(words(4));
    await ask(simulator, {});
    await clock.advance(dayMs);
    const usage = (await activity(simulator)).map((row: Row) => [row.date, row.model, row.requests, row.usage]);
    expect(usage).toEqual([
      ['2026-08-16', 'a/dear', 1, 4],
      ['2026-08-15', 'a/dear', 2, 5],
      ['2026-08-15', 'a/free:free', 1, 0],
    ]);
    expect((await activity(simulator, '?date=2026-08-15')).map((row: Row) => row.date)).toEqual([
      '2026-08-15',
      '2026-08-15',
    ]);
    await clock.advance(31 * dayMs);
    expect(await activity(simulator)).toEqual([]);
  });

  it('can be split by workspace, of which there is one', async () => {
    const { simulator, clock } = setup(boss);
    await ask(simulator, {});
    await clock.advance(dayMs);
    const [{ workspace_id: workspace }] = await activity(simulator, '?group_by=workspace');
    expect(await activity(simulator, `?workspace_id=${workspace}`)).toHaveLength(1);
    expect(await activity(simulator, '?workspace_id=other')).toEqual([]);
  });

  it.each(['?date=yesterday', '?date=2026-08-15', '?date=2026-07-15', '?group_by=model'])(
    'does not know %s',
    async (query) => {
      expect((await get(setup(boss).simulator, `/activity${query}`, 'boss')).status).toBe(400);
    },
  );
});
