import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { fakeSurroundings } from '../../tests/support/fake-surroundings.ts';
import { answerWriter } from './answer-writer.ts';

const { signal } = new AbortController();

async function written(
  pieces: readonly string[],
  options: { readonly isTTY?: boolean; readonly isOneOfMany?: boolean },
): Promise<string> {
  const { isTTY = false, isOneOfMany = false } = options;
  const { surroundings, stdout } = fakeSurroundings({ terminal: { stdout: isTTY } });
  const writer = answerWriter(surroundings.stdout, { signal, isOneOfMany });
  for (const piece of pieces) await writer.write(piece);
  writer.end();
  return stdout();
}

describe('the text of an answer', () => {
  it('goes into a pipe as it is', async () => {
    expect(await written(['a\x1b[31m', 'b\r\n', 'c'], {})).toBe('a\x1b[31mb\r\nc');
  });

  it('goes onto a terminal without control sequences, and ends its line', async () => {
    expect(await written(['a\x1b[3', '1mb\r\n', 'c'], { isTTY: true })).toBe('ab\nc\n');
  });

  it('ends no line twice, and none where there is no text', async () => {
    expect(await written(['a\n'], { isTTY: true })).toBe('a\n');
    expect(await written([], { isTTY: true })).toBe('');
  });

  it('ends its line in a pipe when another answer may follow', async () => {
    expect(await written(['a'], { isOneOfMany: true })).toBe('a\n');
  });

  it('keeps the halves of a character together, and writes one that stays alone', async () => {
    expect(await written(['\ud83d', '\ude00'], {})).toBe('😀');
    expect(await written(['a\ud83d'], {})).toBe('a\ufffd');
  });
});

describe('a slow reader', () => {
  it('holds the next piece back until there is room', async () => {
    const pipe = new PassThrough({ highWaterMark: 4 });
    const writer = answerWriter(pipe, { signal, isOneOfMany: false });
    let isDone = false;
    const writing = writer.write('more than four').then(() => (isDone = true));
    await new Promise(setImmediate);
    expect(isDone).toBe(false);
    pipe.read();
    await writing;
    expect(pipe.listenerCount('drain')).toBe(0);
  });

  it('is not waited for once the answer is stopped', async () => {
    const controller = new AbortController();
    const writer = answerWriter(new PassThrough({ highWaterMark: 4 }), {
      signal: controller.signal,
      isOneOfMany: false,
    });
    const writing = writer.write('more than four');
    controller.abort();
    await writing;
    await expect(writer.write('and more')).resolves.toBeUndefined();
  });
});
