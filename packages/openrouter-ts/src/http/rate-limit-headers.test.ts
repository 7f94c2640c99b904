import { describe, expect, it } from 'vitest';
import { rateLimitHeaders } from './rate-limit-headers.ts';

describe('what an answer says of a limit', () => {
  it.each([
    [
      { 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '3' },
      { limit: 20, remaining: 3 },
    ],
    [{ 'x-ratelimit-limit': ' 20 ' }, { limit: 20, remaining: undefined }],
    [{ 'x-ratelimit-remaining': '0' }, { limit: undefined, remaining: 0 }],
    [{ 'x-ratelimit-limit': '' }, undefined],
    [{ 'x-ratelimit-limit': '-1' }, undefined],
    [{ 'x-ratelimit-limit': 'many' }, undefined],
    [{ 'x-ratelimit-reset': '1767225700000' }, undefined],
    [{}, undefined],
  ])('is read from the headers %j', (headers, expected) => {
    expect(rateLimitHeaders(headers)).toEqual(expected);
  });

  it.each([
    [
      { 'X-RateLimit-Limit': '50', 'X-RateLimit-Remaining': '0' },
      { limit: 50, remaining: 0 },
    ],
    [{ 'x-ratelimit-limit': 50 }, { limit: 50, remaining: undefined }],
    [{ 'X-RateLimit-Limit': -1 }, undefined],
    [{ 'X-RateLimit-Limit': null }, undefined],
    [{}, undefined],
    ['none', undefined],
    [null, undefined],
  ])('is read from the headers in the body %j', (headers, expected) => {
    expect(rateLimitHeaders({}, { metadata: { headers } })).toEqual(expected);
  });

  it('is that of the headers where both speak', () => {
    const body = { metadata: { headers: { 'X-RateLimit-Limit': '1', 'X-RateLimit-Remaining': '2' } } };
    expect(rateLimitHeaders({ 'x-ratelimit-limit': '9' }, body)).toEqual({ limit: 9, remaining: 2 });
  });

  it.each([undefined, null, 'no', [], {}, { metadata: null }, { metadata: 'x' }])('is nothing in %j', (error) => {
    expect(rateLimitHeaders({}, error)).toBeUndefined();
  });
});
