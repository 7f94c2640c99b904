import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from './edit-distance.ts';

/** The definition, word for word: slow, and sure. */
function slowly(from: readonly string[], to: readonly string[]): number {
  if (from.length === 0 || to.length === 0) return from.length + to.length;
  const [one, two] = from;
  const [uno, due] = to;
  const costs = [
    slowly(from.slice(1), to) + 1,
    slowly(from, to.slice(1)) + 1,
    slowly(from.slice(1), to.slice(1)) + (one === uno ? 0 : 1),
  ];
  const isSwapped = two !== undefined && due !== undefined && one === due && two === uno;
  return Math.min(...costs, ...(isSwapped ? [slowly(from.slice(2), to.slice(2)) + 1] : []));
}

describe('the distance of two texts', () => {
  it.each([
    ['', '', 0],
    ['gpt', 'gpt', 0],
    ['gpt', 'gtp', 1],
    ['gpt-4o', 'gpt4o', 1],
    ['claude', 'cluade', 1],
    ['mini', 'nano', 3],
  ])('of "%s" and "%s" is %i', (from, to, distance) => {
    expect(editDistance(from, to, 10)).toBe(distance);
  });

  it('is infinite when it is of no interest', () => {
    expect(editDistance('gpt', 'claude', 2)).toBe(Infinity);
    expect(editDistance('abcdef', 'ghijkl', 3)).toBe(Infinity);
    expect(editDistance('abc', 'abd', 0)).toBe(Infinity);
  });

  it('is what the definition says', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 5 }), (from, to, most) => {
        const distance = slowly(from.split(''), to.split(''));
        expect(editDistance(from, to, most)).toBe(distance > most ? Infinity : distance);
      }),
    );
  });
});
