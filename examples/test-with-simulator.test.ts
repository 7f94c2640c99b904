// #region test
import { OpenRouter, StreamError, TimeoutError } from 'openrouter-ts';
import { cutAfter, FakeClock, hang, reply, Simulator } from 'openrouter-ts/testing';
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

it('keeps what had arrived when the connection is cut', async () => {
  const simulator = new Simulator().next(cutAfter({ text: 'come' }, reply('Tides come and go.')));
  const client = new OpenRouter({ apiKey: 'test', transport: simulator.transport });
  const stream = await client.chat.stream(request);

  const failure: unknown = await stream.completion().catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(StreamError);
  expect(stream.partial.choices[0]?.message.content).toMatch(/^Tides/);
});

it('waits no longer than it was told, and no test waits with it', async () => {
  const clock = new FakeClock();
  const simulator = new Simulator({ clock }).next(hang());
  const client = new OpenRouter({ apiKey: 'test', transport: simulator.transport, clock });

  const failure: unknown = await clock.runUntil(
    client.chat.create(request, { timeoutMs: 20_000 }).catch((error: unknown) => error),
  );

  expect(failure).toBeInstanceOf(TimeoutError);
  expect(clock.now()).toBe(20_000);
});
// #endregion
