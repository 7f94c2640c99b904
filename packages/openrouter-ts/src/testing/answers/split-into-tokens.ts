/**
 * Cuts a text into pieces of the size of tokens, as a stream delivers them. Together they are the text again, and no piece ends inside
 * a character.
 *
 * @param text - any text
 * @returns the pieces; none for an empty text
 */
export function splitIntoTokens(text: string): readonly string[] {
  return text.match(/\s*[^\s]{1,6}|\s+/gu) ?? [];
}
