import { describe, expect, it } from 'vitest';
import { scriptedAttempt, type AttemptOptions } from '../../tests/support/read-context.ts';
import { usage } from '../../tests/support/sse-text.ts';
import { StreamProviderError } from '../errors/stream-error.ts';
import { ProviderError } from '../errors/status-errors.ts';
import type { Outcome } from '../http/outcome.ts';
import type { ChatCompletion } from '../wire/chat-completion.ts';
import { readChatCompletion } from './read-chat-completion.ts';

function read(body: unknown, options: AttemptOptions = {}): Promise<Outcome<ChatCompletion>> {
  const attempt = scriptedAttempt({ stream: false, ...options });
  attempt.body.send(typeof body === 'string' ? body : JSON.stringify(body)).end();
  return readChatCompletion(attempt.response, attempt.context);
}

const message = { role: 'assistant', content: 'Hello', refusal: null };
const good = {
  id: 'gen-body',
  object: 'chat.completion',
  created: 1,
  model: 'openai/gpt-4o-mini',
  provider: 'OpenAI',
  choices: [{ index: 0, finish_reason: 'stop', native_finish_reason: 'stop', message }],
  usage,
};

describe('an answer that was not streamed', () => {
  it('is given as it came', async () => {
    const { value } = await read({ ...good, odd: { deep: true } });
    expect(value).toEqual({ ...good, odd: { deep: true } });
  });

  it('may begin with the white space that kept its connection alive', async () => {
    const { value } = await read(`\n         \n\n         \n${JSON.stringify(good)}`);
    expect(value).toEqual(good);
  });

  it('comes with the details of the response', async () => {
    const attempts = [{ number: 1, startedAt: 0, durationMs: 1 }];
    const { response } = await read(good, { headers: { 'x-generation-id': 'gen-header', 'x-odd': '1' }, attempts });
    expect(response).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'x-generation-id': 'gen-header', 'x-odd': '1' },
      generationId: 'gen-header',
      attempts,
      warnings: [],
    });
  });

  it('is settled at once, with its usage and the model that answered', async () => {
    const { settled } = await read(good);
    expect(await settled).toEqual({ usage, model: 'openai/gpt-4o-mini', provider: 'OpenAI', generationId: 'gen-body' });
  });

  it('may come without usage and without an id', async () => {
    const { settled, response } = await read({ ...good, id: 7, usage: null });
    expect(await settled).toEqual({
      usage: undefined,
      model: 'openai/gpt-4o-mini',
      provider: 'OpenAI',
      generationId: undefined,
    });
    expect(response.generationId).toBeUndefined();
  });
});

describe('an answer without any output', () => {
  const empty = { index: 0, finish_reason: null, message: { role: 'assistant', content: null } };

  it.each([
    ['no choices', []],
    ['a choice without content', [empty]],
    [
      'a choice with an empty content',
      [{ ...empty, message: { role: 'assistant', content: '', tool_calls: [], reasoning: null } }],
    ],
    ['a choice without a message', [{ index: 0 }]],
    ['a blank finish reason', [{ ...empty, finish_reason: '' }]],
    ['a choice that is none', [null]],
  ])('is given as it came, with a warning, when it has %s', async (_, choices) => {
    const { value, response } = await read({ ...good, choices });
    expect(value.choices).toEqual(choices);
    expect(response.warnings).toEqual(['empty']);
  });

  it('may lack the choices', async () => {
    const { choices: _, ...rest } = good;
    expect((await read(rest)).response.warnings).toEqual(['empty']);
  });

  it.each([
    ['a finish reason', { ...empty, finish_reason: 'content_filter' }],
    ['reasoning', { ...empty, message: { content: null, reasoning: 'Hm' } }],
    ['reasoning under its other name', { ...empty, message: { content: null, reasoning_content: 'Hm' } }],
    [
      'details of reasoning',
      { ...empty, message: { content: null, reasoning_details: [{ type: 'reasoning.encrypted', data: 'x' }] } },
    ],
    ['a tool call', { ...empty, message: { content: null, tool_calls: [{ id: 'a' }] } }],
    ['a refusal', { ...empty, message: { content: null, refusal: 'No' } }],
    ['an image', { ...empty, message: { content: '', images: [{}] } }],
  ])('is none that has %s', async (_, choice) => {
    expect((await read({ ...good, choices: [empty, choice] })).response.warnings).toEqual([]);
  });
});

describe('an answer in the middle of which the provider failed', () => {
  const error = {
    code: 502,
    message: 'Provider disconnected',
    metadata: { provider_name: 'Acme', error_type: 'provider_unavailable' },
  };
  const broken = { ...good, choices: [{ ...good.choices[0], finish_reason: 'error', error }] };

  it('is raised, with what had arrived', async () => {
    const failure = await read(broken, { headers: { 'x-generation-id': 'gen-header' } }).catch(
      (reason: unknown) => reason,
    );
    expect(failure).toBeInstanceOf(StreamProviderError);
    expect(failure).toMatchObject({
      status: 502,
      code: 502,
      errorType: 'provider_unavailable',
      providerName: 'Acme',
      body: error,
      retryable: true,
      phase: 'streaming',
      billing: 'insured',
      generationId: 'gen-header',
      partial: broken,
      message:
        "The provider failed in the middle of its answer: Provider disconnected (Acme). What had arrived is in the error's `partial`.",
    });
  });

  it('is known by its id where no header named one', async () => {
    await expect(read(broken)).rejects.toMatchObject({ generationId: 'gen-body' });
  });

  it('is raised whichever choice failed', async () => {
    await expect(read({ ...good, choices: [null, good.choices[0], broken.choices[0]] })).rejects.toBeInstanceOf(
      StreamProviderError,
    );
  });

  it('is raised when only a finish reason says so', async () => {
    await expect(
      read({ ...good, choices: [{ ...good.choices[0], native_finish_reason: 'network_error' }] }),
    ).rejects.toMatchObject({ status: 502, message: expect.stringContaining('"network_error"') });
  });

  it('is told in the words of the error beside the choices, where there is one', async () => {
    const beside = { code: 429, message: 'Too many' };
    await expect(read({ ...broken, error: beside })).rejects.toMatchObject({
      status: 429,
      body: beside,
      message: expect.stringContaining('Too many'),
    });
    await expect(read({ ...broken, error: null })).rejects.toMatchObject({ status: 502, body: error });
  });
});

describe('an answer that only looks like one', () => {
  it('is raised as the error that it holds', async () => {
    const failure = await read({ error: { code: 503, message: 'Overloaded' } }).catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(ProviderError);
    expect(failure).toMatchObject({ status: 503 });
  });

  it('may have an error beside good choices, which then count', async () => {
    expect((await read({ ...good, error: { code: 502, message: 'x' } })).value.choices).toEqual(good.choices);
  });
});
