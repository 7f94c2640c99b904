/**
 * Joins pieces of bytes.
 *
 * @param pieces - the bytes in order
 * @param size - how many bytes they have together
 * @returns all of them in one piece
 */
export function joinBytes(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
