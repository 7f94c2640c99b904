/** Control characters, and the bidirectional overrides with which a text can hide what it says. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/g;

/**
 * Makes a foreign text fit for an error message: on one line, without control characters, and not longer than `maxLength`.
 *
 * @param text - what a server sent
 * @param maxLength - the number of characters to keep; a longer text ends in `…`
 * @returns the cleaned text
 */
export function oneLine(text: string, maxLength = 500): string {
  const clean = text.slice(0, maxLength * 4).replace(unprintable, ' ').trim();
  return clean.length > maxLength ? `${clean.slice(0, maxLength)}…` : clean;
}
