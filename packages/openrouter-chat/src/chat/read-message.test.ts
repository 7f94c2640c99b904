import { FakeClock } from 'openrouter-ts/testing';
import { describe, expect, it } from 'vitest';
import { fakeSurroundings, type FakeSurroundings } from '../../tests/support/fake-surroundings.ts';
import { readMessage, type MessagePrompt, type Typed } from './read-message.ts';

interface Asked extends FakeSurroundings {
  readonly typed: Promise<Typed>;
  readonly clock: FakeClock;
  readonly hints: () => number;
  /** Types, and lets what that sets in motion happen. */
  readonly type: (keys: string) => Promise<void>;
}

function ask(options: Partial<MessagePrompt> = {}): Asked {
  const clock = new FakeClock();
  const fake = fakeSurroundings({ terminal: { stdout: true } });
  let hints = 0;
  const typed = readMessage({
    keyboard: fake.stdin,
    screen: fake.surroundings.stdout,
    clock,
    prompt: '> ',
    typed: [],
    initial: '',
    signal: new AbortController().signal,
    hint: () => (hints += 1),
    ...options,
  });
  const type = async (keys: string): Promise<void> => {
    fake.stdin.write(keys);
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
  };
  return { ...fake, typed, clock, hints: () => hints, type };
}

const message = (text: string): Typed => ({ type: 'message', text });

describe('a message', () => {
  it('ends with Enter, and the terminal is given back', async () => {
    const { typed, type, stdout, stdin } = ask();
    await type('hello\r');
    expect(await typed).toEqual(message('hello'));
    expect(stdin.rawModes.at(-1)).toBe(false);
    expect(stdout()).toMatch(/\x1b\[\?2004l$/); // oxlint-disable-line no-control-regex -- the end of bracketed paste
    expect(stdin.listenerCount('keypress')).toBe(0);
  });

  it('is what is pasted, however many lines it has', async () => {
    const { typed, type } = ask();
    await type('see: \x1b[200~one\rtwo\n\tthree\r\x1b[201~');
    await type('\r');
    expect(await typed).toEqual(message('see: one\ntwo\n\tthree\n'));
  });

  it('is what is pasted into a terminal that does not say so', async () => {
    const { typed, type } = ask();
    await type('one\rtwo\rthree');
    await type(' more\r');
    expect(await typed).toEqual(message('one\ntwo\nthree more'));
  });

  it('goes on after a backslash', async () => {
    const { typed, type } = ask();
    await type('one\\\r');
    await type('two\r');
    expect(await typed).toEqual(message('one\ntwo'));
  });

  it('may begin with what stands there already', async () => {
    const { typed, type } = ask({ initial: '/modle' });
    await type('\r');
    expect(await typed).toEqual(message('/modle'));
  });

  it('may be one that was typed before', async () => {
    const { typed, type } = ask({ typed: ['last', 'first\nof two lines'] });
    await type('\x1b[A');
    await type('\x1b[A');
    await type('\r');
    expect(await typed).toEqual(message('first\nof two lines'));
  });
});

describe('leaving', () => {
  it('is Ctrl-D', async () => {
    const { typed, type } = ask();
    await type('\x04');
    expect(await typed).toEqual({ type: 'end' });
  });

  it('is Ctrl-C twice within two seconds', async () => {
    const { typed, type, clock, hints } = ask();
    await type('\x03');
    await clock.advance(2001);
    await type('\x03');
    expect(hints()).toBe(2);
    await clock.advance(2000);
    await type('\x03');
    expect(await typed).toEqual({ type: 'end' });
  });

  it('is not Ctrl-C where there is something to clear', async () => {
    const { typed, type, hints } = ask();
    await type('one\\\r');
    await type('oops');
    await type('\x03');
    await type('\x03');
    expect(hints()).toBe(1);
    await type('better\r');
    expect(await typed).toEqual(message('better'));
  });

  it('does not lose the line that Ctrl-C cleared: Ctrl-Y brings it back', async () => {
    const { typed, type } = ask();
    await type('precious');
    await type('\x03');
    await type('\x19\r');
    expect(await typed).toEqual(message('precious'));
  });

  it('is the end of the whole program', async () => {
    const controller = new AbortController();
    const { typed } = ask({ signal: controller.signal });
    controller.abort();
    expect(await typed).toEqual({ type: 'end' });
    expect(await ask({ signal: controller.signal }).typed).toEqual({ type: 'end' });
  });
});
