import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/config-error.ts';
import { checkPositive } from './check-positive.ts';

describe('a time or a size', () => {
  it.each([0.5, 1, 1e9, Infinity, undefined])('may be %s', (value) => {
    expect(() => {
      checkPositive('timeoutMs', value);
    }).not.toThrow();
  });

  it.each([
    [0, '0'],
    [-1, '-1'],
    [Number.NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    ['5', 'of type string'],
    [null, 'of type object'],
    [5n, 'of type bigint'],
  ])('must not be %s', (value, what) => {
    expect(() => {
      checkPositive('timeoutMs', value);
    }).toThrow(new ConfigError(`timeoutMs must be a number above zero, or Infinity for no limit, but it is ${what}.`));
  });
});
