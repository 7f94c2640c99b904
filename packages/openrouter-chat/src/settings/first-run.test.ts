import { describe, expect, it } from 'vitest';
import { fakeSurroundings } from '../../tests/support/fake-surroundings.ts';
import { offerDemo } from './first-run.ts';

const onTerminal = { terminal: { stdout: true, stderr: true }, env: { NO_COLOR: '1' } };

describe('somebody without a key', () => {
  it('is told of the ways to start that there are', async () => {
    const { surroundings, stderr } = fakeSurroundings({ piped: '' });
    expect(await offerDemo(surroundings)).toBe(false);
    expect(stderr()).toContain('1. export OPENROUTER_API_KEY=…');
    expect(stderr()).toContain('https://openrouter.ai/keys');
    expect(stderr()).toContain('2. orc --demo');
    expect(
      Math.max(
        ...stderr()
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  });

  it('is told how Windows sets a variable', async () => {
    const { surroundings, stderr } = fakeSurroundings({ piped: '', platform: 'win32' });
    await offerDemo(surroundings);
    expect(stderr()).toContain("$env:OPENROUTER_API_KEY='…'");
  });

  it.each([
    ['d', true],
    ['q', false],
    ['\x03', false],
    ['\x04', false],
    ['xyzd', true],
  ])('chooses with the key %j', async (keys, isDemo) => {
    const { surroundings, stdin, shows } = fakeSurroundings(onTerminal);
    const chosen = offerDemo(surroundings);
    await shows('[q] quit');
    stdin.write(keys);
    expect(await chosen).toBe(isDemo);
    expect(stdin.rawModes.at(-1)).toBe(false);
  });

  it('is not waited for when the keyboard is gone', async () => {
    const { surroundings, stdin } = fakeSurroundings(onTerminal);
    const chosen = offerDemo(surroundings);
    stdin.end();
    expect(await chosen).toBe(false);
  });

  it('is not asked where nobody sees the question', async () => {
    const { surroundings, stderr } = fakeSurroundings({ terminal: { stdout: true } });
    expect(await offerDemo(surroundings)).toBe(false);
    expect(stderr()).not.toContain('[d]');
  });
});
