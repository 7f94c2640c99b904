import { describe, expect, it } from 'vitest';
import { AuthenticationError, BadRequestError, OpenRouter } from '../../src/index.ts';

const key = process.env['OPENROUTER_API_KEY'];
const model = process.env['OPENROUTER_LIVE_MODEL'] ?? 'openai/gpt-4o-mini';
const messages = [{ role: 'user', content: 'Answer with the single word: ready' }] as const;

/** Against the real service, which costs a fraction of a cent: `npm run test:live` with a key in `OPENROUTER_API_KEY`. */
const needsKey = key === undefined ? ' (skipped: set OPENROUTER_API_KEY to ask it)' : '';

describe.runIf(key !== undefined)(`the real service, with ${model}${needsKey}`, () => {
  it('answers whole, with usage and its real cost', async () => {
    const { data, response } = await new OpenRouter().chat.create({ model, messages, max_tokens: 16 }).withResponse();
    expect(data.choices[0]?.message.content).toMatch(/ready/i);
    expect(data.usage?.cost).toBeGreaterThan(0);
    expect(response.generationId).toBe(data.id);
  });

  it('streams the same answer that its chunks add up to', async () => {
    const stream = await new OpenRouter().chat.stream({ model, messages, max_tokens: 16 });
    let text = '';
    for await (const delta of stream.textDeltas()) text += delta;
    const completion = await stream.completion();
    expect(completion.choices[0]?.message.content).toBe(text);
    expect(completion.choices[0]?.finish_reason).toBe('stop');
    expect(completion.usage?.cost).toBeGreaterThan(0);
    expect(stream.response.warnings).toEqual([]);
  });

  it('streams over fetch as well', async () => {
    const stream = await new OpenRouter({ fetch: globalThis.fetch }).chat.stream({ model, messages, max_tokens: 16 });
    expect((await stream.completion()).choices[0]?.message.content).toMatch(/ready/i);
  });

  it('stops in the middle when it is aborted, with the reason of the signal', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const stream = await new OpenRouter().chat.stream(
      { model, messages: [{ role: 'user', content: 'Count from 1 to 500.' }] },
      { signal: controller.signal },
    );
    const reading = (async () => {
      for await (const text of stream.textDeltas()) if (text !== '') controller.abort(reason);
    })();
    await expect(reading).rejects.toBe(reason);
    expect(stream.partial.choices[0]?.message.content).not.toBe('');
  });

  it('names a model that does not exist', async () => {
    const call = new OpenRouter().chat.create({ model: 'nobody/no-such-model', messages });
    await expect(call).rejects.toBeInstanceOf(BadRequestError);
  });
});

describe.runIf(key !== undefined)(`the real service, with a wrong key${needsKey}`, () => {
  it('refuses, and the message does not hold the key', async () => {
    const wrong = `sk-or-v1-${'0'.repeat(64)}`;
    const error: unknown = await new OpenRouter({ apiKey: wrong }).chat
      .create({ model, messages })
      .catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(String(error)).not.toContain(wrong);
  });
});
