import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/config-error.ts';
import { modelPath } from './model-path.ts';

describe('the path of a model', () => {
  it.each([
    ['openai/gpt-4o-mini', '/model/openai/gpt-4o-mini'],
    ['openai/gpt-oss-20b:free', '/model/openai/gpt-oss-20b:free'],
    ['~anthropic/claude-haiku-latest', '/model/~anthropic/claude-haiku-latest'],
    ['openai/gpt-4o@preset/mine', '/model/openai/gpt-4o@preset%2Fmine'],
    ['a/b?c=d#e', '/model/a/b%3Fc%3Dd%23e'],
    ['a/b.5', '/model/a/b.5'],
  ])('of %s is %s', (id, path) => {
    expect(modelPath('/model/', id)).toBe(path);
  });

  it('can go on behind the id', () => {
    expect(modelPath('/models/', 'a/b', '/endpoints')).toBe('/models/a/b/endpoints');
  });

  it.each([
    '',
    'gpt-4o',
    '/gpt-4o',
    'openai/',
    'openai//x',
    'open ai/x',
    'a/b c',
    '../keys',
    'a/..',
    'a/../b',
    './x',
    'a/b/.',
  ])('does not exist for "%s", and the message says what an id looks like', (id) => {
    expect(() => modelPath('/model/', id)).toThrow(ConfigError);
    expect(() => modelPath('/model/', id)).toThrow(
      `"${id}" is not the id of a model. An id is author/slug, such as openai/gpt-4o-mini or openai/gpt-oss-20b:free.`,
    );
  });

  it('has two parts, which hold the whole id, for anything that is accepted', () => {
    const part = fc.string({ unit: 'binary', maxLength: 12 });
    fc.assert(
      fc.property(part, part, (one, two) => {
        const id = `${one}/${two}`;
        const path = pathOf(id);
        fc.pre(path !== undefined);
        const url = new URL(`https://openrouter.ai/api/v1${path}`);
        const parts = url.pathname.slice('/api/v1/model/'.length).split('/');
        expect(parts).toHaveLength(2);
        expect(parts.map((text) => decodeURIComponent(text)).join('/')).toBe(id);
        expect(url.search + url.hash).toBe('');
      }),
    );
  });
});

/** Undefined for an id that is refused. */
function pathOf(id: string): string | undefined {
  try {
    return modelPath('/model/', id);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
