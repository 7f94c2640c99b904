import { describe, expect, it } from 'vitest';
import { fakeSurroundings } from '../../tests/support/fake-surroundings.ts';
import { styleFor } from './style.ts';

function red(isTTY: boolean, env: Readonly<Record<string, string>>): string {
  const { surroundings } = fakeSurroundings({ terminal: { stderr: isTTY } });
  return styleFor(surroundings.stderr, env).red('no');
}

const coloured = '\x1b[31mno\x1b[39m';

describe('colours', () => {
  it.each<[name: string, isTTY: boolean, env: Record<string, string>, text: string]>([
    ['are used on a terminal', true, {}, coloured],
    ['are not used in a pipe', false, {}, 'no'],
    ['are not used when NO_COLOR is set', true, { NO_COLOR: '1' }, 'no'],
    ['are used when NO_COLOR is empty', true, { NO_COLOR: '' }, coloured],
    ['are not used on a dumb terminal', true, { TERM: 'dumb' }, 'no'],
    ['are used in a pipe when FORCE_COLOR is set', false, { FORCE_COLOR: '1' }, coloured],
    ['are not used when FORCE_COLOR is 0', true, { FORCE_COLOR: '0' }, 'no'],
    ['are not used when both are set', true, { FORCE_COLOR: '1', NO_COLOR: '1' }, 'no'],
  ])('%s', (_, isTTY, env, text) => {
    expect(red(isTTY, env)).toBe(text);
  });

  it('leave nothing behind where there is no text', () => {
    const { surroundings } = fakeSurroundings({ terminal: { stderr: true } });
    expect(styleFor(surroundings.stderr, {}).dim('')).toBe('');
  });
});
