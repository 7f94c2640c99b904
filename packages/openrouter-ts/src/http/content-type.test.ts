import { describe, expect, it } from 'vitest';
import { contentType } from './content-type.ts';

describe('contentType', () => {
  it.each([
    ['application/json', 'application/json'],
    ['application/json; charset=utf-8', 'application/json'],
    ['Text/Event-Stream;charset=utf-8; x=y', 'text/event-stream'],
    ['  text/html ; charset=utf-8', 'text/html'],
    [';charset=utf-8', ''],
    ['', ''],
  ])('reads %j as %j', (value, type) => {
    expect(contentType({ 'content-type': value })).toBe(type);
  });

  it('is empty where the response does not say', () => {
    expect(contentType({ 'content-length': '2' })).toBe('');
  });
});
