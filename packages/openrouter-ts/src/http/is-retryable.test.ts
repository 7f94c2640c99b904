import { describe, expect, it } from 'vitest';
import { isRetryable } from './is-retryable.ts';

const plain = { error: { message: 'no' }, headers: {}, stream: false };

describe('whether a failure is worth another try', () => {
  it.each([408, 409, 429, 500, 502, 503, 504, 520, 521, 522, 523, 525, 526, 529])('is so with status %d', (status) => {
    expect(isRetryable(status, plain)).toBe(true);
  });

  it.each([400, 401, 402, 403, 404, 405, 410, 412, 413, 415, 418, 422, 501, 505, 507, 511, 527, 530, 599])(
    'is not so with status %d',
    (status) => {
      expect(isRetryable(status, plain)).toBe(false);
    },
  );

  it('is so at the edge that waited too long only for a stream, which begins at once', () => {
    expect(isRetryable(524, { ...plain, stream: true })).toBe(true);
    expect(isRetryable(524, plain)).toBe(false);
  });

  it('is not so where a limit lasts for the day', () => {
    expect(isRetryable(429, { ...plain, error: { message: 'free-models-per-day' } })).toBe(false);
    expect(isRetryable(429, { ...plain, error: { message: 'limit_rpd/some/model' } })).toBe(false);
    expect(isRetryable(429, { ...plain, error: { message: 'free-models-per-min' } })).toBe(true);
    expect(isRetryable(429, { ...plain, error: undefined })).toBe(true);
    expect(isRetryable(503, { ...plain, error: { message: 'free-models-per-day' } })).toBe(true);
  });

  it('is so for one message that comes and goes with models that exist', () => {
    expect(isRetryable(400, { ...plain, error: { message: 'No models provided' } })).toBe(true);
    expect(isRetryable(400, { ...plain, error: { message: 'No models provided!' } })).toBe(false);
    expect(isRetryable(404, { ...plain, error: { message: 'No models provided' } })).toBe(false);
    expect(isRetryable(400, { ...plain, error: 'No models provided' })).toBe(false);
  });

  it('is decided by the header x-should-retry before the status', () => {
    expect(isRetryable(400, { ...plain, headers: { 'x-should-retry': 'true' } })).toBe(true);
    expect(isRetryable(503, { ...plain, headers: { 'x-should-retry': 'false' } })).toBe(false);
    expect(isRetryable(400, { ...plain, headers: { 'x-should-retry': 'yes' } })).toBe(false);
    expect(isRetryable(503, { ...plain, headers: { 'x-should-retry': '' } })).toBe(true);
  });

  it('is decided by what the body says of availability before everything else', () => {
    const headers = (value: string): Record<string, string> => ({ 'x-should-retry': value });
    const availability = (retryable: unknown): object => ({
      message: 'free-models-per-day',
      availability: { retryable },
    });
    expect(isRetryable(404, { ...plain, headers: headers('false'), error: availability(true) })).toBe(true);
    expect(isRetryable(429, { ...plain, error: availability(true) })).toBe(true);
    expect(isRetryable(503, { ...plain, headers: headers('true'), error: availability(false) })).toBe(false);
    expect(isRetryable(503, { ...plain, error: availability('false') })).toBe(true);
    expect(isRetryable(503, { ...plain, error: { availability: null } })).toBe(true);
  });
});
