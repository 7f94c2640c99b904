import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/config-error.ts';
import { serializeBody } from './serialize-body.ts';

function refusal(body: Record<string, unknown>): ConfigError {
  try {
    serializeBody({ body, stream: false });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('the body of a request', () => {
  it('is its JSON, in the order in which it was written', () => {
    expect(serializeBody({ body: { model: 'm', messages: [], a: undefined, n: null }, stream: false })).toBe(
      '{"model":"m","messages":[],"n":null}',
    );
  });

  it('asks for a stream at its end', () => {
    expect(serializeBody({ body: { model: 'm' }, stream: true })).toBe('{"model":"m","stream":true}');
    expect(serializeBody({ body: { stream: false, model: 'm' }, stream: true })).toBe('{"stream":true,"model":"m"}');
  });

  it('is none where there is none', () => {
    expect(serializeBody({ stream: false })).toBeUndefined();
    expect(serializeBody({ body: undefined, stream: true })).toBeUndefined();
  });

  it('puts U+FFFD for half a character, and leaves whole ones and escapes alone', () => {
    const text = { a: '\ud800', b: 'x\udfff', c: '👋', d: String.raw`\ud800`, e: '\\', f: `\\\ud83d\\`, '\ud900': 1 };
    const json = serializeBody({ body: text, stream: false }) ?? '';
    expect(JSON.parse(json)).toEqual({
      a: '\ufffd',
      b: 'x\ufffd',
      c: '👋',
      d: String.raw`\ud800`,
      e: '\\',
      f: `\\\ufffd\\`,
      '\ufffd': 1,
    });
    expect(json).not.toMatch(/[^\\](?:\\\\)*\\ud[89a-f]/);
  });

  it('says the same as what was passed', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (body) => {
        const json = serializeBody({ body, stream: false });
        expect(json).toBe(JSON.stringify(body));
      }),
    );
  });

  it('is well-formed, whatever was passed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('\ud800', '\udc00', '\\', 'u', 'd', '8', '0', '"', 'a') }),
        (text) => {
          const json = serializeBody({ body: { text }, stream: false }) ?? '';
          const expected = text.replace(/\p{Cs}/gu, '\ufffd');
          expect(JSON.parse(json)).toEqual({ text: expected });
        },
      ),
    );
  });
});

describe('what cannot be a body', () => {
  const unwritable = 'The request cannot be written as JSON. Remove cycles and BigInt values. See the cause.';

  it('is a BigInt', () => {
    const error = refusal({ seed: 1n });
    expect(error.message).toBe(unwritable);
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  it('is a cycle', () => {
    const body: Record<string, unknown> = { a: { b: {} } };
    body['a'] = { b: body };
    expect(refusal(body)).toMatchObject({ message: unwritable, cause: expect.any(TypeError) });
  });

  it('is what refuses by itself', () => {
    const cause = new Error('not today\nnor tomorrow');
    const thrown = refusal({
      a: {
        toJSON: () => {
          throw cause;
        },
      },
    });
    expect(thrown.cause).toBe(cause);
    const text: unknown = 'text';
    const toJSON = (): never => {
      throw text;
    };
    expect(refusal({ a: { toJSON } })).toMatchObject({ message: unwritable, cause: 'text' });
  });
});
