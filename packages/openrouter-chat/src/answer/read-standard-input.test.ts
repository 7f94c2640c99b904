import { FakeClock } from 'openrouter-ts/testing';
import { describe, expect, it } from 'vitest';
import { fakeSurroundings } from '../../tests/support/fake-surroundings.ts';
import { readStandardInput } from './read-standard-input.ts';

describe('what is piped in', () => {
  it('is nothing on a terminal', async () => {
    expect(await readStandardInput(fakeSurroundings().surroundings)).toBeUndefined();
  });

  it('comes without the line breaks at its end, and else as it is', async () => {
    expect(await readStandardInput(fakeSurroundings({ piped: '  a\r\n\tb\r\n\n' }).surroundings)).toBe('  a\r\n\tb');
  });

  it('comes without a byte order mark, and with characters that were cut', async () => {
    const { surroundings, stdin } = fakeSurroundings({ piped: '' });
    expect(await readStandardInput(fakeSurroundings({ piped: '\ufeffhi' }).surroundings)).toBe('hi');
    expect(await readStandardInput(surroundings)).toBe('');
    expect(stdin.readableEnded).toBe(true);
  });

  it.each([
    ['is not UTF-8', new Uint8Array([0xff, 0xfe, 0x41])],
    ['ends in the middle of a character', new Uint8Array([0x41, 0xe2, 0x82])],
  ])('is refused when it %s', async (_, piped) => {
    const reading = readStandardInput(fakeSurroundings({ piped }).surroundings);
    await expect(reading).rejects.toMatchObject({ code: 'ERR_ENCODING_INVALID_ENCODED_DATA' });
  });

  it('is refused when it is binary', async () => {
    const reading = readStandardInput(fakeSurroundings({ piped: 'a\0b' }).surroundings);
    await expect(reading).rejects.toThrow('it holds binary data');
  });

  it('is waited for with a word when it does not end', async () => {
    const clock = new FakeClock();
    const { surroundings, stdin, stderr } = fakeSurroundings({ clock });
    Object.assign(stdin, { isTTY: false });
    const reading = readStandardInput(surroundings);
    await clock.advance(999);
    expect(stderr()).toBe('');
    await clock.advance(1);
    expect(stderr()).toBe('orc: waiting for the end of standard input\n');
    stdin.end('late');
    expect(await reading).toBe('late');
    expect(clock.pendingTimers).toBe(0);
  });
});
