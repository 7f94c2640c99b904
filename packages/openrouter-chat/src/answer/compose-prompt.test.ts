import { expect, it } from 'vitest';
import { composePrompt } from './compose-prompt.ts';

it.each<[words: string[], piped: string | undefined, prompt: string | undefined]>([
  [['why', 'me'], undefined, 'why me'],
  [['why'], 'diff', 'why\n\ndiff'],
  [[], '  indented\ncode', '  indented\ncode'],
  [['why'], '\n', 'why'],
  [[' '], '', undefined],
  [[], undefined, undefined],
])('%j with %j makes %j', (words, piped, prompt) => {
  expect(composePrompt(words, piped)).toBe(prompt);
});
