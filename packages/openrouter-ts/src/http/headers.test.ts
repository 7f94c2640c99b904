import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/config-error.ts';
import { attributionHeaders, normalizeKey, userHeaders } from './headers.ts';

function refusal(act: () => unknown): ConfigError {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

/** What comes of it, or nothing where it is refused; any other failure is one of the test. */
function unlessRefused<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

const unsendable = [
  'a\nb',
  'a\rb',
  'a\r\nX-Evil: 1',
  'a\0b',
  'a\u007fb',
  'Grüße — Ω',
  'a\u2028b',
  '日本',
  'a\u001b[0m',
];

describe('the headers that say who is asking', () => {
  it('are those that were given', () => {
    expect(
      attributionHeaders({
        siteUrl: 'https://example.com',
        siteName: ' My App ',
        categories: ['cli-agent', 'roleplay'],
      }),
    ).toEqual({
      'http-referer': 'https://example.com',
      'x-title': 'My App',
      'x-openrouter-title': 'My App',
      'x-openrouter-categories': 'cli-agent,roleplay',
    });
    expect(attributionHeaders({ siteUrl: 'https://example.com' })).toEqual({ 'http-referer': 'https://example.com' });
    expect(attributionHeaders({ siteName: 'Café' })).toEqual({ 'x-title': 'Café', 'x-openrouter-title': 'Café' });
    expect(attributionHeaders({ categories: ['cli-agent'] })).toEqual({ 'x-openrouter-categories': 'cli-agent' });
  });

  it('are none where nothing was given', () => {
    expect(attributionHeaders({})).toEqual({});
    expect(attributionHeaders({ siteUrl: undefined, siteName: undefined, categories: undefined })).toEqual({});
    expect(attributionHeaders({ categories: [] })).toEqual({});
  });

  it.each(unsendable)(
    'are refused, by the name of the option, where they hold what a header cannot carry: %j',
    (value) => {
      const tail =
        'holds a character that HTTP does not allow: a line break, a control character, or one outside ISO-8859-1.';
      expect(refusal(() => attributionHeaders({ siteUrl: value })).message).toBe(`siteUrl ${tail}`);
      expect(refusal(() => attributionHeaders({ siteName: value })).message).toBe(`siteName ${tail}`);
      expect(refusal(() => attributionHeaders({ categories: [value] })).message).toBe(`categories ${tail}`);
    },
  );
});

describe('headers of the caller', () => {
  it('get lower-case names, and values without outer white space', () => {
    expect(userHeaders({ 'X-Session-Id': ' a\tb ', "x-!#$%&'*+.^_`|~1": 'ÿ', empty: '' })).toEqual({
      'x-session-id': 'a\tb',
      "x-!#$%&'*+.^_`|~1": 'ÿ',
      empty: '',
    });
    expect(userHeaders({})).toEqual({});
  });

  it.each(['', 'a b', 'a:b', 'a\r\nb', 'naïve', '(x)', 'a/b'])('are refused where the name is %j', (name) => {
    expect(refusal(() => userHeaders({ [name]: 'x' })).message).toBe(
      `A header name holds a character that HTTP does not allow: ${JSON.stringify(name)}.`,
    );
  });

  it('are refused without a name of any length in the message', () => {
    const { message } = refusal(() => userHeaders({ [`${'x'.repeat(50)} `]: 'x' }));
    expect(message).toBe(`A header name holds a character that HTTP does not allow: "${'x'.repeat(40)}".`);
  });

  it.each([
    'Content-Length',
    'transfer-encoding',
    'Connection',
    'HOST',
    'upgrade',
    'expect',
    'keep-alive',
    'te',
    'trailer',
  ])('are refused where they belong to the connection: %s', (name) => {
    expect(refusal(() => userHeaders({ [name]: 'x' })).message).toBe(`The header ${name.toLowerCase()} cannot be set.`);
  });

  it.each([undefined, 7, null, [['a']]])('are refused where the value is %j', (value) => {
    const headers: Record<string, unknown> = { 'X-Thing': value };
    expect(refusal(() => userHeaders(headers as Record<string, string>)).message).toBe('x-thing must be a string.');
  });

  it('are refused by their name, and never by their value', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\da-f]{20}$/), fc.constantFrom(...unsendable), (secret, bad) => {
        const { message, cause } = refusal(() => userHeaders({ 'X-Thing': secret + bad }));
        expect(message).toContain('x-thing holds a character that HTTP does not allow');
        expect(message).not.toContain(secret);
        expect(cause).toBeUndefined();
      }),
    );
  });

  it('never carry a line break, whatever is passed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, value) => {
        for (const [sentName, sentValue] of Object.entries(unlessRefused(() => userHeaders({ [name]: value })) ?? {})) {
          expect(sentName + sentValue).not.toMatch(/[\r\n\0]/);
        }
      }),
    );
  });
});

describe('a key', () => {
  const key = 'sk-or-v1-0123456789abcdef';

  it.each([key, ` ${key}\n`, `Bearer ${key}`, `bearer   ${key} `, `\tBEARER\t${key}`])(
    'is sent without what does not belong to it: %j',
    (given) => {
      expect(normalizeKey(given)).toBe(key);
    },
  );

  it('may be any word, since other servers than OpenRouter speak its language', () => {
    expect(normalizeKey('token')).toBe('token');
    expect(normalizeKey('bearer-token')).toBe('bearer-token');
    expect(normalizeKey('x-bearer')).toBe('x-bearer');
    expect(normalizeKey('!#$%&()*+,-./:;<=>?@[\\]^_{|}~')).toBe('!#$%&()*+,-./:;<=>?@[\\]^_{|}~');
  });

  it.each(['', ' ', '\n', 'Bearer', 'Bearer ', ' bearer \t'])('must not be empty: %j', (given) => {
    expect(refusal(() => normalizeKey(given)).message).toBe(
      'There is no API key. Pass apiKey, or set OPENROUTER_API_KEY; keys are made at https://openrouter.ai/keys.',
    );
  });

  it.each([
    `"${key}"`,
    `'${key}'`,
    `\`${key}\``,
    `${key}…`,
    `${key} x`,
    `sk-or-\nv1`,
    `sk-or-\r\nv1`,
    'sk-or-\0v1',
    'sk-or-\u007fv1',
    'sk-or-é',
    `Bearer Bearer ${key}`,
  ])('must hold nothing that no key has, and is not repeated: %j', (given) => {
    const error = refusal(() => normalizeKey(given));
    expect(error.message).toBe(
      'The API key holds a character that no key has, such as a space or a quote. Copy it again from https://openrouter.ai/keys.',
    );
    expect(error.cause).toBeUndefined();
  });

  it.each([undefined, null, 7, {}, [key], true])('must be a text: %j', (given) => {
    expect(refusal(() => normalizeKey(given)).message).toBe('apiKey must be a string, or a function that returns one.');
  });

  it('is one word of visible ASCII or refused, whatever is passed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (given) => {
        expect(unlessRefused(() => normalizeKey(given)) ?? 'refused').toMatch(/^[!-~]+$/);
      }),
    );
  });
});
