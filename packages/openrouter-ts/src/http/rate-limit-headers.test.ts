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
});
