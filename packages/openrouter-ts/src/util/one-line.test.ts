import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine } from './one-line.ts';

describe('oneLine', () => {
  it('makes one space of every run of white space, and takes away the outer ones', () => {
    expect(oneLine('\r\n 502\t\tBad\u2028Gateway \n')).toBe('502 Bad Gateway');
  });

  it('takes out what steers a terminal', () => {
    expect(oneLine('a\u001b]0;title\u0007b')).toBe('a]0;titleb');
  });

  it('keeps 500 characters unless it is told otherwise', () => {
    expect(oneLine('x'.repeat(500))).toBe('x'.repeat(500));
    expect(oneLine('x'.repeat(501))).toBe(`${'x'.repeat(499)}…`);
    expect(oneLine('abcdef', 5)).toBe('abcd…');
  });

  it('looks past white space for as much text as it may keep', () => {
    expect(oneLine(`${' '.repeat(6)}abcdef`, 5)).toBe('abcd…');
    expect(oneLine('a   b   c   d', 5)).toBe('a b …');
  });

  it('does not look at a text without end', () => {
    expect(oneLine(`${' '.repeat(20)}abc`, 5)).toBe('');
  });

  it('never gives a line break, nor more than is allowed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 30 }), (text, maxLength) => {
        const line = oneLine(text, maxLength);
        expect(line).not.toMatch(/[\n\r\t]/);
        expect(line.length).toBeLessThanOrEqual(maxLength);
      }),
    );
  });
});
