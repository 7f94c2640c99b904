import { expect, it } from 'vitest';
import { checkNames } from './check-names.ts';

const known = { usd: true, tags: true };

it('accepts the options that there are', () => {
  expect(() => {
    checkNames({ tags: undefined }, known);
  }).not.toThrow();
});

it.each(['maxUsd', 'toString'])('says what there is where there is no option %s', (name) => {
  expect(() => {
    checkNames({ usd: 1, [name]: 2 }, known, 'budget.');
  }).toThrow(`There is no option budget.${name}. The options are usd, tags.`);
});
