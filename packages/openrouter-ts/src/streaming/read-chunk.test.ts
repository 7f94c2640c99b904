import { describe, expect, it } from 'vitest';
import { choiceError } from '../http/choice-error.ts';
import { indexOf } from './choice-index.ts';
import { choicesOf, hasFailed, isFinished } from './choices.ts';
import { readChunk } from './read-chunk.ts';

const good = { id: 'gen-1', choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }] };

function errorOf(chunk: unknown): unknown {
  const read = readChunk(JSON.stringify(chunk));
  return read.type === 'error' ? read.error : read.type;
}

describe('an event with a chunk', () => {
  it('is read as it came', () => {
    expect(readChunk(JSON.stringify(good))).toEqual({ type: 'chunk', chunk: good, finished: false });
  });

  it.each([
    ['no choices', { ...good, choices: [] }],
    ['choices that are no list', { ...good, choices: 'none' }],
    ['members that nobody knows', { ...good, object: 'something.else', debug: { echo_upstream_body: {} } }],
    ['nothing in it', {}],
    ['an error that is null', { ...good, error: null }],
    ['an error that is empty', { ...good, error: '' }],
    ['a choice that is null', { choices: [null, 'x', { index: 0 }] }],
    ['a choice whose error is null', { choices: [{ index: 0, error: null, native_finish_reason: null }] }],
  ])('may have %s', (_, chunk) => {
    expect(readChunk(JSON.stringify(chunk))).toEqual({ type: 'chunk', chunk, finished: false });
  });

  it('does not look for an error behind a member that is called __proto__', () => {
    const read = readChunk('{"__proto__":{"error":{"message":"x"}},"choices":[]}');
    expect(read.type).toBe('chunk');
  });

  it('knows that the model has finished, whichever choice says so', () => {
    const choices = [
      { index: 0, finish_reason: null },
      { index: 1, finish_reason: 'stop' },
      { index: 2, finish_reason: null },
    ];
    expect(readChunk(JSON.stringify({ choices }))).toMatchObject({ type: 'chunk', finished: true });
  });

  it('takes an empty finish reason for none', () => {
    expect(readChunk('{"choices":[{"finish_reason":""}]}')).toMatchObject({ type: 'chunk', finished: false });
  });
});

describe('an event that is not a chunk', () => {
  it.each(['', ' ', '{', '{"choices":[]', 'null', '[]', '"text"', '1', 'true', 'undefined', '[DONE'])(
    'is %j',
    (data) => {
      expect(readChunk(data)).toEqual({ type: 'invalid' });
    },
  );
});

describe('an error in a chunk', () => {
  const error = { code: 502, message: 'Provider disconnected', metadata: { error_type: 'provider_unavailable' } };

  it.each([
    [
      'with the finish reason error',
      { ...good, error, choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }] },
    ],
    [
      'with the finish reason null',
      { ...good, error, choices: [{ index: 0, delta: { content: '' }, finish_reason: null }] },
    ],
    ['without choices', { ...good, error, choices: [] }],
    ['alone', { error }],
    ['in a choice', { ...good, choices: [{ index: 0, delta: { content: 'and' }, finish_reason: 'error', error }] }],
    ['in another choice than the first', { ...good, choices: [good.choices[0], { index: 1, delta: {}, error }] }],
  ])('is found %s', (_, chunk) => {
    expect(readChunk(JSON.stringify(chunk))).toEqual({ type: 'error', error, chunk });
  });

  it('may be text, with a code that is a word, or without anything', () => {
    expect(errorOf({ error: 'It broke' })).toBe('It broke');
    expect(errorOf({ error: { code: 'server_error', message: 'It broke' } })).toEqual({
      code: 'server_error',
      message: 'It broke',
    });
    expect(errorOf({ error: {} })).toEqual({});
    expect(errorOf({ choices: [{ error: 'It broke' }] })).toBe('It broke');
  });

  it('comes before what a choice says', () => {
    expect(errorOf({ error, choices: [{ error: { message: 'other' }, finish_reason: 'error' }] })).toEqual(error);
  });

  it.each([
    ['error', null, 'The provider failed (finish reason "error").'],
    ['error', 'MALFORMED', 'The provider failed (finish reason "MALFORMED").'],
    ['stop', 'network_error', 'The provider failed (finish reason "network_error").'],
    ['stop', 'error', 'The provider failed (finish reason "error").'],
    [null, 'network_error', 'The provider failed (finish reason "network_error").'],
  ])('is what the finish reason %j with the native reason %j says', (finish, native, message) => {
    const choice = { index: 0, delta: {}, finish_reason: finish, native_finish_reason: native };
    expect(errorOf({ choices: [choice] })).toEqual({ message, code: 502 });
    expect(choiceError(choice)).toEqual({ message, code: 502 });
  });

  it.each([
    ['stop', 'stop'],
    ['length', 'MAX_TOKENS'],
    ['content_filter', 'SAFETY'],
    ['tool_calls', 'STOP'],
    [null, null],
    ['a new one', 'another new one'],
  ])('is not in a choice with the finish reason %j and the native reason %j', (finish, native) => {
    expect(hasFailed({ finish_reason: finish, native_finish_reason: native })).toBe(false);
  });
});

describe('the parts of a chunk', () => {
  it('are read with care', () => {
    expect(choicesOf({ choices: [1, 2] })).toEqual([1, 2]);
    expect(choicesOf({})).toEqual([]);
    expect(choicesOf({ choices: { length: 1 } })).toEqual([]);
    expect([indexOf({ index: 3 }), indexOf({}), indexOf({ index: '3' })]).toEqual([3, 0, 0]);
    expect([
      isFinished({ finish_reason: 'stop' }),
      isFinished({ finish_reason: '' }),
      isFinished({}),
      isFinished({ finish_reason: 1 }),
    ]).toEqual([true, false, false, false]);
  });
});
