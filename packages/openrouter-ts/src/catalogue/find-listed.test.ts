import { describe, expect, it } from 'vitest';
import type { Model } from '../wire/model.ts';
import { findListed } from './find-listed.ts';

const entry = (id: string, slug: string): Model => ({ id, canonical_slug: slug }) as Model;
const paid = entry('a/one', 'a/one-2026');
const free = entry('a/one:free', 'a/one-2026');

describe('an entry of a listing', () => {
  it.each([
    ['a/one', paid],
    ['a/one:free', free],
    ['a/one-2026', free],
    ['a/one:nitro', paid],
    ['a/one:free:online', free],
    ['a/one:floor:online', paid],
  ])('is found by %s', (id, model) => {
    expect(findListed([free, paid], id)).toBe(model);
  });

  it('is looked for in the listing that is asked about, whatever was found in another', () => {
    const [before, after] = [[paid], [entry('a/one', 'a/one-2027')]];
    expect(findListed(before, 'a/one')).toBe(paid);
    expect(findListed(before, 'a/one')).toBe(paid);
    expect(findListed(after, 'a/one')).toBe(after[0]);
    expect(findListed(after, 'a/one-2026')).toBeUndefined();
  });

  it('is found by the last of very many names', () => {
    const models = [free, paid];
    for (let count = 0; count < 1_100; count += 1)
      expect(findListed(models, `a/one${':nitro'.repeat(count)}`)).toBe(paid);
  });

  it.each(['a/two', 'a/one:thinking', 'a/two:nitro', ''])('is not found by "%s"', (id) => {
    expect(findListed([free, paid], id)).toBeUndefined();
  });
});
