import { expect, it } from 'vitest';
import { suggest } from './suggest.ts';

const commands = ['/model', '/retry', '/new', '/cost', '/help', '/quit'];

it.each([
  ['/modle', '/model'],
  ['/mode', '/model'],
  ['/models', '/model'],
  ['/Model', '/model'],
  ['/quti', '/quit'],
  ['/hlep', '/help'],
  ['/nwe', '/new'],
  ['/etc/passwd', undefined],
  ['/x', undefined],
])('%s probably means %s', (word, meant) => {
  expect(suggest(word, commands)).toBe(meant);
});

it('prefers the nearest', () => {
  expect(suggest('models', ['modelize', 'model', 'mode'])).toBe('model');
});
