import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimal, zero } from 'openrouter-ts/cost';
import { formatUsd } from './format-usd.ts';

it.each([
  [0, '$0'],
  [1e-9, '<$0.0001'],
  [0.00009999, '<$0.0001'],
  [0.0001, '$0.0001'],
  [0.0007, '$0.0007'],
  [0.001, '$0.001'],
  [0.0089, '$0.0089'],
  [0.31, '$0.31'],
  [0.5, '$0.50'],
  [0.12345, '$0.1235'],
  [0.99999, '$1.00'],
  [1.61, '$1.61'],
  [2, '$2.00'],
  [1234.5, '$1,234.50'],
])('%s dollars are %s', (amount, text) => {
  expect(formatUsd(decimal(amount) ?? zero)).toBe(text);
});

it('never calls something that costs nothing', () => {
  fc.assert(
    fc.property(fc.double({ min: Number.MIN_VALUE, max: 10, noNaN: true }), (amount) => {
      expect(formatUsd(decimal(amount) ?? zero)).not.toMatch(/^\$0(?:\.0+)?$/);
    }),
  );
});
