import { expect, it } from 'vitest';
import { groupDigits } from './group-digits.ts';

it.each([
  [0, '0'],
  [999, '999'],
  [1204, '1,204'],
  [1234567, '1,234,567'],
])('%s is written %s', (value, text) => {
  expect(groupDigits(value)).toBe(text);
});
