/** A word is a token as a rule; longer ones start another one now and then. */
const lettersPerWord = 11;
const lettersPerFurtherToken = 4.5;

/** Signs come in pairs that are tokens: the first of a run costs one, the others a part of one. */
const perFurtherSign = 0.4;

const apostrophe = 0x27;

/**
 * The endings of `it's` and `we'll` are one piece. A space before a word or a sign belongs to it and is no piece; before a number it is one, as
 * are more spaces and line ends.
 */
const pieces = /'(?:[dmst]|ll|re|ve)\b|[A-Za-z]+|\d+| (?=\d)|\s{2,}|[^\S ]|[!-/:-@[-`{-~]+|[^\0-\u007F]+/g;

/** Names in code: `maxTokens` is two words, `HTTPServer` too. */
const words = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;

/** Tokens for each UTF-16 unit beyond ASCII, by the last unit that they hold for. Rules of thumb for the vocabularies of today. */
const otherScripts: readonly (readonly [lastUnit: number, tokensPerUnit: number])[] = [
  [0x24_f, 0.5], // Latin with accents: they break a word up
  [0x5_2f, 0.4], // Greek, Cyrillic
  [0x7_ff, 0.5], // Hebrew, Arabic
  [0x1f_ff, 0.7], // Indian scripts, Thai, Georgian
  [0x2d_ff, 1], // dashes, quotes, arrows, mathematical signs
  [0xd7_ff, 0.85], // Chinese, Japanese, Korean
  [0xdf_ff, 1.1], // halves of emoji and rare characters
];

/** What comes last: full-width letters, ligatures and forms for old programs. */
const forms = 0.9;

/**
 * Estimates how many tokens a text is, by the kinds of its characters: words, numbers, signs, whitespace, and other scripts.
 *
 * @param text - any text
 * @param digitsPerToken - how many digits of a number make a token: three for most tokenizers, one for some
 * @returns an estimate, not a whole number
 */
export function textTokens(text: string, digitsPerToken: number): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(pieces)) tokens += pieceTokens(piece, digitsPerToken);
  return tokens;
}

function pieceTokens(piece: string, digitsPerToken: number): number {
  const code = piece.charCodeAt(0);
  const { length } = piece;
  if (isLetter(code)) return wordTokens(piece);
  if (code === apostrophe && length > 1) return isLetter(piece.charCodeAt(1)) ? 1 : signs(length);
  if (code <= 0x20) return 1;
  if (isDigit(code)) return Math.ceil(length / digitsPerToken);
  return code > 0x7f ? beyondAscii(piece) : signs(length);
}

function signs(length: number): number {
  return 1 + (length - 1) * perFurtherSign;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function wordTokens(letters: string): number {
  if (letters.length <= 3) return 1;
  let tokens = 0;
  for (const [{ length }] of letters.matchAll(words))
    tokens += 1 + Math.max(0, length - lettersPerWord) / lettersPerFurtherToken;
  return tokens;
}

function beyondAscii(piece: string): number {
  let tokens = 0;
  for (let index = 0; index < piece.length; index += 1) {
    const unit = piece.charCodeAt(index);
    tokens += otherScripts.find(([last]) => unit <= last)?.[1] ?? forms;
  }
  return tokens;
}
