import { sanitize } from './sanitizer.ts';

/**
 * Makes a text that comes from outside (an error message, a model's or a provider's name) fit for one line of the terminal.
 *
 * @param text - what came
 * @param maxLength - how much of it is kept, in characters. Default 300
 * @returns the text without line breaks, control sequences and keys
 */
export function foreignText(text: string, maxLength = 300): string {
  const line = sanitize(text).replace(/\s+/g, ' ').trim();
  const hidden = line.replace(/sk-or-[\w-]{8,}/g, 'sk-or-…');
  return hidden.length > maxLength ? `${hidden.slice(0, maxLength)}…` : hidden;
}
