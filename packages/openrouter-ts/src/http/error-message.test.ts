import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorMessage, providerReason } from './error-message.ts';

const key = 'sk-or-v1-0123456789abcdef';

/** Deeper than can be written as JSON again. */
function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

describe('the words of an error answer', () => {
  it.each([
    'Rate limit exceeded: free-models-per-min. ',
    '[\n  {\n    "expected": "string",\n\t"code": "invalid_type"\n  }\n]',
    ' 日本語 👩‍👧 «Grüße» ',
  ])('are the message of the server as it came: %j', (message) => {
    expect(errorMessage({ code: 400, message })).toBe(message);
    expect(errorMessage(message)).toBe(message);
  });

  it('are 2,000 characters at most', () => {
    expect(errorMessage({ message: 'x'.repeat(2000) })).toBe('x'.repeat(2000));
    expect(errorMessage({ message: 'x'.repeat(2001) })).toBe(`${'x'.repeat(1999)}…`);
  });

  it('hold nothing that steers a terminal, and no key', () => {
    expect(errorMessage({ message: `\u001b[2JThe key ${key} is\r disabled\u202e` })).toBe(
      '[2JThe key sk-or-… is disabled',
    );
    expect(errorMessage({ message: 'no', metadata: { provider_name: key, raw: `key ${key}` } })).toBe(
      'no (sk-or-…: key sk-or-…)',
    );
    expect(errorMessage(undefined, `<title>${key}</title>`)).toBe('sk-or-…');
  });

  it('name the provider that failed, and its own reason', () => {
    const message = 'Provider returned error';
    const metadata = {
      provider_name: 'Google',
      raw: '{"error":{"message":"tools.0.description: Input should be a string"}}',
    };
    expect(errorMessage({ message, metadata })).toBe(
      'Provider returned error (Google: tools.0.description: Input should be a string)',
    );
    expect(errorMessage({ message, metadata: { provider_name: 'Google' } })).toBe('Provider returned error (Google)');
    expect(errorMessage({ message, metadata: { raw: 'busy' } })).toBe('Provider returned error (busy)');
    expect(errorMessage({ message, metadata: { provider_name: 7, raw: 'busy' } })).toBe(
      'Provider returned error (busy)',
    );
    expect(errorMessage({ message, metadata: null })).toBe(message);
    expect(errorMessage({ message, metadata: { provider_name: '', raw: ' \n' } })).toBe(message);
  });

  it('do not say the same thing twice', () => {
    expect(errorMessage({ message: 'busy', metadata: { provider_name: 'X', raw: 'busy' } })).toBe('busy (X)');
    expect(errorMessage({ message: 'busy', metadata: { raw: 'busy' } })).toBe('busy');
  });

  it('keep the name of a provider short', () => {
    expect(errorMessage({ message: 'no', metadata: { provider_name: `a\n${'x'.repeat(100)}` } })).toBe(
      `no (a ${'x'.repeat(77)}…)`,
    );
  });

  it.each([
    [
      '<!doctype html><html><head><title>\n 502 Bad\n Gateway </title></head><body><h1>Oops</h1></body></html>',
      '502 Bad Gateway',
    ],
    ['<TITLE lang="en">Just a moment...</TITLE>', 'Just a moment...'],
    ['<html><head><title></title></head><body><h1>Log in</h1> to <b>WiFi</b></body></html>', 'Log in to WiFi'],
    ['<b>Log in</b><i>to WiFi</i>', 'Log in to WiFi'],
    ['error code: 1015', 'error code: 1015'],
    ['{"detail":"Not Found"}', '{"detail":"Not Found"}'],
    ['', 'no explanation'],
    [' \n ', 'no explanation'],
    ['<html><body></body></html>', 'no explanation'],
  ])('name a page that is no JSON by its title or its text: %j', (text, words) => {
    expect(errorMessage(undefined, text)).toBe(words);
  });

  it('take at most 200 characters of a page, from its beginning', () => {
    expect(errorMessage(undefined, `<title>${'x'.repeat(201)}</title>`)).toBe(`${'x'.repeat(199)}…`);
    expect(errorMessage(undefined, `${' '.repeat(4000)}<title>${'x'.repeat(9000)}</title>`)).toBe('x'.repeat(89));
    expect(errorMessage(undefined, `${' '.repeat(4096)}<title>too late</title>`)).toBe('no explanation');
  });

  it.each([
    undefined,
    null,
    {},
    [],
    7,
    true,
    '',
    ' ',
    '\0',
    { message: 7 },
    { message: '' },
    { message: ' \n' },
    { message: { a: 1 } },
  ])('are taken from the body, or admit that there are none, where the error is %j', (error) => {
    expect(errorMessage(error)).toBe('no explanation');
    expect(errorMessage(error, 'the body')).toBe('the body');
  });

  it('are found for whatever came', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.string({ unit: 'binary' }),
        fc.stringMatching(/^[\da-f]{16}$/),
        (error, text, digits) => {
          const secret = `sk-or-v1-${digits}`;
          for (const words of [
            errorMessage(error, text),
            errorMessage({ message: text + secret, metadata: { raw: { error, secret } } }),
            errorMessage(undefined, secret + text),
          ]) {
            expect(words).not.toBe('');
            expect(words).not.toContain(secret);
          }
        },
      ),
    );
  });
});

describe('the reason of a provider', () => {
  it.each([
    ['busy', 'busy'],
    [' busy\n now ', 'busy now'],
    ['{"error":{"message":"too long","type":"x"}}', 'too long'],
    ['{"error":"Content violates usage guidelines.","code":"permission"}', 'Content violates usage guidelines.'],
    ['{"message":"first","error":"second"}', 'first'],
    [{ error: { message: 'too long' } }, 'too long'],
    [{ message: 'first' }, 'first'],
    [{ detail: 'x' }, '{"detail":"x"}'],
    [{ error: { code: 7 } }, '{"error":{"code":7}}'],
    [{ message: '' }, '{"message":""}'],
    ['[{"error":{"message":"too long"}}]', '[{"error":{"message":"too long"}}]'],
    ['{"error":{"message":', '{"error":{"message":'],
    [429, '429'],
    [false, 'false'],
  ])('is read from %j', (raw, reason) => {
    expect(providerReason({ metadata: { raw } })).toBe(reason);
  });

  it.each([undefined, null, '', ' ', { message: ' ' }])('is not known where the raw answer is %j', (raw) => {
    expect(providerReason({ metadata: { raw } })).toBeUndefined();
  });

  it.each([undefined, null, 'text', {}, { metadata: null }, { metadata: 'x' }])(
    'is not known of the error %j',
    (error) => {
      expect(providerReason(error)).toBeUndefined();
    },
  );

  it('is 500 characters at most, without keys', () => {
    expect(providerReason({ metadata: { raw: 'x'.repeat(501) } })).toBe(`${'x'.repeat(499)}…`);
    expect(providerReason({ metadata: { raw: key } })).toBe('sk-or-…');
  });

  it('is not known where it is nested deeper than can be written again', () => {
    expect(providerReason({ metadata: { raw: nested(200_000) } })).toBeUndefined();
  });
});
