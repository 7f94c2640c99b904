import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

const keys = fc
  .tuple(fc.constantFrom('sk-or-', 'sk-or-v1-', 'SK-OR-V1-'), fc.stringMatching(/^[\w-]{8,80}$/))
  .map((parts) => parts.join(''));

describe('redact', () => {
  it('puts sk-or-… in the place of a key', () => {
    expect(redact('The key sk-or-v1-0123456789abcdef is disabled.')).toBe('The key sk-or-… is disabled.');
  });

  it('hides a key wherever it stands and however often', () => {
    const around = fc.string({ unit: 'grapheme' }).filter((text) => !/[\w-]/.test(text));
    fc.assert(
      fc.property(keys, around, around, (key, before, after) => {
        expect(redact(`${before}${key}${after}"${key}"`)).toBe(`${before}sk-or-…${after}"sk-or-…"`);
      }),
    );
  });

  it('leaves a text without a key alone', () => {
    for (const text of ['Use sk-or-v1-… as the key', 'sk-or-1234567', 'sk-proj-0123456789', ''])
      expect(redact(text)).toBe(text);
  });

  it('changes nothing when it is done twice', () => {
    fc.assert(
      fc.property(fc.string(), keys, (text, key) => {
        const once = redact(text + key);
        expect(redact(once)).toBe(once);
      }),
    );
  });
});
