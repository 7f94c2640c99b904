import { describe, expect, it } from 'vitest';
import { OpenRouter, type CostEntry } from '../../src/index.ts';

const key = process.env['OPENROUTER_API_KEY'];
const model = process.env['OPENROUTER_LIVE_MODEL'] ?? 'openai/gpt-4o-mini';
const messages = [{ role: 'user', content: 'Answer with the single word: ready' }] as const;

/** Against the real service, which costs a fraction of a cent: `npm run test:live` with a key in `OPENROUTER_API_KEY`. */
const needsKey = key === undefined ? ' (skipped: set OPENROUTER_API_KEY to ask it)' : '';

describe.runIf(key !== undefined)(`what the real service tells of models and accounts${needsKey}`, () => {
  it('lists models, one of which is asked for by its id', async () => {
    const client = new OpenRouter();
    const { data } = await client.models.list();
    expect(data.length).toBeGreaterThan(100);
    expect((await client.models.get(model)).id).toBe(model);
    expect((await client.models.endpoints(model)).endpoints.length).toBeGreaterThan(0);
  });

  it('has models for what is looked for, and none that is not', async () => {
    const { matches } = await new OpenRouter().models.find({ tools: true, minContext: 100_000, limit: 5 });
    expect(matches.length).toBeGreaterThan(0);
    for (const found of matches) {
      expect(found.model.supported_parameters).toContain('tools');
      expect(found.model.context_length).toBeGreaterThanOrEqual(100_000);
    }
  });

  it('tells what the key may do', async () => {
    const details = await new OpenRouter().key.get();
    expect(details.usage).toBeGreaterThanOrEqual(0);
  });

  it('bills what the ledger says, and settles what an abort left open', async () => {
    const client = new OpenRouter({ budget: { usd: 0.05 } });
    const answer = await client.chat.create({ model, messages, max_tokens: 16 }, { tag: 'live' });
    expect(client.costs.by('tag').get('live')?.usd).toBe(answer.usage?.cost);
    const stream = await client.chat.stream({
      model,
      max_tokens: 200,
      messages: [{ role: 'user', content: 'Count from 1 to 90.' }],
    });
    stream.abort();
    await stream.settled;
    const [open] = client.costs.unknown;
    expect(open).toMatchObject({ unknown: 'stream-interrupted' } satisfies Partial<CostEntry>);
    const { settled, left } = await client.costs.reconcile({ waitMs: 60_000 });
    expect({ settled: settled.length, left }).toEqual({ settled: 1, left: [] });
  }, 120_000);
});
