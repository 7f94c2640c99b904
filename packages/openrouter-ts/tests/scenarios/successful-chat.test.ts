import { describe, expect, it } from 'vitest';
import { OpenRouter } from 'openrouter-ts';
import { reply } from 'openrouter-ts/testing';
import { goodKey, question, simulatedApi } from '../support/simulated-api.ts';

const api = simulatedApi();

describe('chat.create', () => {
  it("gives the API's own JSON, nothing renamed and nothing dropped", async () => {
    api.simulator.next(reply({ content: 'Rayleigh scattering.', keepAlives: 2 }));
    const answer = await api.client().chat.create(question);
    expect(answer).toMatchObject({
      object: 'chat.completion',
      model: 'openai/gpt-4o-mini',
      choices: [
        {
          index: 0,
          finish_reason: 'stop',
          native_finish_reason: 'stop',
          message: { role: 'assistant', content: 'Rayleigh scattering.' },
        },
      ],
      usage: { prompt_tokens: expect.any(Number), completion_tokens: expect.any(Number), cost: expect.any(Number) },
    });
    expect(answer.id).toMatch(/^gen-/);
  });

  it('sends what it was given, parameters that nobody documented included', async () => {
    const request = { ...question, temperature: 0.2, provider: { sort: 'price' }, my_own_parameter: [1, 2] } as const;
    await api.client().chat.create(request);
    expect(api.simulator.requests).toMatchObject([
      {
        method: 'POST',
        path: '/api/v1/chat/completions',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
      },
    ]);
    expect(api.simulator.requests[0]?.json).toEqual(request);
  });

  it('tells status, headers, generation id and attempts with the answer, if it is asked for them', async () => {
    api.simulator.next(reply('Yes.'));
    const { data, response } = await api.client().chat.create(question).withResponse();
    expect(data.choices[0]?.message.content).toBe('Yes.');
    expect(response).toMatchObject({
      status: 200,
      generationId: data.id,
      warnings: [],
      attempts: [{ number: 1, model: 'openai/gpt-4o-mini', status: 200, generationId: data.id }],
    });
    expect(response.headers['content-type']).toMatch(/^application\/json/);
  });

  it('gives tool calls, reasoning and refusals where the API has them', async () => {
    api.simulator.next(
      reply({
        content: null,
        reasoning: 'I should look.',
        toolCalls: [{ name: 'look', arguments: { at: 'the sky' } }],
      }),
    );
    const [choice] = (await api.client().chat.create(question)).choices;
    expect(choice).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: null,
        reasoning: 'I should look.',
        tool_calls: [{ type: 'function', function: { name: 'look' } }],
      },
    });
    expect(JSON.parse(choice?.message.tool_calls?.[0]?.function.arguments ?? '')).toEqual({ at: 'the sky' });
  });

  it('costs what the API says, once', async () => {
    const answer = await api.client().chat.create(question);
    expect(api.simulator.generations).toHaveLength(1);
    expect(answer.usage?.cost).toBe(api.simulator.spentUsd);
  });

  it('works the same over a fetch of your own', async () => {
    api.simulator.next(reply('Yes.'));
    const answer = await api.client({ fetch: globalThis.fetch }).chat.create(question);
    expect(answer.choices[0]?.message.content).toBe('Yes.');
  });

  it('works with nothing but a transport', async () => {
    api.simulator.next(reply('Yes.'));
    const client = new OpenRouter({ apiKey: goodKey, transport: api.simulator.transport });
    expect((await client.chat.create(question)).choices[0]?.message.content).toBe('Yes.');
    expect(api.simulator.requests[0]?.url).toBe('https://openrouter.ai/api/v1/chat/completions');
  });

  it('keeps its connection for the next call', async () => {
    const client = api.client();
    for (let call = 0; call < 3; call += 1) await client.chat.create(question);
    expect(api.server.connectionsEver).toBe(1);
  });
});
