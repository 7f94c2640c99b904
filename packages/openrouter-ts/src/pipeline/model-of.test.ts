import { expect, it } from 'vitest';
import { modelOf } from './model-of.ts';

it.each([
  [{ model: 'openai/gpt-4o-mini' }, 'openai/gpt-4o-mini'],
  [{ model: 1 }, undefined],
  [{}, undefined],
  [undefined, undefined],
])('the model of %j is %s', (body, model) => {
  expect(modelOf({ body })).toBe(model);
});
