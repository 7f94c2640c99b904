import { describe, expect, it } from 'vitest';
import type { ChatRequest } from '../wire/chat-request.ts';
import { plainContent } from './plain-content.ts';

const messages = [
  { role: 'system', content: 'Be brief. ' },
  { role: 'user', name: 'me', content: 'Hi' },
] as const;

describe('a request that is nothing but messages of text', () => {
  it('is read as its text', () => {
    expect(plainContent({ model: 'm', messages, max_tokens: 5 })).toEqual({ text: 'Be brief. Hi', media: [] });
  });

  it.each<[what: string, request: object]>([
    ['tools', { messages, tools: [] }],
    ['a form of the answer', { messages, response_format: { type: 'json_object' } }],
    ['plugins', { messages, plugins: [] }],
    ['a prediction', { messages, prediction: { type: 'content', content: 'x' } }],
    ['a prompt of the older kind', { prompt: 'x' }],
    ['no messages', { model: 'm' }],
    ['parts', { messages: [{ role: 'user', content: [{ type: 'text', text: 'x' }] }] }],
    ['a tool call', { messages: [{ role: 'assistant', content: 'x', tool_calls: [] }] }],
    ['no content', { messages: [{ role: 'assistant', content: null }] }],
  ])('is not one with %s', (_what, request) => {
    expect(plainContent(request as ChatRequest)).toBeUndefined();
  });
});
