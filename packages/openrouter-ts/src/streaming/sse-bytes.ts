/** Ends a line. */
export const LINE_FEED = 0x0a;
/** Ends a line, alone or before a line feed. */
export const CARRIAGE_RETURN = 0x0d;
/** One of them after the colon is not part of the value. */
export const SPACE = 0x20;
/** Ends a field's name, or begins a comment. */
export const COLON = 0x3a;

// Without ignoreBOM the decoder would drop a mark from the start of any value. Only the one that opens the stream may go.
const textDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Decodes UTF-8 where the platform has nothing faster.
 *
 * @param bytes - where the text is
 * @param start - its first byte
 * @param end - the byte after its last
 * @returns the text, with U+FFFD for what is not UTF-8
 */
export function decodeWithTextDecoder(bytes: Uint8Array, start: number, end: number): string {
  return textDecoder.decode(bytes.subarray(start, end));
}

/**
 * Looks for a byte.
 *
 * @param bytes - where to look
 * @param byte - what to look for
 * @param from - where to begin
 * @returns where it is first, or the length of `bytes`
 */
export function indexOrEnd(bytes: Uint8Array, byte: number, from: number): number {
  const index = bytes.indexOf(byte, from);
  return index === -1 ? bytes.length : index;
}

/**
 * Finds the value of a field on a line.
 *
 * @param bytes - where the line is
 * @param start - its first byte
 * @param end - the byte after its last
 * @param name - the field's name
 * @returns where the value starts, or -1 when the line is another field
 */
export function valueStart(bytes: Uint8Array, start: number, end: number, name: Uint8Array): number {
  const afterName = start + name.length;
  if (afterName > end) return -1;
  for (let index = 0; index < name.length; index++) {
    if (bytes[start + index] !== name[index]) return -1;
  }
  if (afterName === end) return end;
  if (bytes[afterName] !== COLON) return -1;
  const afterColon = afterName + 1;
  return afterColon < end && bytes[afterColon] === SPACE ? afterColon + 1 : afterColon;
}
