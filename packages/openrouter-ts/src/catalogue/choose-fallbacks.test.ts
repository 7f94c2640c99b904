import { describe, expect, it } from 'vitest';
import { OpenRouter } from '../client/open-router.ts';
import { ConfigError } from '../errors/config-error.ts';
import { FakeClock, Simulator, type SimulatedModel } from '../testing/index.ts';
import type { FallbackOptions } from './fallback-options.ts';

function model(id: string, perMillion: number, more: Partial<SimulatedModel> = {}): SimulatedModel {
  const price = perMillion < 0 ? '-1' : (perMillion / 1_000_000).toFixed(15);
  return { id, pricing: { prompt: price, completion: price }, provider: id.replace(/\/.*/, ''), ...more };
}

async function choose(
  models: readonly SimulatedModel[],
  id: string,
  options?: FallbackOptions,
  clock = new FakeClock(),
): Promise<readonly string[]> {
  const { transport } = new Simulator({ models });
  const client = new OpenRouter({ apiKey: 'k', transport, clock });
  const { matches } = await (options === undefined
    ? client.models.chooseFallbacks(id)
    : client.models.chooseFallbacks(id, options));
  return matches.map((match) => match.model.id);
}

const original = model('a/one', 2);

describe('what can stand in for a model', () => {
  it('is what is closest in price, then newer, then first by its id', async () => {
    const models = [
      original,
      model('b/x', 1, { created: 5 }),
      model('c/x', 1.9),
      model('d/x', 1, { created: 9 }),
      model('f/x', 1, { created: 5 }),
      model('e/x', 1, { created: 5 }),
    ];
    expect(await choose(models, 'a/one', { count: 9 })).toEqual(['c/x', 'd/x', 'b/x', 'e/x', 'f/x']);
    expect(await choose([...models].reverse(), 'a/one', { count: 9 })).toEqual(['c/x', 'd/x', 'b/x', 'e/x', 'f/x']);
    expect(await choose(models, 'a/one')).toEqual(['c/x', 'd/x']);
  });

  it('is of another author first, and no author comes twice before all were there', async () => {
    const models = [original, model('a/two', 2), model('b/one', 1.9), model('b/two', 1.8), model('c/one', 0.5)];
    expect(await choose(models, 'a/one', { count: 4 })).toEqual(['b/one', 'c/one', 'b/two', 'a/two']);
  });

  it('is what does not depend on the same providers first', async () => {
    const shared = (id: string, perMillion: number, ...providers: string[]): SimulatedModel =>
      model(id, perMillion, { endpoints: providers.map((provider) => ({ provider })) });
    const models = [
      shared('a/one', 2, 'P', 'Q'),
      shared('b/one', 1.9, 'P'),
      shared('c/one', 1.8, 'Q', 'R'),
      shared('d/one', 1.7),
      shared('e/one', 1.6, 'Q'),
    ];
    expect(await choose(models, 'a/one')).toEqual(['c/one', 'b/one']);
  });

  it('costs no more, unless it may', async () => {
    const models = [original, model('b/x', 2), model('c/x', 2.000_001), model('d/x', 3), model('e/x', 3.1)];
    expect(await choose(models, 'a/one', { count: 9 })).toEqual(['b/x']);
    expect(await choose(models, 'a/one', { count: 9, maxPriceRatio: 1.5 })).toEqual(['b/x', 'c/x', 'd/x']);
    expect(await choose(models, 'a/one', { count: 9, maxPriceRatio: Infinity })).toHaveLength(4);
    expect(await choose(models, 'a/one', { count: 9, maxPromptPrice: 3, maxCompletionPrice: '3' })).toHaveLength(3);
  });

  it('costs nothing if the model does, unless it may', async () => {
    const models = [model('a/one:free', 0), model('b/x', 0.1), model('c/x:free', 0), model('d/x', 9)];
    expect(await choose(models, 'a/one:free')).toEqual(['c/x:free']);
    expect(await choose(models, 'a/one:free', { maxPromptPrice: 1 })).toEqual(['c/x:free']);
    expect(await choose(models, 'a/one:free', { allowPaid: true, count: 3 })).toEqual(['c/x:free', 'b/x', 'd/x']);
    expect(await choose(models, 'a/one:free', { allowPaid: true, maxPromptPrice: 1, count: 3 })).toEqual([
      'c/x:free',
      'b/x',
    ]);
  });

  it('has a known price', async () => {
    const models = [original, model('b/router', -1), model('c/x', 1)];
    expect(await choose(models, 'a/one', { maxPriceRatio: Infinity })).toEqual(['c/x']);
    await expect(choose(models, 'b/router')).rejects.toThrow(
      'The price of b/router is not known, so nothing can be compared with it. Pass maxPromptPrice and maxCompletionPrice.',
    );
    expect(await choose(models, 'b/router', { maxPromptPrice: 2, maxCompletionPrice: 2 })).toEqual(['c/x', 'a/one']);
  });

  it('takes what the model takes, gives what it gives and no more, and has its context', async () => {
    const models = [
      model('a/one', 2, { inputModalities: ['text', 'image'], contextLength: 100 }),
      model('b/blind', 2, { contextLength: 100 }),
      model('c/draws', 2, {
        inputModalities: ['text', 'image'],
        outputModalities: ['text', 'image'],
        contextLength: 100,
      }),
      model('d/short', 2, { inputModalities: ['text', 'image'], contextLength: 99 }),
      model('e/good', 2, { inputModalities: ['text', 'image', 'file'], contextLength: 101 }),
    ];
    const all = { count: 9 } as const;
    expect(await choose(models, 'a/one', all)).toEqual(['e/good']);
    expect(await choose(models, 'a/one', { ...all, inputModalities: ['text'] })).toEqual(['b/blind', 'e/good']);
    expect(await choose(models, 'a/one', { ...all, outputModalities: [] })).toEqual(['c/draws', 'e/good']);
    expect(await choose(models, 'a/one', { ...all, minContext: 99 })).toEqual(['d/short', 'e/good']);
  });

  it('need not have a context where the model tells none', async () => {
    expect(
      await choose([model('a/one', 2, { contextLength: null }), model('b/x', 1, { contextLength: 5 })], 'a/one'),
    ).toEqual(['b/x']);
  });

  it('can what is asked for, and is still there', async () => {
    const models = [
      original,
      model('b/x', 2, { supportedParameters: ['tools'], expirationDate: '2026-01-01' }),
      model('c/x', 2, { supportedParameters: ['tools'], expirationDate: '2026-01-02' }),
      model('d/x', 2, { supportedParameters: [] }),
    ];
    expect(await choose(models, 'a/one', { tools: true, count: 9 })).toEqual(['c/x']);
  });

  it('is served by whom the preferences allow', async () => {
    const models = [original, model('b/x', 1.9), model('c/x', 1)];
    expect(await choose(models, 'a/one', { provider: { only: ['c'] } })).toEqual(['c/x']);
  });

  it('is neither the model under another name nor an alias', async () => {
    const models = [original, model('~a/latest', 2, { aliasOf: 'a/one' }), model('~b/latest', 2), model('c/x', 1)];
    expect(await choose(models, 'a/one', { count: 9 })).toEqual(['c/x']);
    expect(await choose(models, '~a/latest', { count: 9 })).toEqual(['c/x']);
    expect(await choose(models, 'a/one:nitro', { count: 9 })).toEqual(['c/x']);
  });
});

describe('a choice', () => {
  it('cannot be made for a model that does not exist, and says what may have been meant', async () => {
    await expect(choose([original], 'a/on')).rejects.toThrow('The catalogue has no model "a/on". Did you mean a/one?');
    await expect(choose([original], 'x/else')).rejects.toThrow(
      'The catalogue has no model "x/else". models.list tells all of them.',
    );
  });

  it.each([{ count: 0 }, { maxPriceRatio: -1 }, { contxt: 5 }, { minContext: 'x' }])(
    'cannot be made with %j',
    async (options: object) => {
      await expect(choose([original], 'a/one', options)).rejects.toThrow(ConfigError);
    },
  );

  it('ends with its signal', async () => {
    const { transport } = new Simulator();
    const { models } = new OpenRouter({ apiKey: 'k', transport });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(models.chooseFallbacks('openai/gpt-4o-mini', { signal })).rejects.toThrow('enough');
    await expect(models.suggest('gpt', { signal })).rejects.toThrow('enough');
  });
});
