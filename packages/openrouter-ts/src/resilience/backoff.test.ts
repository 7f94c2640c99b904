import { describe, expect, it } from 'vitest';
import { backoffMs, hintedMs, throttleBackoff, transientBackoff } from './backoff.ts';

describe('a wait that nobody asked for', () => {
  it.each([
    ['a failure that may be over in a moment', transientBackoff, [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]],
    ['a refusal for too many requests', throttleBackoff, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]],
  ])('grows up to a limit, after %s', (_what, backoff, limits) => {
    expect(limits.map((_limit, retries) => backoffMs(retries, backoff, () => 0.5))).toEqual(
      limits.map((limit) => limit / 2),
    );
    expect(limits.map((_limit, retries) => backoffMs(retries, backoff, () => 0.999))).toEqual(
      limits.map((limit) => limit * 0.999),
    );
    expect(limits.map((_limit, retries) => backoffMs(retries, backoff, () => 0))).toEqual(limits.map(() => 100));
    expect(backoffMs(5_000, backoff, () => 0.5)).toBe((limits.at(-1) ?? 0) / 2);
  });
});

describe('a wait that the server asked for', () => {
  it.each([
    [1, 0, 1],
    [2_000, 0, 2_000],
    [2_000, 0.5, 2_100],
    [2_000, 0.999, 2_199.8],
    [10_000, 0.999, 10_999],
    [60_000, 0, 60_000],
    [60_000, 0.5, 60_500],
    [60_000, 0.999, 60_999],
  ])('of %d ms is never less, and a little more by chance (%d): %d', (askedMs, chance, expected) => {
    expect(hintedMs(askedMs, () => chance)).toBeCloseTo(expected, 9);
  });
});
