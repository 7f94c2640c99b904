import { describe, expect, it } from 'vitest';
import { isVerbatim, literalText } from './literal-text.ts';

describe('what stands within quotes', () => {
  it.each(['', ' the', "it's", '{}[]:,', '~!#$%&()'])('is taken as it is: %j', (piece) => {
    expect(isVerbatim(piece)).toBe(true);
    expect(literalText(`"${piece}"`)).toBe(piece);
  });

  it.each(['\\n', '\\', '"', '\n', '\0', '\u001f', '\u007f', '\u00c3\u00a9', 'longer than 12'])(
    'has to be read first: %j',
    (piece) => {
      expect(isVerbatim(piece)).toBe(false);
    },
  );
});

describe('a string of JSON', () => {
  it.each([
    ['"\\n"', '\n'],
    ['"\\u00e9\\"\\\\"', 'é"\\'],
    ['"漢字 🙂"', '漢字 🙂'],
    ['"\u007f"', '\u007f'],
  ])('is read: %s', (literal, text) => {
    expect(literalText(literal)).toBe(text);
  });

  it.each(['"\\"', '"\\x"', '"a" "b"', '"\n"', '"\t"'])('is nothing when JSON does not allow it: %j', (literal) => {
    expect(literalText(literal)).toBeUndefined();
  });
});
