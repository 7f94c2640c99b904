import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from './printable.ts';

describe('printable', () => {
  it('leaves a text with its white space, line breaks and tabs as it came', () => {
    const text = ' Rate limit exceeded: free-models-per-min. \n\tGrüße, 日本語, 👩‍👧, עברית ';
    expect(printable(text, 2000)).toBe(text);
  });

  it.each([
    ['a carriage return', 'a\rb'],
    ['an escape', 'a\u001bb'],
    ['a NUL', 'a\0b'],
    ['a bell', 'a\u0007b'],
    ['a delete', 'a\u007fb'],
    ['an 8-bit control sequence introducer', 'a\u009bb'],
    ['a right-to-left override', 'a\u202eb'],
    ['a left-to-right embedding', 'a\u202ab'],
    ['a first isolate', 'a\u2066b'],
    ['the end of an isolate', 'a\u2069b'],
    ['the first half of a character', 'a\ud83db'],
    ['the second half of a character', 'a\udc4bb'],
  ])('takes out %s', (_what, text) => {
    expect(printable(text, 2000)).toBe('ab');
  });

  it('takes out every one of several', () => {
    expect(printable('\u001b[31mred\u001b[0m', 2000)).toBe('[31mred[0m');
  });

  it('keeps a text of just the length that is allowed', () => {
    expect(printable('abcd', 4)).toBe('abcd');
  });

  it('cuts a longer text and says so, within the length that is allowed', () => {
    expect(printable('abcde', 4)).toBe('abc…');
  });

  it('does not leave half a character where it cuts', () => {
    expect(printable('ab👋cd', 4)).toBe('ab…');
  });

  it('never gives more than is allowed, nor anything that steers a terminal', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 50 }), (text, maxLength) => {
        const shown = printable(text, maxLength);
        expect(shown.length).toBeLessThanOrEqual(maxLength);
        // eslint-disable-next-line no-control-regex -- control characters are what must not be there
        expect(shown).not.toMatch(/[\0-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});
