import { expect, it } from 'vitest';
import { fakeSurroundings } from '../../tests/support/fake-surroundings.ts';
import { styleFor } from '../terminal/style.ts';
import { printFailure } from './print-failure.ts';

it('prints what, why and what to do, without keys and control sequences', () => {
  const { surroundings, stderr } = fakeSurroundings();
  printFailure(surroundings.stderr, styleFor(surroundings.stderr, {}), {
    what: 'It failed\x1b[2J.',
    why: 'Key sk-or-v1-0123456789 is\nbad',
    advice: ['Do this', 'Or that'],
    exitCode: 1,
  });
  expect(stderr()).toBe('It failed.\n  Key sk-or-… is bad\n  Do this\n  Or that\n');
});

it('leaves out a reason that there is none', () => {
  const { surroundings, stderr } = fakeSurroundings();
  printFailure(surroundings.stderr, styleFor(surroundings.stderr, {}), { what: 'No.', advice: [], exitCode: 1 });
  expect(stderr()).toBe('No.\n');
});
