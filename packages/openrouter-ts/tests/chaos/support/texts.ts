import { between, pick, type Random } from './chance.ts';

/** Of one to four bytes each, and of several characters that look like one. */
const words = [
  'sky',
  'naïve',
  'Ω',
  '空の色',
  '🌈',
  '👩‍🚀',
  'e\u0301',
  '"quoted"',
  'line\nbreak',
  '\\n',
  'data:',
  '\u2028',
  '[DONE]',
] as const;

/**
 * Makes up what a model says. It begins with a tag of its own, so that two answers that belong to different tags differ from the first character on.
 *
 * @param random - where the words come from
 * @param tag - one character
 */
export function madeUpText(random: Random, tag: string): string {
  const count = between(random, 0, 6);
  const body = Array.from(
    { length: count },
    (_, index) => `${pick(random, ...words)}${index}${pick(random, ' ', '  ', '\n', '')}`,
  );
  return `${tag}${body.join('')}`;
}

/** Cuts a text into the pieces that a stream sends, some of them empty. No piece ends inside a character. */
export function piecesOf(text: string, random: Random): readonly string[] {
  const characters = Array.from(text);
  const pieces: string[] = [];
  for (let at = 0; at < characters.length;) {
    const length = between(random, 0, 9);
    pieces.push(characters.slice(at, at + length).join(''));
    at += length;
  }
  return pieces;
}
