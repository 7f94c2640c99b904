import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitize, sanitizer } from './sanitizer.ts';

const esc = '\x1b';

/** What a hostile text may hold, and what is left of it. */
const hostile: readonly (readonly [name: string, text: string, left: string])[] = [
  ['the clipboard (OSC 52)', `a${esc}]52;c;cm0gLXJm\x07b`, 'ab'],
  ['a link (OSC 8)', `${esc}]8;;http://evil.example${esc}\\click${esc}]8;;${esc}\\`, 'click'],
  ['the title', `a${esc}]0;title${esc}\\b`, 'ab'],
  ['clearing the screen', `a${esc}[2J${esc}[Hb`, 'ab'],
  ['colours', `${esc}[1;31mred${esc}[0m`, 'red'],
  ['a device control string', `a${esc}P$q"p${esc}\\b`, 'ab'],
  ['an application command', `a${esc}_Gf=100;AAAA${esc}\\b`, 'ab'],
  ['a privacy message', `a${esc}^secret${esc}\\b`, 'ab'],
  ['a start of string', `a${esc}Xsecret${esc}\\b`, 'ab'],
  ['one-letter CSI', 'a\u009b2Jb', 'ab'],
  ['one-letter OSC', 'a\u009d0;title\u009cb', 'ab'],
  ['one-letter DCS', 'a\u0090payload\u009cb', 'ab'],
  ['one-letter SOS, PM and APC', 'a\u0098x\u009cb\u009ex\u009cc\u009fx\u009cd', 'abcd'],
  ['a full reset', `a${esc}cb`, 'ab'],
  ['another character set', `a${esc}(0b`, 'ab'],
  ['an intermediate that hides a bracket', `a${esc} [b`, 'ab'],
  ['overwriting a line', 'good\rbad', 'goodbad'],
  ['a Windows line break', 'one\r\ntwo', 'one\ntwo'],
  ['going back', 'abc\b\b\bxyz', 'abcxyz'],
  ['a bell and a delete', 'a\x07b\x7fc', 'abc'],
  ['right-to-left overrides', 'user\u202etxt.exe\u202c\u2066a\u2069\u200e\u200f', 'usertxt.exea'],
  ['an unfinished title', `a${esc}]0;never ended`, 'a'],
  ['an unfinished sequence', `a${esc}[31`, 'a'],
  ['a lonely escape', `a${esc}`, 'a'],
  ['a sequence that is cancelled', `a${esc}[31\x18b${esc}]0;t\x1ac`, 'abc'],
  ['a sequence within another', `a${esc}]0;t${esc}[31mb`, 'ab'],
  ['a line break within a sequence', `a${esc}[3\nb`, 'a\nb'],
  ['a letter that is no part of a sequence', `a${esc}[3éb`, 'aéb'],
  ['an emoji made of several', '👩\u200d💻\tok', '👩\u200d💻\tok'],
];

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.oneof(fc.constantFrom(...hostile.map(([, text]) => text)), fc.string({ unit: 'binary' })))
    .map((parts) => parts.join('')),
  fc
    .array(
      fc.constantFrom(esc, '[', ']', 'P', '\\', '\x07', '\u009b', '\u009c', '\u009d', ';', '3', 'm', ' ', '\n', 'é'),
    )
    .map((parts) => parts.join('')),
);

function inPieces(text: string, ...cuts: readonly number[]): string {
  const filter = sanitizer();
  const bounds = [0, ...cuts, text.length];
  const pieces = bounds.slice(1).map((bound, index) => text.slice(bounds[index], bound));
  return pieces.map((piece) => filter.push(piece)).join('') + filter.end();
}

describe('what a terminal must not see', () => {
  it.each(hostile)('drops %s, wherever the text is cut', (_, text, left) => {
    expect(sanitize(text)).toBe(left);
    for (let cut = 0; cut <= text.length; cut += 1) expect(inPieces(text, cut)).toBe(left);
    expect(inPieces(text, ...Array.from(text, (_character, index) => index))).toBe(left);
  });

  it('lets no control character through, whatever comes', () => {
    fc.assert(
      fc.property(anything, (text) => {
        // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
        expect(sanitize(text)).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the same for the pieces as for the whole', () => {
    fc.assert(
      fc.property(anything, fc.nat(), fc.nat(), (text, a, b) => {
        const cuts = [a % (text.length + 1), b % (text.length + 1)].toSorted((one, other) => one - other);
        expect(inPieces(text, ...cuts)).toBe(sanitize(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('changes nothing in what it has made', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(sanitize(sanitize(text))).toBe(sanitize(text));
      }),
    );
  });

  it('leaves plain text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!/[\p{Cc}\p{Bidi_Control}]/u.test(text));
        expect(sanitize(text)).toBe(text);
      }),
    );
    expect(sanitize('line\n\tindented — “quoted”')).toBe('line\n\tindented — “quoted”');
  });
});

describe('a sequence that never ends', () => {
  it('swallows 64 KB and no more, and leaves a sign', () => {
    const text = sanitize(`a${esc}]0;${'x'.repeat(70_000)}\nthe end`);
    expect(text).toMatch(/^a\u241bx+\nthe end$/);
    expect(text.length).toBeLessThan(5_000);
  });

  it('does not count what came in sequences before', () => {
    const filter = sanitizer();
    for (let count = 0; count < 20_000; count += 1) filter.push(`${esc}]0;title\x07`);
    expect(filter.push('text')).toBe('text');
    expect(filter.push(`${esc}]0;title`) + filter.push('\x07b')).toBe('b');
  });

  it('is forgotten when the answer ends', () => {
    const filter = sanitizer();
    filter.push(`${esc}]0;half`);
    expect(filter.end()).toBe('');
    expect(filter.push('next answer')).toBe('next answer');
  });
});
