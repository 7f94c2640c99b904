/**
 * Puts the question together: what was typed comes first, what was piped in comes after an empty line.
 *
 * @param words - the words of the command line
 * @param piped - what was piped in, if anything
 * @returns the question, or undefined when there is none
 */
export function composePrompt(words: readonly string[], piped: string | undefined): string | undefined {
  const parts = [words.join(' ').trim(), piped ?? ''].filter((part) => part.trim() !== '');
  return parts.length === 0 ? undefined : parts.join('\n\n');
}
