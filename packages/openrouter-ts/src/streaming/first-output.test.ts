import { describe, expect, it } from 'vitest';
import { hasOutput } from './first-output.ts';

describe('the first output of a stream', () => {
  it.each([
    ['text', { content: 'H' }],
    ['a white space', { content: ' ' }],
    ['reasoning', { reasoning: 'Hm' }],
    ['reasoning under its other name', { reasoning_content: 'Hm' }],
    ['a detail of reasoning', { reasoning_details: [{ type: 'reasoning.encrypted', data: 'x' }] }],
    ['a tool call', { tool_calls: [{ index: 0 }] }],
    ['an image', { images: [{ image_url: { url: 'data:,' } }] }],
    ['audio', { audio: { id: 'a' } }],
    ['a refusal', { refusal: 'No' }],
    ['an annotation', { annotations: [{ type: 'url_citation' }] }],
  ])('is %s', (_, delta) => {
    expect(hasOutput({ index: 0, delta, finish_reason: null })).toBe(true);
    expect(hasOutput({ index: 0, message: delta, finish_reason: null })).toBe(true);
  });

  it('is a finish reason without anything else', () => {
    expect(hasOutput({ index: 0, delta: {}, finish_reason: 'stop' })).toBe(true);
    expect(hasOutput({ finish_reason: 'stop' })).toBe(true);
  });

  it.each([
    ['the role', { role: 'assistant' }],
    ['an empty text', { role: 'assistant', content: '' }],
    ['nulls', { content: null, reasoning: null, tool_calls: null, refusal: null, audio: null }],
    ['empty lists', { tool_calls: [], reasoning_details: [], images: [], annotations: [] }],
    ['a member that nobody knows', { mood: 'good' }],
    ['nothing', {}],
  ])('is not %s', (_, delta) => {
    expect(hasOutput({ index: 0, delta, finish_reason: null })).toBe(false);
  });

  it('is not an empty finish reason, nor one that is not text', () => {
    expect(hasOutput({ delta: {}, finish_reason: '' })).toBe(false);
    expect(hasOutput({ delta: {}, finish_reason: 1 })).toBe(false);
  });

  it.each([
    [null],
    [undefined],
    ['text'],
    [[{ content: 'x' }]],
    [{}],
    [{ delta: 'Hi' }],
    [{ delta: null }],
    [{ delta: [] }],
  ])('is not in a choice like %j', (choice) => {
    expect(hasOutput(choice)).toBe(false);
  });
});
