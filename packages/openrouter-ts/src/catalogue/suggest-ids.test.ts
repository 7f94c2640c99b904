import { describe, expect, it } from 'vitest';
import { OpenRouter } from '../client/open-router.ts';
import { Simulator } from '../testing/index.ts';
import type { Model } from '../wire/model.ts';
import { suggestIds } from './suggest-ids.ts';

const { models } = new OpenRouter({ apiKey: 'k', transport: new Simulator().transport });

describe('a suggestion', () => {
  it.each([
    ['openai/gpt-4o-mimi', ['openai/gpt-4o-mini', 'openai/gpt-5-mini']],
    ['GPT-4o-mini', ['openai/gpt-4o-mini', 'openai/gpt-5-mini']],
    ['anthropic/claude-haiku-45', ['anthropic/claude-haiku-4.5']],
    ['claude-4.5-sonet-20250929', ['anthropic/claude-sonnet-4.5']],
    ['gogle/gemini-2.5-flash', ['google/gemini-2.5-flash']],
    ['openai/gpt-4o-mini', ['openai/gpt-4o-mini', 'openai/gpt-5-mini']],
    ['mistral', []],
    ['', []],
  ])('for "%s" is %j', async (id, ids) => {
    expect(await models.suggest(id)).toEqual(ids);
  });

  it('is the same whatever the order of the catalogue, and there are three at most', () => {
    const entries = ['a/m4', 'a/m2', 'a/m1', 'a/m3'].map((id) => ({ id }) as Model);
    expect(suggestIds('a/m5', entries)).toEqual(['a/m1', 'a/m2', 'a/m3']);
    expect(suggestIds('a/m5', [...entries].reverse())).toEqual(['a/m1', 'a/m2', 'a/m3']);
  });
});
