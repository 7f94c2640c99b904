import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeldLine } from './held-line.ts';

const mebibyte = 1024 * 1024;

/** Bytes of which each tells where it is. */
function numbered(length: number, from = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (from + index) % 251);
}

function hold(line: HeldLine, pieces: readonly Uint8Array[]): Buffer {
  for (const piece of pieces) line.add(piece, 0, piece.length);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  expect(line.length).toBe(length);
  const whole = Buffer.from(line.take());
  expect(line.length).toBe(0);
  return whole;
}

describe('a held line', () => {
  it('is empty at first, and after it was taken', () => {
    const line = new HeldLine();
    expect([line.length, line.take().length]).toEqual([0, 0]);
    line.add(numbered(5), 0, 5);
    line.take();
    expect([line.length, line.take().length]).toEqual([0, 0]);
  });

  it('is what was added to it, however it came, line after line', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 3_000 }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 4 }), (lines) => {
        const line = new HeldLine();
        for (const each of lines) expect(hold(line, each).equals(Buffer.concat(each))).toBe(true);
      }),
    );
  });

  it('takes only the part of the bytes that is its own', () => {
    const line = new HeldLine();
    line.add(numbered(10), 3, 7);
    expect([...line.take()]).toEqual([3, 4, 5, 6]);
  });

  it.each([
    ['one byte less than a block', mebibyte - 1],
    ['a block', mebibyte],
    ['one byte more than a block', mebibyte + 1],
    ['three blocks', 3 * mebibyte],
    ['some blocks and a part of one', 2 * mebibyte + 12_345],
  ])('holds %s', (_, length) => {
    const line = new HeldLine();
    const bytes = numbered(length);
    const pieces = Array.from({ length: Math.ceil(length / 50_000) }, (_piece, index) =>
      bytes.subarray(index * 50_000, (index + 1) * 50_000),
    );
    expect(hold(line, pieces).equals(bytes)).toBe(true);
    expect(hold(line, [bytes]).equals(bytes)).toBe(true);
    expect(hold(line, [numbered(7)]).equals(numbered(7))).toBe(true);
  });

  it('takes no more room than its bytes and one block', () => {
    const before = process.memoryUsage().arrayBuffers;
    const line = new HeldLine();
    const piece = new Uint8Array(64 * 1024);
    for (let added = 0; added < 33 * mebibyte; added += piece.length) line.add(piece, 0, piece.length);
    // The smaller first blocks may not have been collected yet.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(36 * mebibyte);
    expect(line.length).toBe(33 * mebibyte);
  });

  it('does not keep the room of a long one', () => {
    const line = new HeldLine();
    hold(line, [numbered(500_000)]);
    line.add(numbered(3), 0, 3);
    expect(line.take().buffer.byteLength).toBeLessThanOrEqual(1024);
  });
});
