import { expect, it } from 'vitest';
import { TypeAhead } from './type-ahead.ts';

const key = (name: string | undefined, text = name ?? '', ctrl = false) => ({ name, text, ctrl });

it('keeps what stands for text', () => {
  const typed = new TypeAhead();
  const keys = [key('h'), key('i'), key(undefined, '😀'), key('x'), key('backspace', '\x7f'), key('space', ' ')];
  for (const each of keys) typed.press(each);
  expect(typed.text).toBe('hi😀 ');
});

it('makes a space of a line break', () => {
  const typed = new TypeAhead();
  for (const each of [key('a'), key('return', '\r'), key('b'), key('enter', '\n')]) typed.press(each);
  expect(typed.text).toBe('a b ');
});

it('leaves out what commands', () => {
  const typed = new TypeAhead();
  for (const each of [key('a', '\x01', true), key('up', ''), key('delete', '\x7f')]) typed.press(each);
  expect(typed.text).toBe('');
});
