import { describe, expect, it } from 'vitest';
import { textOf } from './text-of.ts';

describe('the text of a chunk', () => {
  it('is what the choice with the index 0 adds', () => {
    expect(textOf({ choices: [{ index: 0, delta: { content: ' Hi' } }] })).toBe(' Hi');
  });

  it('is what a choice without an index adds', () => {
    expect(textOf({ choices: [{ delta: { content: 'Hi' } }] })).toBe('Hi');
  });

  it('leaves out what other choices add', () => {
    expect(textOf({ choices: [{ index: 1, delta: { content: 'second' } }] })).toBe('');
    const both = [
      { index: 1, delta: { content: 'second' } },
      { index: 0, delta: { content: 'first' } },
    ];
    expect(textOf({ choices: both })).toBe('first');
  });

  it.each([
    [{}],
    [{ choices: null }],
    [{ choices: [] }],
    [{ choices: ['text'] }],
    [{ choices: [null] }],
    [{ choices: [{ index: 0 }] }],
    [{ choices: [{ index: 0, delta: null }] }],
    [{ choices: [{ index: 0, delta: 'text' }] }],
    [{ choices: [{ index: 0, delta: {} }] }],
    [{ choices: [{ index: 0, delta: { content: null } }] }],
    [{ choices: [{ index: 0, delta: { content: ['text'] } }] }],
    [{ choices: [{ index: 0, delta: { reasoning: 'text' } }] }],
  ])('is empty in %j', (chunk) => {
    expect(textOf(chunk)).toBe('');
  });
});
