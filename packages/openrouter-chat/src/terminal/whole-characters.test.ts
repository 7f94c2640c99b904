import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wholeCharacters } from './whole-characters.ts';

it('gives a character only when both of its halves are here', () => {
  const filter = wholeCharacters();
  expect(filter.push('a\ud83d')).toBe('a');
  expect(filter.push('\ude00b')).toBe('😀b');
  expect(filter.end()).toBe('');
});

it('gives a half that stays alone when there is no more', () => {
  const filter = wholeCharacters();
  expect(filter.push('a\ud83d')).toBe('a');
  expect(filter.end()).toBe('\ud83d');
});

it('changes nothing but where the pieces are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), fc.nat(), (pieces, at) => {
      const text = pieces.join('');
      const cut = at % (text.length + 1);
      const filter = wholeCharacters();
      const given = [filter.push(text.slice(0, cut)), filter.push(text.slice(cut)), filter.end()];
      expect(given.join('')).toBe(text);
    }),
  );
});
