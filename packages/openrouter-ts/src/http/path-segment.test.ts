import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/config-error.ts';
import { pathSegment } from './path-segment.ts';

/** What comes of it, or nothing where it is refused; any other failure is one of the test. */
function unlessRefused<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

describe('a part of a path', () => {
  it('is encoded, but for what the ids of models are made of', () => {
    expect(pathSegment('gpt-4o:free')).toBe('gpt-4o:free');
    expect(pathSegment('~latest@openai')).toBe('~latest@openai');
    expect(pathSegment('a:b:c@d@e')).toBe('a:b:c@d@e');
    expect(pathSegment('a/b?c#d%2e é')).toBe('a%2Fb%3Fc%23d%252e%20%C3%A9');
    expect(pathSegment('.a')).toBe('.a');
    expect(pathSegment('a..')).toBe('a..');
  });

  it.each(['', '.', '..', '...', '\ud800', 'a\udc00b'])('cannot be %j', (value) => {
    expect(() => pathSegment(value)).toThrow(
      new ConfigError(`"${value}" cannot be part of a path. Pass a non-empty id.`),
    );
  });

  it('never leaves its place, whatever is passed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom('.', '/', '%2e', '\\', '?', '#', '\ud800') }),
        ),
        (value) => {
          const segment = unlessRefused(() => pathSegment(value));
          if (segment === undefined) return;
          const url = new URL(`https://openrouter.ai/api/v1/keys/${segment}/end`);
          expect(url.pathname.split('/').slice(0, 4)).toEqual(['', 'api', 'v1', 'keys']);
          expect(url.pathname.split('/')).toHaveLength(6);
          expect(url.search + url.hash).toBe('');
          expect(decodeURIComponent(url.pathname.split('/')[4] ?? '')).toBe(value);
        },
      ),
    );
  });
});
