import { expect, it } from 'vitest';
import { isFreeModel } from './is-free-model.ts';

it.each([
  ['meta-llama/llama-3.3-70b-instruct:free', true],
  ['openrouter/free', true],
  ['openai/gpt-4o-mini', false],
  ['openai/gpt-4o-mini:freely', false],
  ['free', false],
  ['openrouter/auto', false],
  [undefined, false],
])('%s is a free model: %s', (model, free) => {
  expect(isFreeModel(model)).toBe(free);
});
