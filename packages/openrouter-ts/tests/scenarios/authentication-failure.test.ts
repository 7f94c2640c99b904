import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AuthenticationError, ConfigError, InsufficientCreditsError, OpenRouter, OpenRouterError } from 'openrouter-ts';
import { failure } from 'openrouter-ts/testing';
import { goodKey, question, simulatedApi } from '../support/simulated-api.ts';

const api = simulatedApi({ apiKeys: [goodKey] });
const badKey = 'sk-or-v1-0badc0de';

function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'nothing failed',
    (error: unknown) => error,
  );
}

describe('a key that the API refuses', () => {
  it.each([
    ['chat.create', (client: OpenRouter) => client.chat.create(question)],
    ['chat.stream', (client: OpenRouter) => client.chat.stream(question)],
  ])('rejects %s with an AuthenticationError that says what to do', async (_, ask) => {
    const error = await failureOf(ask(api.client({ apiKey: badKey })));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toBeInstanceOf(OpenRouterError);
    expect(error).toMatchObject({
      status: 401,
      kind: 'authentication',
      retryable: false,
      billing: 'none',
      phase: 'answered',
    });
    expect((error as Error).message).toContain('Check apiKey, or set OPENROUTER_API_KEY');
  });

  it('is asked once and not again', async () => {
    await failureOf(api.client({ apiKey: badKey }).chat.create(question));
    expect(api.simulator.requests).toHaveLength(1);
  });

  it('is in nothing that an error shows', async () => {
    api.simulator.next(failure(401, { message: `The key ${badKey} is disabled` }));
    const error = await failureOf(api.client({ apiKey: badKey }).chat.create(question));
    for (const shown of [String(error), (error as Error).stack, JSON.stringify(error), inspect(error, { depth: 9 })])
      expect(shown).not.toContain(badKey);
  });

  it('does not spoil the next call with a good one', async () => {
    await failureOf(api.client({ apiKey: badKey }).chat.create(question));
    await expect(api.client().chat.create(question)).resolves.toMatchObject({ object: 'chat.completion' });
  });
});

describe('a key that cannot be one', () => {
  it.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['is only white space', ' \n'],
    ['has a space in it', 'sk-or-v1 x'],
    ['has quotes around it', '"sk-or-v1-x"'],
  ])('is refused before anything is sent when it %s', async (_, apiKey) => {
    const call = async (): Promise<unknown> =>
      new OpenRouter({ apiKey, baseURL: api.server.baseURL }).chat.create(question);
    const error = await failureOf(call());
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as Error).message).toMatch(/openrouter\.ai\/keys/);
    expect(api.simulator.requests).toEqual([]);
  });

  it('may have white space around it, or Bearer before it', async () => {
    for (const apiKey of [`  ${goodKey}\n`, `Bearer ${goodKey}`]) await api.client({ apiKey }).chat.create(question);
    expect(api.simulator.requests.map(({ headers }) => headers['authorization'])).toEqual([
      `Bearer ${goodKey}`,
      `Bearer ${goodKey}`,
    ]);
  });
});

describe('a key that is renewed', () => {
  it('is asked for before each call', async () => {
    const keys = [badKey, goodKey];
    const client = api.client({ apiKey: async () => keys.shift() ?? '' });
    expect(await failureOf(client.chat.create(question))).toBeInstanceOf(AuthenticationError);
    await expect(client.chat.create(question)).resolves.toMatchObject({ object: 'chat.completion' });
  });
});

it('a key without credits rejects with another error, which says what to do', async () => {
  api.simulator.next(failure(402, { message: 'Insufficient credits' }));
  const error = await failureOf(api.client().chat.create(question));
  expect(error).toBeInstanceOf(InsufficientCreditsError);
  expect(error).toMatchObject({
    status: 402,
    retryable: false,
    message: expect.stringContaining('openrouter.ai/settings/credits'),
  });
});
