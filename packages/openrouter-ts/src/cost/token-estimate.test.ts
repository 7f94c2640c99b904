import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asking } from '../../tests/support/listed.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import { familyOf } from './model-family.ts';
import { textTokens } from './text-tokens.ts';
import { asksToThink, estimateTokens } from './token-estimate.ts';

describe('the tokens of a text', () => {
  it.each([
    ['', 0],
    ['Hello world!', 3],
    ["What's 2 + 2?", 8],
    ["it 'quoted' that", 5],
    ["''", 1.4],
    ['internationalization', 3],
    ['maxTokensPerHTTPServer', 5],
    ['one\n\ntwo', 3],
    ['one  two\tthree', 5],
    ['1234567', 3],
    ['{"a":1}', 1.4 + 1 + 1.4 + 1 + 1],
    ['日本', 1.7],
    ['Привет', 2.4],
    ['é', 0.5],
    ['ﬀ', 0.9],
  ])('of %j are %f', (text, tokens) => {
    expect(textTokens(text, 3)).toBeCloseTo(tokens, 10);
  });

  it('counts each digit where the tokenizer does', () => {
    expect(textTokens('1234567', 1)).toBe(7);
  });

  it('never shrink when text is added after a line end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, more) => {
        expect(textTokens(`${text}\n${more}`, 3)).toBeGreaterThanOrEqual(textTokens(text, 3) - 1e-9);
      }),
    );
  });

  it('takes time in proportion to the text', () => {
    expect(textTokens('word '.repeat(200_000), 3)).toBeGreaterThan(199_999);
  });
});

describe('the family of a model', () => {
  it.each([
    ['openai/gpt-4o', 'openai'],
    ['~anthropic/claude-sonnet-latest', 'anthropic'],
    ['openai/gpt-oss-120b:free', 'gpt-oss'],
    ['google/gemma-3n-e4b-it', 'gemma'],
    ['mistralai/devstral', 'mistral'],
    ['morph/morph-v3', 'other'],
    ['', 'other'],
  ])('of %s is %s', (id, family) => {
    expect(familyOf(id)).toBe(family);
  });
});

describe('the tokens of a prompt', () => {
  const tokens = (request: object, model = 'openai/gpt-4o'): number =>
    estimateTokens(request as ChatRequest, model).tokens;
  const said = (...content: readonly object[]): object => ({ messages: [{ role: 'user', content }] });

  it('are those of the text and of what stands around messages', () => {
    expect(tokens(asking('What is the capital of France?'))).toBe(14);
    expect(tokens(said({ type: 'text', text: 'What is the capital of France?' }))).toBe(14);
    expect(tokens({ prompt: 'What is the capital of France?' })).toBe(11);
  });

  it('are at least one', () => {
    expect(tokens({ messages: [] }, 'google/gemini-2.5-flash')).toBe(1);
  });

  it('have tools, their calls and the thoughts before them in them', () => {
    const tool = { type: 'function', function: { name: 'add', parameters: { type: 'object' } } };
    const call = { id: 'x', type: 'function', function: { name: 'add', arguments: '{"a":2}' } };
    const hi = tokens(asking('Hi'));
    expect(tokens(asking('Hi', { tools: [tool, { type: 'openrouter:datetime' }] }))).toBeGreaterThan(hi + 5);
    const called = { messages: [...asking('Hi').messages, { role: 'assistant', content: null, tool_calls: [call] }] };
    expect(tokens(called)).toBeGreaterThan(hi + 5);
    const thought = {
      messages: [...asking('Hi').messages, { role: 'assistant', reasoning_content: 'Let me think about it' }],
    };
    expect(tokens(thought)).toBeGreaterThan(hi + 5);
  });

  it('have half of the schema of the answer in them', () => {
    const schema = { type: 'object', properties: { answer: { type: 'string' } } };
    const more = tokens(asking('Hi', { response_format: { type: 'json_schema', json_schema: { name: 'a', schema } } }));
    expect(more).toBeGreaterThan(tokens(asking('Hi', { response_format: { type: 'json_object' } })) + 5);
  });

  it('have what Anthropic says to a model that is to think in them', () => {
    const model = 'anthropic/claude-sonnet-4.5';
    expect(tokens(asking('Hi', { reasoning_effort: 'low' }), model)).toBe(tokens(asking('Hi'), model) + 29);
    expect(tokens(asking('Hi', { reasoning_effort: 'low' }))).toBe(tokens(asking('Hi')));
  });

  it.each([
    [{ type: 'image_url', image_url: { url: 'https://x' } }, 'openai/gpt-4o', 765],
    [{ type: 'image_url', image_url: { url: 'https://x', detail: 'low' } }, 'openai/gpt-4o', 85],
    [{ type: 'image_url', image_url: { url: 'https://x' } }, 'qwen/qwen-vl', 1_000],
    [{ type: 'input_audio', input_audio: { data: 'A'.repeat(8_000), format: 'wav' } }, 'openai/gpt-4o', 10],
    [{ type: 'video_url', video_url: { url: `data:${'A'.repeat(9_995)}` } }, 'google/gemini', 270],
    [{ type: 'video_url', video_url: { url: 'https://x' } }, 'google/gemini', 7_800],
    [{ type: 'file', file: { file_data: `data:${'A'.repeat(6_495)}` } }, 'openai/gpt-4o', 700],
    [{ type: 'file', file: { file_id: 'x' } }, 'openai/gpt-4o', 3_000],
  ])('count what is no text by rules of thumb (%#)', (part, model, expected) => {
    const { mediaTokens } = estimateTokens(said(part) as ChatRequest, model);
    expect(mediaTokens).toBe(expected);
    expect(tokens(said(part), model)).toBeGreaterThanOrEqual(expected);
  });

  it('pass over what is no part of a message', () => {
    expect(tokens({ messages: [{ role: 'user', content: ['text', 7, { type: 'text' }] }] })).toBe(7);
    expect(tokens({ messages: [{ role: 'user' }] })).toBe(7);
  });

  it('are counted with the tokenizer of the caller where there is one', () => {
    const calls: string[] = [];
    const { tokens: counted } = estimateTokens(asking('Hi'), 'openai/gpt-4o', (text, model) => {
      calls.push(`${model} ${text}`);
      return 100;
    });
    expect([counted, calls]).toEqual([107, ['openai/gpt-4o Hi']]);
  });
});

describe('whether a request asks to think', () => {
  it.each([
    [{}, false],
    [{ reasoning: {} }, true],
    [{ reasoning: { enabled: false } }, false],
    [{ reasoning: { effort: 'none' } }, false],
    [{ reasoning: { effort: 'low' } }, true],
    [{ reasoning_effort: 'none' }, false],
  ])('%o', (request, expected) => {
    expect(asksToThink(request as ChatRequest)).toBe(expected);
  });
});
