import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readChatRequest } from './read-chat-request.ts';
import { sampleJson } from './sample-json.ts';
import { splitIntoTokens } from './split-into-tokens.ts';

describe('splitIntoTokens', () => {
  it('loses nothing and never cuts a character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const pieces = splitIntoTokens(text);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) expect(() => encodeURIComponent(piece)).not.toThrow();
      }),
    );
  });
});

describe('readChatRequest', () => {
  it('takes any JSON without failing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(
          readChatRequest({ messages: body, tools: body, reasoning: body, response_format: body }).modelIds,
        ).toEqual([]);
        expect(readChatRequest(body).promptTokens).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('finds the question in a list of parts, and does not count an image by the length of its data', () => {
    const content = [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(1_000_000)}` } },
    ];
    const facts = readChatRequest({ messages: [{ role: 'user', content }] });
    expect(facts.question).toBe('What is this?');
    expect(facts.promptTokens).toBeLessThan(300);
  });

  it('sees what tools gave back only since the user spoke last', () => {
    const result = { role: 'tool', tool_call_id: 'call_1', content: '42' };
    const question = { role: 'user', content: 'And now?' };
    expect(readChatRequest({ messages: [question, result] }).toolResult).toBe('42');
    expect(readChatRequest({ messages: [result, question] }).toolResult).toBeUndefined();
  });
});

describe('sampleJson', () => {
  it('makes up a value that fits the schema', () => {
    const schema = {
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 3 },
        age: { type: 'integer', minimum: 18 },
        unit: { enum: ['celsius', 'kelvin'] },
        tags: { type: 'array', items: { $ref: '#/$defs/tag' } },
        note: { type: ['null', 'string'] },
        choice: { anyOf: [{ type: 'boolean' }, { type: 'string' }] },
      },
      $defs: { tag: { const: 'red' } },
    };
    const expected = { name: 'sim', age: 18, unit: 'celsius', tags: ['red'], note: null, choice: true };
    expect(sampleJson(schema)).toEqual(expected);
  });

  it('keeps to formats, lengths and bounds', () => {
    const properties = {
      day: { type: 'string', format: 'date' },
      code: { type: 'string', minLength: 12 },
      above: { type: 'number', exclusiveMinimum: 10 },
      below: { type: 'number', maximum: -5 },
    };
    expect(sampleJson({ properties })).toEqual({ day: '2026-01-01', code: 'simulated...', above: 11, below: -5 });
    expect(
      sampleJson({ allOf: [{ properties: { a: { const: 1 } } }, { properties: { b: { enum: ['x'] } } }] }),
    ).toEqual({
      a: 1,
      b: 'x',
    });
    expect(sampleJson({ type: 'object' })).toEqual({ simulated: true });
    expect(sampleJson('no schema')).toBeNull();
  });

  it('ends on a schema that refers to itself', () => {
    const tree = { type: 'object', properties: { children: { type: 'array', items: { $ref: '#' } } } };
    expect(JSON.stringify(sampleJson(tree))).toContain('children');
  });
});
