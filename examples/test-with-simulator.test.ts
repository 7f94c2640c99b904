// #region test
import { OpenRouter, StreamTruncatedError, TimeoutError } from 'openrouter-ts';
import { endAfter, FakeClock, hang, reply, Simulator } from 'openrouter-ts/testing';
import { expect, it } from 'vitest';

const request = {
  model: 'openai/gpt-4o-mini',
  messages: [{ role: 'user', content: 'Sum up: the tide comes, the tide goes.' }],
} as const;

it('asks the model that was chosen, and gives its answer', async () => {
  const simulator = new Simulator().next(reply('Tides come and go.'));
  const client = new OpenRouter({ apiKey: 'test', transport: simulator.transport });

  const answer = await client.chat.create(request);

  expect(answer.choices[0]?.message.content).toBe('Tides come and go.');
  expect(simulator.requests[0]?.json).toMatchObject({ model: 'openai/gpt-4o-mini' });
  expect(answer.usage?.cost).toBe(simulator.spentUsd);
});

it('does not take half an answer for a whole one', async () => {
  const simulator = new Simulator().next(endAfter(reply('Tides come and go.'), { events: 2 }));
  const client = new OpenRouter({ apiKey: 'test', transport: simulator.transport });
  const stream = await client.chat.stream(request);

  await expect(stream.completion()).rejects.toBeInstanceOf(StreamTruncatedError);

  expect(stream.partial.choices[0]?.message.content).toBe('Tides come');
});

it('waits no longer than it was told, and no test waits with it', async () => {
  const clock = new FakeClock();
  const simulator = new Simulator({ clock }).next(hang({ before: 'headers' }));
  const client = new OpenRouter({ apiKey: 'test', transport: simulator.transport, clock });

  const answer = client.chat.create(request, { timeoutMs: 20_000 });

  await expect(clock.runUntil(answer)).rejects.toBeInstanceOf(TimeoutError);
  expect(clock.now()).toBe(20_000);
});
// #endregion
