import { describe, expect, it } from 'vitest';
import { refusedLimit } from './refused-limit.ts';

const nothing = { limit: undefined, remaining: undefined };

describe('what a refusal says of a limit', () => {
  it.each([
    [
      { 'X-RateLimit-Limit': '50', 'X-RateLimit-Remaining': '0' },
      { limit: 50, remaining: 0 },
    ],
    [{ 'x-ratelimit-limit': 50 }, { limit: 50, remaining: undefined }],
    [{ 'X-RateLimit-Limit': -1 }, nothing],
    [{ 'X-RateLimit-Limit': null }, nothing],
    [{}, nothing],
    ['none', nothing],
    [null, nothing],
  ])('is read from the headers in the body %j', (headers, expected) => {
    expect(refusedLimit({}, { metadata: { headers } })).toEqual(expected);
  });

  it('is that of the headers where both speak', () => {
    const body = { metadata: { headers: { 'X-RateLimit-Limit': '1', 'X-RateLimit-Remaining': '2' } } };
    expect(refusedLimit({ 'x-ratelimit-limit': '9' }, body)).toEqual({ limit: 9, remaining: 2 });
  });

  it.each([undefined, null, 'no', [], {}, { metadata: null }, { metadata: 'x' }])('is nothing in %j', (error) => {
    expect(refusedLimit({}, error)).toEqual(nothing);
  });
});
