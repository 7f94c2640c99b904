const NO_BYTES = new Uint8Array(0);
const SMALLEST_BYTES = 1024;
const BLOCK_BYTES = 1024 * 1024;
const KEPT_BYTES = 64 * 1024;

/**
 * The start of a line whose end has not come yet. However long it grows, it takes hardly more room than its own length: what is long is kept in blocks,
 * and joined when it is whole.
 */
export class HeldLine {
  #full: Uint8Array[] = [];
  #last: Uint8Array = NO_BYTES;
  #filled = 0;
  #length = 0;

  /** How many bytes are held. */
  get length(): number {
    return this.#length;
  }

  /**
   * Copies bytes to the end of the line.
   *
   * @param bytes - where they are
   * @param start - the first of them
   * @param end - the byte after the last of them
   */
  add(bytes: Uint8Array, start: number, end: number): void {
    this.#length += end - start;
    for (let from = start; from < end;) {
      if (this.#filled === this.#last.length) this.#makeRoom(end - from);
      const to = Math.min(end, from + this.#last.length - this.#filled);
      this.#last.set(bytes.subarray(from, to), this.#filled);
      this.#filled += to - from;
      from = to;
    }
  }

  /**
   * Ends the line.
   *
   * @returns its bytes, which stay as they are until something is added
   */
  take(): Uint8Array {
    const line = this.#full.length === 0 ? this.#last.subarray(0, this.#filled) : this.#joined();
    this.#full = [];
    // One image should not cost its size for the rest of the stream.
    if (this.#last.length > KEPT_BYTES) this.#last = NO_BYTES;
    this.#filled = 0;
    this.#length = 0;
    return line;
  }

  #joined(): Uint8Array {
    const line = new Uint8Array(this.#length);
    this.#full.forEach((block, index) => {
      line.set(block, index * BLOCK_BYTES);
    });
    line.set(this.#last.subarray(0, this.#filled), this.#full.length * BLOCK_BYTES);
    return line;
  }

  /** The first block doubles, so that many pieces do not mean many copies of each byte; the others are all of one size. */
  #makeRoom(needed: number): void {
    if (this.#last.length === BLOCK_BYTES) {
      this.#full.push(this.#last);
      this.#last = new Uint8Array(BLOCK_BYTES);
      this.#filled = 0;
      return;
    }
    const size = Math.max(this.#filled + needed, this.#last.length * 2, SMALLEST_BYTES);
    const larger = new Uint8Array(Math.min(size, BLOCK_BYTES));
    larger.set(this.#last);
    this.#last = larger;
  }
}
