import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject } from './json.ts';

describe('isJsonObject', () => {
  it('accepts every object that JSON can spell, the empty one included', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        expect(isJsonObject(JSON.parse(JSON.stringify(object)))).toBe(true);
      }),
    );
  });

  it.each([null, undefined, [], [{}], 'text', '', 0, 1, true, false])(
    'refuses %j, which has no properties to read',
    (value) => {
      expect(isJsonObject(value)).toBe(false);
    },
  );
});
