import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryHint } from './retry-hint.ts';

/** Tuesday, 7 October 2025, 13:56:19 GMT. */
const now = 1_759_845_379_000;
const inAMinute = 'Tue, 07 Oct 2025 13:57:19 GMT';

describe('a hint when to ask again', () => {
  it.each([
    [{ 'retry-after-ms': '1500' }, { retryAfterMs: 1500 }],
    [{ 'retry-after-ms': ' 0 ' }, { retryAfterMs: 0 }],
    [{ 'retry-after': '2' }, { retryAfterMs: 2000 }],
    [{ 'retry-after': '0' }, { retryAfterMs: 0 }],
    [{ 'retry-after': '0.25' }, { retryAfterMs: 250 }],
    [{ 'retry-after': ' 120 ' }, { retryAfterMs: 120_000 }],
    [{ 'retry-after': inAMinute }, { retryAfterMs: 60_000, resetAt: now + 60_000 }],
    [{ 'retry-after': 'Tuesday, 07-Oct-25 13:57:19 GMT' }, { retryAfterMs: 60_000, resetAt: now + 60_000 }],
    [{ 'retry-after': 'Tue, 07 Oct 2025 13:00:00 GMT' }, { retryAfterMs: 0, resetAt: now - 3_379_000 }],
    [{ 'x-ratelimit-reset': '1759845420000' }, { retryAfterMs: 41_000, resetAt: now + 41_000 }],
    [{ 'x-ratelimit-reset': '1759845420' }, { retryAfterMs: 41_000, resetAt: now + 41_000 }],
    [{ 'x-ratelimit-reset': '41' }, { retryAfterMs: 41_000, resetAt: now + 41_000 }],
    [{ 'x-ratelimit-reset': '1000000000' }, { retryAfterMs: 1e12, resetAt: now + 1e12 }],
    [{ 'x-ratelimit-reset': '1000000001' }, { retryAfterMs: 0, resetAt: 1_000_000_001_000 }],
    [{ 'x-ratelimit-reset': '1000000000001' }, { retryAfterMs: 0, resetAt: 1_000_000_000_001 }],
  ])('is read from the headers %j', (headers, hint) => {
    expect(retryHint(headers, undefined, now)).toEqual(hint);
  });

  it.each([
    [{ availability: { retry_after: 30 } }, { retryAfterMs: 30_000 }],
    [{ availability: { retry_after: '30' } }, { retryAfterMs: 30_000 }],
    [
      { metadata: { headers: { 'X-RateLimit-Reset': '1759845420000' } } },
      { retryAfterMs: 41_000, resetAt: now + 41_000 },
    ],
    [
      { metadata: { headers: { 'X-RateLimit-Limit': '20', 'x-ratelimit-reset': 41 } } },
      { retryAfterMs: 41_000, resetAt: now + 41_000 },
    ],
  ])('is read from the error %j', (error, hint) => {
    expect(retryHint({}, error, now)).toEqual(hint);
  });

  it.each([
    '-1',
    'NaN',
    '1e309',
    '2,2',
    '9'.repeat(400),
    '',
    ' ',
    '+2',
    '0x10',
    '1.',
    '.5',
    '2s',
    'soon',
    'Infinity',
    '1e3',
    '2 3',
  ])('is none where the value is %j', (value) => {
    expect(retryHint({ 'retry-after-ms': value }, undefined, now)).toBeUndefined();
    expect(retryHint({ 'retry-after': value }, undefined, now)).toBeUndefined();
    expect(retryHint({ 'x-ratelimit-reset': value }, undefined, now)).toBeUndefined();
    expect(
      retryHint(
        {},
        { availability: { retry_after: value }, metadata: { headers: { 'X-RateLimit-Reset': value } } },
        now,
      ),
    ).toBeUndefined();
  });

  it.each([
    'Tue, 99 Oct 2025 25:57:19 GMT',
    'May',
    'Tuesday',
    '12 Oct 2025',
    '12 Oct 2025 13',
    '12 Oct 2025 13:57',
    '12 Oct 2025 3:57:19',
    '12 Oct 2025 13:5:19',
    '13:57:19',
    'soon:00',
  ])('is none where the date is %j', (value) => {
    expect(retryHint({ 'retry-after': value }, undefined, now)).toBeUndefined();
  });

  it.each([-1, Number.NaN, Infinity, 1e15, null, true, [5], { a: 1 }])('is none where the body says %j', (value) => {
    expect(
      retryHint(
        {},
        { availability: { retry_after: value }, metadata: { headers: { 'X-RateLimit-Reset': value } } },
        now,
      ),
    ).toBeUndefined();
  });

  it.each([
    undefined,
    null,
    'text',
    [],
    { availability: null, metadata: null },
    { metadata: { headers: [] } },
    { metadata: { headers: { 'X-Other': '5' } } },
  ])('is none in the error %j', (error) => {
    expect(retryHint({ 'content-type': 'text/html' }, error, now)).toBeUndefined();
  });

  it('is the most exact of those that were given', () => {
    const headers = { 'retry-after-ms': '1', 'retry-after': '2', 'x-ratelimit-reset': '4' };
    const error = { availability: { retry_after: 3 }, metadata: { headers: { 'X-RateLimit-Reset': '5' } } };
    const wait = (left: Record<string, string>, body: object): number | undefined =>
      retryHint(left, body, now)?.retryAfterMs;
    expect(wait(headers, error)).toBe(1);
    expect(wait({ ...headers, 'retry-after-ms': 'x' }, error)).toBe(2000);
    expect(wait({ 'retry-after': inAMinute, 'x-ratelimit-reset': '4' }, error)).toBe(60_000);
    expect(wait({ 'x-ratelimit-reset': '4' }, error)).toBe(3000);
    expect(wait({ 'x-ratelimit-reset': '4' }, { metadata: error.metadata })).toBe(4000);
    expect(wait({}, { metadata: error.metadata })).toBe(5000);
  });

  it.each([-3_600_000, 3_600_000])(
    "counts a date against the server's own, so that a clock that is %d ms wrong does no harm",
    (skew) => {
      const date = 'Tue, 07 Oct 2025 13:56:19 GMT';
      expect(retryHint({ date, 'retry-after': inAMinute }, undefined, now + skew)?.retryAfterMs).toBe(60_000);
      expect(retryHint({ date, 'x-ratelimit-reset': '1759845420000' }, undefined, now + skew)?.retryAfterMs).toBe(
        41_000,
      );
    },
  );

  it('goes by the local clock where the server does not tell its own', () => {
    expect(retryHint({ date: 'yesterday', 'retry-after': inAMinute }, undefined, now + 10_000)?.retryAfterMs).toBe(
      50_000,
    );
  });

  it('is a time to wait and nothing else, whatever the server sends', () => {
    const value = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.integer().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    const name = fc.constantFrom('retry-after-ms', 'retry-after', 'x-ratelimit-reset', 'date');
    fc.assert(
      fc.property(
        fc.dictionary(name, value),
        fc.jsonValue(),
        fc.oneof(fc.jsonValue(), value, fc.double()),
        (headers, body, inner) => {
          for (const error of [
            body,
            { availability: { retry_after: inner } },
            { metadata: { headers: { 'X-RateLimit-Reset': inner } } },
          ]) {
            const hint = retryHint(headers, error, now);
            if (hint === undefined) continue;
            expect(hint.retryAfterMs).toBeGreaterThanOrEqual(0);
            expect(Number.isFinite(hint.retryAfterMs)).toBe(true);
            expect(Number.isFinite(hint.resetAt ?? 0)).toBe(true);
          }
        },
      ),
    );
  });
});
