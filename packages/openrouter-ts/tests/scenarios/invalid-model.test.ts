import { describe, expect, it } from 'vitest';
import { BadRequestError, NotFoundError, type OpenRouter } from 'openrouter-ts';
import { errorIn200, failure } from 'openrouter-ts/testing';
import { question, simulatedApi } from '../support/simulated-api.ts';

const api = simulatedApi();
const unknown = { ...question, model: 'openai/gpt-0-nano' } as const;

function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'nothing failed',
    (error: unknown) => error,
  );
}

const calls = [
  ['chat.create', (client: OpenRouter, request: typeof unknown | typeof question) => client.chat.create(request)],
  ['chat.stream', (client: OpenRouter, request: typeof unknown | typeof question) => client.chat.stream(request)],
] as const;

describe.each(calls)('a model that does not exist, with %s', (_, ask) => {
  it('rejects with a BadRequestError that names the model', async () => {
    const error = await failureOf(ask(api.client(), unknown));
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({
      status: 400,
      code: 400,
      kind: 'bad-request',
      retryable: false,
      billing: 'none',
      message: expect.stringContaining('openai/gpt-0-nano is not a valid model ID'),
    });
  });

  it('is asked for once and not again', async () => {
    await failureOf(ask(api.client(), unknown));
    expect(api.simulator.requests).toHaveLength(1);
  });

  it('tells which model it was in its attempts', async () => {
    expect(await failureOf(ask(api.client(), unknown))).toMatchObject({
      attempts: [{ number: 1, model: 'openai/gpt-0-nano', status: 400, failure: 'bad-request' }],
    });
  });
});

describe.each(calls)('a model that nobody serves, with %s', (_, ask) => {
  const refusal = {
    message:
      'No endpoints found matching your data policy (Free model training). Configure: https://openrouter.ai/settings/privacy',
  };

  it('rejects with a NotFoundError in the words of the API and with advice', async () => {
    api.simulator.next(failure(404, refusal));
    const error = await failureOf(ask(api.client(), question));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ status: 404, retryable: false, billing: 'none' });
    expect((error as Error).message).toContain(refusal.message);
    expect((error as Error).message).toContain(
      'Check the model id, and that provider and privacy settings leave a provider for it.',
    );
  });

  it('rejects in the same way when the API had already said 200', async () => {
    api.simulator.next(errorIn200(404, refusal));
    const error = await failureOf(ask(api.client(), question));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ status: 404, message: expect.stringContaining(refusal.message) });
  });
});
