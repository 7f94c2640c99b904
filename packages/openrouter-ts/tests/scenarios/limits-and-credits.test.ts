import { describe, expect, it } from 'vitest';
import {
  affordableTokens,
  AuthenticationError,
  InsufficientCreditsError,
  NotFoundError,
  OpenRouter,
  PermissionError,
  RateLimitError,
  type LowLimitEvent,
  type OpenRouterOptions,
} from 'openrouter-ts';
import { errorIn200, failure, FakeClock, reply, Simulator, type SimulatorOptions } from 'openrouter-ts/testing';
import { LimitsMonitor } from '../../src/client/limits-monitor.ts';
import { goodKey } from '../support/simulated-api.ts';

const managementKey = 'sk-or-v1-boss';
const noon = Date.UTC(2026, 7, 15, 12);
const midnight = Date.UTC(2026, 7, 16);
const dayMs = 86_400_000;
/** A dollar a token of the answer, so that sums can be done in the head. */
const dear = { id: 'a/dear', pricing: { prompt: '0', completion: '1' } };
const free = { id: 'a/free:free', pricing: { prompt: '0', completion: '0' } };
const question = { model: 'a/dear', messages: [{ role: 'user', content: 'Hi' }] } as const;
const freeQuestion = { ...question, model: 'a/free:free' } as const;

function setup(options: SimulatorOptions = {}) {
  const clock = new FakeClock({ epochMs: noon });
  const simulator = new Simulator({ models: [dear, free], clock, managementKeys: [managementKey], ...options });
  const client = (more: OpenRouterOptions = {}): OpenRouter =>
    new OpenRouter({
      apiKey: goodKey,
      transport: simulator.transport,
      clock,
      rateLimit: { freeRequestsPerMinute: Infinity },
      maxRetries: 0,
      ...more,
    });
  return { clock, simulator, client: client(), boss: client({ apiKey: managementKey }), withOptions: client };
}

function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'nothing failed',
    (error: unknown) => error,
  );
}

const words = (count: number) => reply({ content: Array.from({ length: count }, () => 'word ') });

describe('the key', () => {
  it("tells its limits, what it has spent and the day's free requests", async () => {
    const { client, simulator } = setup({ keyLimitUsd: 10, keyLimitReset: 'weekly' });
    simulator.next(words(3));
    await client.chat.create(question);
    await client.chat.create(freeQuestion);
    expect(await client.key.get()).toMatchObject({
      limit: 10,
      limit_remaining: 7,
      limit_reset: 'weekly',
      usage: 3,
      usage_daily: 3,
      usage_weekly: 3,
      usage_monthly: 3,
      byok_usage: 0,
      include_byok_in_limit: false,
      is_free_tier: false,
      is_management_key: false,
      expires_at: null,
      free_model_daily_requests: { limit: 1000, used: 1, remaining: 999 },
    });
  });

  it('comes with status and attempts where they are asked for', async () => {
    const { data, response } = await setup().client.key.get().withResponse();
    expect(data.usage).toBe(0);
    expect(response).toMatchObject({ status: 200, attempts: [{ number: 1, status: 200 }], warnings: [] });
  });

  it('that is wrong is told so', async () => {
    const { withOptions } = setup({ apiKeys: ['other'] });
    expect(await failureOf(withOptions().key.get())).toBeInstanceOf(AuthenticationError);
  });
});

describe('the credits and the activity of the account', () => {
  it('are told to a management key', async () => {
    const { client, boss, simulator, clock } = setup({ creditsUsd: 20 });
    simulator.next(words(3));
    await client.chat.create(question);
    expect(await boss.credits.get()).toEqual({ total_credits: 20, total_usage: 3 });
    await clock.advance(dayMs);
    const { data } = await boss.activity.list({ date: '2026-08-15' });
    expect(data).toMatchObject([{ date: '2026-08-15', model: 'a/dear', requests: 1, usage: 3, completion_tokens: 3 }]);
    expect((await boss.activity.list()).data).toEqual(data);
  });

  it.each([
    ['credits', (client: OpenRouter) => client.credits.get(), '/credits'],
    ['activity', (client: OpenRouter) => client.activity.list(), '/activity'],
  ] as const)('are refused to any other key with an error that says why: %s', async (_, ask, path) => {
    const { client, simulator } = setup();
    const error = await failureOf(ask(client));
    expect(error).toBeInstanceOf(PermissionError);
    expect((error as Error).message).toBe(
      `OpenRouter answered GET ${path} with 403: Only management keys can perform this operation. Only a management key may ask for this; they are made at https://openrouter.ai/settings/management-keys.`,
    );
    simulator.next(failure(401));
    expect(await failureOf(ask(client))).toMatchObject({
      message: expect.stringContaining('Only a management key may ask for this'),
    });
  });
});

describe('a generation', () => {
  it('is known some seconds after its answer', async () => {
    const { client, clock } = setup({ generationLag: 2 });
    const { id, usage } = await client.chat.create(question);
    const error = await failureOf(client.generations.get(id));
    expect(error).toBeInstanceOf(NotFoundError);
    expect((error as Error).message).toContain('A record appears some seconds after its answer: waitMs waits for it.');
    const waiting = client.generations.get(id, { waitMs: 30_000 }).withResponse();
    const { data, response } = await clock.runUntil(waiting);
    expect(data).toMatchObject({
      id,
      model: 'a/dear',
      total_cost: usage?.cost,
      cancelled: false,
      finish_reason: 'stop',
    });
    expect(response.attempts.map(({ number, status }) => [number, status])).toEqual([
      [1, 404],
      [2, 200],
    ]);
    expect(clock.now()).toBe(500);
    expect(clock.pendingTimers).toBe(0);
  });

  it('that never comes is not waited for longer than was said', async () => {
    const { client, clock, simulator } = setup();
    const error = await failureOf(clock.runUntil(client.generations.get('gen-unknown', { waitMs: 5000 })));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ attempts: { length: 5 } });
    expect([clock.now(), simulator.requests.length]).toEqual([5000, 5]);
  });

  it('that was given up tells what it cost so far', async () => {
    const { client, clock, simulator } = setup({ generationLag: 0, pace: { firstMs: 0, chunkMs: 10 } });
    simulator.next(words(9));
    const stream = await client.chat.stream(question);
    const { generationId } = (await client.chat.stream(freeQuestion).withResponse()).response;
    const reading = stream.completion().catch(() => undefined);
    await clock.advance(25);
    stream.abort();
    await reading;
    const [cancelled] = simulator.generations;
    const record = await client.generations.get(cancelled?.id ?? '');
    expect(record).toMatchObject({ cancelled: true, finish_reason: null, streamed: true });
    expect(record.total_cost).toBeGreaterThan(0);
    expect(record.total_cost).toBeLessThan(9);
    expect(generationId).not.toBe(cancelled?.id);
  });

  it('tells what was said, where the account stores it', async () => {
    const { client } = setup({ generationLag: 0, storesContent: true });
    const answer = await client.chat.create(question);
    expect(await client.generations.content(answer.id)).toEqual({
      input: { messages: question.messages },
      output: { completion: answer.choices[0]?.message.content, reasoning: null },
      error: null,
    });
    const other = setup({ generationLag: 0 }).client;
    const { id } = await other.chat.create(question);
    expect(await failureOf(other.generations.content(id))).toBeInstanceOf(NotFoundError);
  });
});

describe.each([
  ['chat.create', (client: OpenRouter, request: typeof question) => client.chat.create(request)],
  ['chat.stream', (client: OpenRouter, request: typeof question) => client.chat.stream(request)],
] as const)('credits that do not cover the longest answer, with %s', (_, ask) => {
  it('reject with what was asked for and what could be paid, and the request goes through when it asks for that', async () => {
    const { client, simulator } = setup({ creditsUsd: 5 });
    const error = await failureOf(ask(client, { ...question, max_tokens: 8 } as never));
    expect(error).toBeInstanceOf(InsufficientCreditsError);
    expect(error).toMatchObject({
      status: 402,
      retryable: false,
      billing: 'none',
      affordableTokens: 5,
      message: expect.stringMatching(/or lower max_tokens to 5\.$/),
    });
    const tokens = affordableTokens(error);
    expect(tokens).toEqual({ requested: 8, affordable: 5 });
    await ask(client, { ...question, max_tokens: tokens?.affordable } as never);
    expect(simulator.requests).toHaveLength(2);
  });

  it('are refused in the same way when the API had already said 200', async () => {
    const { client, simulator } = setup();
    const message =
      'This request requires more credits, or fewer max_tokens. You requested up to 8 tokens, but can only afford 5.';
    simulator.next(errorIn200(402, { message }));
    expect(affordableTokens(await failureOf(ask(client, question)))).toEqual({ requested: 8, affordable: 5 });
  });
});

describe('a key whose limit is used up', () => {
  it('is refused at once, and not again after the reset', async () => {
    const { client, simulator, clock } = setup({ keyLimitUsd: 3, keyLimitReset: 'daily' });
    simulator.next(words(3));
    await client.chat.create(question);
    const error = await failureOf(client.chat.create({ ...question, max_tokens: 1 }));
    expect(error).toBeInstanceOf(PermissionError);
    expect(error).toMatchObject({
      retryable: false,
      message: expect.stringContaining('Key limit exceeded (daily limit)'),
    });
    await clock.advance(dayMs / 2);
    await client.chat.create({ ...question, max_tokens: 1 });
  });
});

describe('free requests', () => {
  it('of the day that are used up are not tried again, and the error tells when there are new ones', async () => {
    const { client, simulator } = setup({ freeLimits: { perDay: 1 } });
    await client.chat.create(freeQuestion);
    const error = await failureOf(client.chat.create(freeQuestion, { maxRetries: 5 }));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ scope: 'account-day', resetAt: midnight, retryable: false });
    expect(simulator.requests).toHaveLength(2);
  });

  it('of the minute are known as such', async () => {
    const { client } = setup({ freeLimits: { perMinute: 1 } });
    await client.chat.create(freeQuestion);
    expect(await failureOf(client.chat.create(freeQuestion))).toMatchObject({
      scope: 'account-minute',
      resetAt: noon + 60_000,
      retryable: true,
    });
  });
});

describe('the limits of a client', () => {
  it('are those of its key, and of the free requests', async () => {
    const { client, simulator } = setup({ keyLimitUsd: 10, keyLimitReset: 'daily' });
    simulator.next(words(3));
    await client.chat.create(question);
    expect(await client.limits.refresh()).toMatchObject({
      creditUsd: { remaining: 7, source: 'key' },
      keyCreditUsd: { remaining: 7, limit: 10, resetsAt: midnight, ageMs: 0 },
      accountCreditUsd: undefined,
      freeRequests: { remaining: 1000, limit: 1000, source: 'key', resetsAt: midnight },
    });
    expect(simulator.requests.map(({ path }) => path.slice('/api/v1'.length))).toEqual(['/chat/completions', '/key']);
  });

  it('are those of the account for a management key', async () => {
    const { client, boss, simulator } = setup({ creditsUsd: 20 });
    simulator.next(words(3));
    await client.chat.create(question);
    expect(await boss.limits.refresh()).toMatchObject({
      accountCreditUsd: { remaining: 17, limit: 20, source: 'credits' },
    });
  });

  it('are known without asking again, whatever the client has spent since and however it learned of it', async () => {
    const { client, simulator, clock } = setup({ keyLimitUsd: 20 });
    await client.limits.refresh();
    simulator.next(words(2), words(4), words(6));
    await client.chat.create(question);
    const stream = await client.chat.stream(question);
    await stream.completion();
    expect(await client.limits.report()).toMatchObject({ creditUsd: { remaining: 14, usedSince: 6 } });
    (await client.chat.stream(question)).abort();
    await clock.runUntil(client.costs.reconcile());
    const { creditUsd } = await client.limits.report();
    expect(creditUsd?.remaining).toBe(20 - simulator.spentUsd);
    expect(simulator.spentUsd).toBeGreaterThan(6);
  });

  it('tell once when the credit falls below a threshold, and again after it was filled up', async () => {
    const { client, boss, simulator, clock } = setup({ creditsUsd: 20 });
    const events: LowLimitEvent[] = [];
    const limits = new LimitsMonitor({
      readKey: (options) => client.key.get(options),
      readCredits: (_, options) => boss.credits.get(options),
      clock,
    });
    const stop = limits.onLow({ creditBelowUsd: 10 }, (event) => events.push(event));
    const spend = async (tokens: number): Promise<void> => {
      simulator.next(words(tokens));
      const { model, usage } = await client.chat.create(question);
      limits.note({ model, costUsd: usage?.cost });
    };
    await limits.refresh();
    for (const tokens of [9, 3, 3]) await spend(tokens);
    expect(events).toMatchObject([{ type: 'credit-low', remaining: 8, below: 10 }]);
    simulator.buyCredits(10);
    await limits.refresh();
    await spend(6);
    expect(events.map(({ remaining }) => remaining)).toEqual([8, 9]);
    stop();
    simulator.buyCredits(10);
    await limits.refresh();
    await spend(12);
    expect(events).toHaveLength(2);
  });

  it("tell once when the key's own credit falls below a threshold, without being asked", async () => {
    const { client, simulator } = setup({ keyLimitUsd: 20 });
    const events: LowLimitEvent[] = [];
    await client.limits.onLow({ creditBelowUsd: 10 }, (event) => events.push(event));
    await client.limits.refresh();
    for (const tokens of [9, 3, 3]) {
      simulator.next(words(tokens));
      await client.chat.create(question);
    }
    expect(events).toMatchObject([{ type: 'credit-low', remaining: 8, below: 10 }]);
  });

  it('learn from refusals', async () => {
    const { client, simulator, clock } = setup({ freeLimits: { perDay: 2 }, keyLimitUsd: 3 });
    await client.limits.report();
    await client.chat.create(freeQuestion);
    await client.chat.create(freeQuestion);
    await failureOf(client.chat.create(freeQuestion));
    expect((await client.limits.report()).freeRequests).toMatchObject({
      remaining: 0,
      limit: 2,
      source: 'refusal',
      resetsAt: midnight,
    });
    await clock.advance(dayMs);
    expect((await client.limits.report()).freeRequests).toMatchObject({ remaining: 2, source: 'local' });
    simulator.next(words(3));
    await client.chat.create(question);
    await failureOf(client.chat.create({ ...question, max_tokens: 1 }));
    expect((await client.limits.report()).creditUsd).toMatchObject({ remaining: 0, source: 'refusal' });
  });

  it('are looked at by themselves only while somebody asked for it', async () => {
    const { client, clock, simulator } = setup();
    const stop = await client.limits.watch({ everyMs: 60_000 });
    await clock.advance(150_000);
    stop();
    await clock.advance(600_000);
    expect(simulator.requests.filter(({ path }) => path.endsWith('/key'))).toHaveLength(3);
    expect(clock.pendingTimers).toBe(0);
  });
});
