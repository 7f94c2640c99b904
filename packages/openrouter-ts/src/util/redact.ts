/**
 * Hides OpenRouter keys in a text that somebody may read: the last line of defence behind never putting one there.
 *
 * @param text - any text, for example a server's message
 * @returns the text with every key replaced by `sk-or-…`
 */
export function redact(text: string): string {
  return text.replace(/sk-or-[\w-]{8,}/gi, 'sk-or-…');
}
