import { expect, it } from 'vitest';
import { foreignText } from './foreign-text.ts';

it('puts what came on one line, without anything that commands the terminal', () => {
  expect(foreignText('\x1b[31mone\n  two\t\x1b]0;t\x07three ')).toBe('one two three');
});

it('hides keys', () => {
  expect(foreignText('the key sk-or-v1-0123456789abcdef is bad')).toBe('the key sk-or-… is bad');
});

it('cuts what is too long', () => {
  expect(foreignText('x'.repeat(50), 10)).toBe(`${'x'.repeat(10)}…`);
});
