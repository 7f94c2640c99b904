/** Control characters but for line break and tab, halves of characters, and the bidirectional overrides with which a text can hide what it says. */
const unprintable = /(?![\n\t])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Makes a foreign text fit to be read in a message: as it came, but for characters that steer a terminal or turn the text around.
 *
 * @param text - what a server sent
 * @param maxLength - the number of UTF-16 units to keep; a longer text ends in `…`
 * @returns the text, never longer than `maxLength`
 */
export function printable(text: string, maxLength: number): string {
  const kept = text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
  return kept.replace(unprintable, '');
}
