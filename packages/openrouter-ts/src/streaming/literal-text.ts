/** The longest text that is copied when it is cut out of another; a longer one would keep all of the other in memory. */
const mostCharacters = 12;

/** Characters that do not stand for themselves within quotes of JSON, or that are only a byte of one. */
const unusual = /[^ !#-[\]-~]/;

/**
 * Tells whether what stands within quotes of JSON can be taken as it is.
 *
 * @param bytes - a character for each byte within the quotes
 * @returns true when it is the text that JSON means, and short enough to be a text of its own
 */
export function isVerbatim(bytes: string): boolean {
  return bytes.length <= mostCharacters && !unusual.test(bytes);
}

/**
 * Reads a string of JSON.
 *
 * @param literal - what begins and ends with a quote
 * @returns the text, or `undefined` if it is not a string of JSON
 */
export function literalText(literal: string): string | undefined {
  try {
    return String(JSON.parse(literal));
  } catch {
    return undefined;
  }
}
