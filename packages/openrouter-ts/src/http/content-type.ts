/**
 * Reads the media type of a response.
 *
 * @param headers - the response headers, lower-case names
 * @returns the media type in lower case without its parameters, or an empty string
 */
export function contentType(headers: Readonly<Record<string, string>>): string {
  const value = headers['content-type'] ?? '';
  const semicolon = value.indexOf(';');
  return (semicolon === -1 ? value : value.slice(0, semicolon)).trim().toLowerCase();
}
