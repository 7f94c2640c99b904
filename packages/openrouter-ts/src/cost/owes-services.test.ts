import { describe, expect, it } from 'vitest';
import { owesServices } from './owes-services.ts';

const plain = { model: 'a/b', messages: [{ role: 'user', content: 'Hi' }] };
const call = { type: 'function', function: { name: 'f' } };

describe('owesServices', () => {
  it.each([
    ['no body', undefined],
    ['a plain question', plain],
    ['the caller’s own tools', { ...plain, tools: [call] }],
    ['empty lists', { ...plain, plugins: [], tools: [] }],
    ['what is no list', { ...plain, plugins: 'web', tools: null, web_search_options: null }],
  ])('is false for %s', (_, body) => {
    expect(owesServices({ body })).toBe(false);
  });

  it.each([
    ['a plugin', { ...plain, plugins: [{ id: 'web' }] }],
    ['a tool of the server', { ...plain, tools: [call, { type: 'openrouter:web_search' }] }],
    ['a tool that nobody knows', { ...plain, tools: ['web_search'] }],
    ['a search of the provider', { ...plain, web_search_options: {} }],
    ['a model that is online', { ...plain, model: 'a/b:online' }],
  ])('is true for %s', (_, body) => {
    expect(owesServices({ body })).toBe(true);
  });
});
