import { printable } from './printable.ts';

/**
 * Makes a foreign text fit for a place within a line: {@link printable}, with every run of white space as one space.
 *
 * @param text - what a server sent
 * @param maxLength - the number of UTF-16 units to keep; a longer text ends in `…`
 * @returns the text on one line, never longer than `maxLength`
 */
export function oneLine(text: string, maxLength = 500): string {
  return printable(
    text
      .slice(0, maxLength * 4)
      .replace(/\s+/g, ' ')
      .trim(),
    maxLength,
  );
}
