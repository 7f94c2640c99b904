import { expect, it } from 'vitest';
import { symbolsFor } from './symbols.ts';

it.each<[env: Record<string, string>, prompt: string]>([
  [{ LANG: 'de_DE.UTF-8' }, '❯'],
  [{ LANG: 'C.utf8' }, '❯'],
  [{}, '❯'],
  [{ LANG: 'C' }, '>'],
  [{ LANG: 'de_DE.UTF-8', LC_ALL: 'POSIX' }, '>'],
  [{ LANG: 'en_US.ISO-8859-1', LC_ALL: '', LC_CTYPE: 'en_US.UTF-8' }, '❯'],
  [{ LANG: 'en_US.UTF-8', TERM: 'linux' }, '>'],
  [{ TERM: 'dumb' }, '>'],
])('the signs for %j begin with %s', (env, prompt) => {
  expect(symbolsFor(env).prompt).toBe(prompt);
});
