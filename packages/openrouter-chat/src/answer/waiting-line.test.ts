import { FakeClock } from 'openrouter-ts/testing';
import { describe, expect, it } from 'vitest';
import { fakeSurroundings } from '../../tests/support/fake-surroundings.ts';
import { showWaiting } from './waiting-line.ts';

const env = { NO_COLOR: '1' };

describe('the waiting line', () => {
  it('says who is waited for and how long, and leaves no trace', async () => {
    const clock = new FakeClock();
    const { surroundings, stderr } = fakeSurroundings({ clock, env, terminal: { stderr: true } });
    const stop = showWaiting(surroundings, 'a/b\x1b[2J');
    await clock.advance(399);
    expect(stderr()).toBe('');
    await clock.advance(2001);
    const erase = '\r\x1b[K';
    const first = `${erase}waiting for a/b… (Ctrl-C to stop)`;
    expect(stderr()).toBe(
      `${first}${erase}waiting for a/b… 1 s (Ctrl-C to stop)${erase}waiting for a/b… 2 s (Ctrl-C to stop)`,
    );
    stop();
    stop();
    await clock.advance(5000);
    expect(stderr().slice(first.length)).toMatch(/stop\)\r\x1b\[K$/); // oxlint-disable-line no-control-regex -- it is what erases the line
    expect(clock.pendingTimers).toBe(0);
  });

  it('says nothing when the answer comes at once', async () => {
    const clock = new FakeClock();
    const { surroundings, stderr } = fakeSurroundings({ clock, env, terminal: { stderr: true } });
    showWaiting(surroundings, 'a/b')();
    await clock.advance(5000);
    expect(stderr()).toBe('');
  });

  it('never fills the last column, so that it can be erased', async () => {
    const clock = new FakeClock();
    const { surroundings, stderr } = fakeSurroundings({ clock, env, terminal: { stderr: true, columns: 12 } });
    const stop = showWaiting(surroundings, 'a/b');
    await clock.advance(400);
    expect(stderr()).toBe('\r\x1b[Kwaiting for');
    stop();
  });

  it.each([
    ['in a pipe', false, env],
    ['on a dumb terminal', true, { TERM: 'dumb' }],
  ])('is not shown %s', async (_, isTTY, where) => {
    const clock = new FakeClock();
    const { surroundings, stderr } = fakeSurroundings({ clock, env: where, terminal: { stderr: isTTY } });
    const stop = showWaiting(surroundings, 'a/b');
    await clock.advance(5000);
    stop();
    expect(stderr()).toBe('');
  });
});
